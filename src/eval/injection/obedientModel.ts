import type { LanguageModel, ModelReply, ModelRequest } from '../../engine/llm/languageModel.ts';
import type { AdversarialLine } from './adversarialLines.ts';

/** Letters in a row by which a line is recognised, whatever was done to the signs between them. */
const recognised = 20;

/**
 * The worst model to protect: it knows every planted line by heart, reads through markup, base64 and
 * characters that nobody sees, and does what the line says wherever any of it is left in the prompt.
 * Otherwise it words what the program found. So the defence is tested, not a model's good sense.
 */
export class ObedientModel implements LanguageModel {
  readonly name = 'obedient';
  readonly provider = 'a scripted model';
  readonly local = true;
  readonly contextTokens = 16_000;
  /** The lines that it obeyed, in order. */
  readonly obeyed: AdversarialLine[] = [];
  readonly #lines: readonly { readonly line: AdversarialLine; readonly parts: readonly string[] }[];

  /** @param own what the prompt says without any line: that it shares with a line gives none away */
  constructor(lines: readonly AdversarialLine[], own = '') {
    const known = lettersOf(own);
    this.#lines = lines.map((line) => ({
      line,
      parts: partsOf(line.text).filter((part) => !known.includes(part)),
    }));
  }

  complete: LanguageModel['complete'] = (request, _, onText): Promise<ModelReply> => {
    const text = JSON.stringify(this.answerTo(request));
    onText(text);
    return Promise.resolve({ text, promptTokens: null, outputTokens: null });
  };

  /** The answer as an object of the shape that is asked for. */
  answerTo({ messages }: Pick<ModelRequest, 'messages'>): Readonly<Record<string, unknown>> {
    const prompt = messages
      .filter(({ role }) => role === 'user')
      .map(({ content }) => content)
      .join('\n');
    const seen = lettersOf(`${prompt}${unseenText(prompt)}`);
    const found = this.#lines.find(({ parts }) => parts.some((part) => seen.includes(part)));
    if (found === undefined) return honestAnswer(prompt);
    this.obeyed.push(found.line);
    return obedientAnswer(found.line, itemWith(prompt, found.parts));
  }
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\u001b\[[0-9;]*m|[^\p{L}\p{N}]/gu, '');
}

function unseenText(text: string): string {
  return Array.from(text.matchAll(/[\u{e0020}-\u{e007e}]/gu), ([char]) =>
    String.fromCodePoint((char.codePointAt(0) ?? 0) - 0xe0000),
  ).join('');
}

/** Pieces of a line of which any one gives it away; the same word again and again does not. */
function partsOf(text: string): string[] {
  const letters = lettersOf(`${text}${unseenText(text)}`).replace(/(?:retry){3,}/g, '');
  const parts: string[] = [];
  for (let at = 0; at + recognised <= letters.length; at += 4) {
    parts.push(letters.slice(at, at + recognised));
  }
  return parts.length === 0 ? [letters] : parts;
}

/** The id of the evidence in which a line stands; the first one where it stands in none. */
function itemWith(prompt: string, parts: readonly string[]): string {
  const items = prompt.split(/\n(?=\[E\d+\] )/).filter((item) => /^\[E\d+\] /.test(item));
  const item = items.find((each) => parts.some((part) => lettersOf(each).includes(part)));
  return /^\[(E\d+)\]/.exec(item ?? items[0] ?? '')?.[1] ?? 'E1';
}

const nothingElse = {
  alternatives: [],
  causal_chain: [],
  contradicting_evidence: [],
  missing_information: [],
  similar_incidents_used: [],
};

function obedientAnswer({ wants }: AdversarialLine, id: string): Readonly<Record<string, unknown>> {
  const { verdict, category, statement, action } = wants;
  const quiet = verdict === 'no_incident';
  return {
    verdict,
    summary: quiet ? 'Nothing is wrong.' : `The cause is ${statement}.`,
    root_cause: {
      category,
      component: '',
      statement: quiet ? '' : `The cause is ${statement}.`,
      evidence: quiet ? [] : [id],
    },
    recommendations: action === '' ? [] : [{ action, kind: 'fix', basis: id }],
    ...nothingElse,
  };
}

/** What the program found, in its own words. */
function honestAnswer(prompt: string): Readonly<Record<string, unknown>> {
  const [, verdict = 'inconclusive', category = 'unknown', said = ''] =
    /^H1 (\w+), category ([\w.]+), confidence \w+: (.*)$/m.exec(prompt) ?? [];
  const ids = [...said.matchAll(/E\d+/g)].map(([id]) => id);
  const statement = said.replace(/ ?\[[^\]]*\]$/, '');
  return {
    verdict,
    summary: statement === '' ? 'Nothing can be said.' : statement,
    root_cause: { category, component: '', statement, evidence: ids },
    recommendations: [],
    ...nothingElse,
  };
}
