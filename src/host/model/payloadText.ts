import type { Payload } from '../../engine/llm/exchange.ts';

const levels = {
  secrets: 'secrets are masked',
  personal: 'secrets and personal data are masked',
  templates: 'patterns and numbers only, no raw text of a log',
} as const satisfies Record<Payload['level'], string>;

/** The facts of a payload in one sentence each, for the question whether to send it. */
export function payloadFacts(payload: Payload, locale: string): readonly string[] {
  const { provider, model, level, lines, tokens, masked, left } = payload;
  const number = (value: number): string => value.toLocaleString(locale);
  const kinds = Object.entries(masked).filter(([, count]) => count > 0);
  const values = kinds.map(([kind, count]) => `${number(count)} ${kind}`).join(', ');
  return [
    `Receiver: ${provider}${model === '' ? '' : `, model ${model}`}.`,
    `Privacy: ${levels[level]}.`,
    `Excerpts of logs: ${number(lines)}; about ${number(tokens)} tokens.`,
    `Replaced by placeholders: ${values === '' ? 'nothing was found to replace' : values}.`,
    ...(left.length === 0 ? [] : [`Left out for want of room: ${left.join(', ')}.`]),
  ];
}

/** A payload as the document that the reader sees before it is sent: every word of it, in order. */
export function payloadText(payload: Payload, sent: boolean, locale: string): string {
  const head = sent
    ? 'This was sent for the report, word for word.'
    : 'Nothing has been sent. This would be, word for word:';
  const messages = payload.messages.map(
    ({ role, content }) => `──────── ${role} ────────\n${content}`,
  );
  return `${[head, ...payloadFacts(payload, locale)].join('\n')}\n\n${messages.join('\n\n')}\n`;
}
