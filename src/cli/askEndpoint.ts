import { randomUUID } from 'node:crypto';

import type { ExplainInput } from '../engine/explain/explainLogs.ts';
import type { Explanation } from '../engine/explain/explanation.ts';
import { explainWithModel, payloadFor } from '../engine/llm/askModel.ts';
import type { Endpoint } from '../engine/llm/endpoint.ts';
import { EndpointMemory } from '../engine/llm/endpointMemory.ts';
import type { Payload } from '../engine/llm/exchange.ts';
import { openaiModel } from '../engine/llm/openaiModel.ts';
import { plural } from '../engine/llm/plural.ts';
import type { PromptInput } from '../engine/llm/prompt.ts';
import type { PrivacyLevel } from '../engine/privacy/privacyLevel.ts';
import type { Progress } from './terminal.ts';
import { complain } from './terminal.ts';

/** What is asked, and of whom. */
export interface EndpointQuestion {
  readonly endpoint: Endpoint;
  readonly offline: Explanation;
  readonly input: ExplainInput;
  /** Null is `secrets` for a local endpoint and `personal` for any other. */
  readonly level: PrivacyLevel | null;
  readonly question: string | null;
}

function promptInput({ endpoint, offline, input, level, question }: EndpointQuestion): PromptInput {
  return {
    offline,
    input,
    level: level ?? (endpoint.local ? 'secrets' : 'personal'),
    question,
    history: [],
    nonce: randomUUID(),
  };
}

/** Exactly what would be sent, but for the word of the fence, which is another one each time. */
export function showPrompt(question: EndpointQuestion): Payload {
  return payloadFor({ ...promptInput(question), model: question.endpoint });
}

/** Lets the endpoint answer, and says on stderr in one line what was sent. @throws EngineError `aborted` */
export async function askEndpoint(
  question: EndpointQuestion,
  signal: AbortSignal,
  progress: Progress,
): Promise<Explanation> {
  const { endpoint } = question;
  const memory = new EndpointMemory();
  let chars = 0;
  progress.show(`asking ${endpoint.name}`);
  const explanation = await explainWithModel({
    ...promptInput(question),
    model: openaiModel(endpoint, { memory }),
    memory,
    signal,
    onText: (piece) => {
      chars += piece.length;
      progress.show(`${endpoint.name} writes: ${plural(chars, 'character')}`);
    },
  });
  progress.clear();
  const { provider, linesSent, tokensSent, masked } = explanation.coverage;
  if (provider !== null) {
    complain(
      `sent ${plural(linesSent, 'line')} of the logs (${plural(tokensSent, 'token')}, ${plural(masked, 'value')} masked) to ${provider}.`,
    );
  }
  return explanation;
}

/** A payload for reading: who would receive it, then each message as it is. */
export function payloadText(payload: Payload): string {
  const masked = Object.values(payload.masked).reduce((sum, count) => sum + count, 0);
  const receipt = `Nothing was sent. To ${payload.provider}, model ${payload.model}, would go: ${plural(payload.lines, 'line')}, about ${plural(payload.tokens, 'token')}, ${plural(masked, 'value')} masked, level ${payload.level}.`;
  const left =
    payload.left.length === 0 ? [] : [`Left out for want of room: ${payload.left.join(', ')}.`];
  const messages = payload.messages.map(({ role, content }) => `===== ${role}\n${content}`);
  return [receipt, ...left, ...messages, ''].join('\n');
}
