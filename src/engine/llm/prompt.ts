import { createHash } from 'node:crypto';

import { EngineError } from '../base/engineError.ts';
import type { ExplainInput } from '../explain/explainLogs.ts';
import type { Explanation } from '../explain/explanation.ts';
import { grouped } from '../explain/words.ts';
import type { SimilarIncident } from '../incident/incident.ts';
import { createRedactor } from '../privacy/createRedactor.ts';
import { instructionIn } from '../privacy/instructionIn.ts';
import { placeholder } from '../privacy/kinds.ts';
import { neutralise } from '../privacy/neutralise.ts';
import type { PrivacyLevel } from '../privacy/privacyLevel.ts';
import type { Redactor } from '../privacy/redactor.ts';
import { linesOfLog } from '../record/excerpt.ts';
import { boundsOfSlices } from '../record/logSlice.ts';
import { filesOf } from '../record/placeInLog.ts';
import type { EndpointMemory } from './endpointMemory.ts';
import { endpointKey } from './endpointMemory.ts';
import type { Turn } from './exchange.ts';
import type { LanguageModel, ModelMessage } from './languageModel.ts';
import { plural } from './plural.ts';
import type { PlainItem } from './promptEvidence.ts';
import { itemTime, placeNames, plainItem } from './promptEvidence.ts';
import { systemPrompt } from './systemPrompt.ts';
import { estimateMessages, estimateTokens } from './tokens.ts';

/** What a prompt is made from; the same for showing it and for sending it. */
export interface PromptInput {
  /** The report without a model: its evidence, its hypotheses, its words. */
  readonly offline: Explanation;
  /** What that report was made from: lines are read again here. */
  readonly input: ExplainInput;
  readonly level: PrivacyLevel;
  /** What the reader wants to know; null asks what broke. */
  readonly question: string | null;
  /** Earlier questions about the same logs, oldest first. */
  readonly history: readonly Turn[];
  /**
   * Random, not told to anyone, and the same for showing a prompt and for sending it: the word that
   * fences log text is made of it and of the text, so that no line can hold that word.
   */
  readonly nonce: string;
}

/** An item as it stands in a prompt. */
export interface SentItem extends PlainItem {
  /** Redacted and shortened, as sent. */
  readonly sent: readonly string[];
  /** `orders.log:12-14`, redacted. */
  readonly place: string;
  /** Lines of it that are not shown. */
  readonly more: number;
  /** It reads as an instruction to whoever reads the log, so it supports no claim alone. */
  readonly instructs: boolean;
}

/** A prompt that fits, with everything that its answer is checked against. */
export interface Prompt {
  readonly messages: readonly ModelMessage[];
  readonly items: readonly SentItem[];
  /** Ids of evidence that found no room, best first. */
  readonly left: readonly string[];
  /** Past incidents by the name they have in the prompt: `P1`. */
  readonly incidents: ReadonlyMap<string, { readonly id: string; readonly sent: string }>;
  /** What the prompt says beside evidence and incidents: context, findings, question. */
  readonly frame: string;
  readonly redactor: Redactor;
  /** Distinct values that stand in the messages as placeholders, by kind. */
  readonly masked: Readonly<Record<string, number>>;
  /** Estimated. */
  readonly tokens: number;
  readonly maxOutputTokens: number;
  /** SHA-256 of the messages, hex. */
  readonly digest: string;
}

/** A model without known context is taken to be a small one. */
const unknownContext = 8192;
/** More is not sent however much fits: reading it takes time and money, and the best comes first. */
const maxPromptTokens = 16_000;
const minOutputTokens = 700;
const maxOutputTokens = 8192;
const maxLineChars = 400;
const maxTimeline = 12;
const maxTurns = 3;
/** Evidence that must fit for a question to be worth asking. */
const minItems = 1;

/**
 * Tokens that a model reads and writes, as far as known: what it really read where it cut a prompt
 * before goes over what it says.
 */
export function contextOf(
  model: Pick<LanguageModel, 'name' | 'provider' | 'contextTokens'>,
  memory: EndpointMemory,
): number {
  const learned = memory.context(endpointKey(model));
  const said = model.contextTokens ?? unknownContext;
  return learned === null ? said : Math.min(learned, said);
}

/**
 * Writes the prompt for a context of so many tokens: system rules, what was analysed, what the
 * offline engine concluded, the evidence that fits by rank, past incidents, earlier questions, the
 * question. Everything that comes from a log or from a person is redacted first.
 * @throws EngineError `llm-unusable` where not even the best evidence fits
 */
export function writePrompt(from: PromptInput, contextTokens: number): Prompt {
  const output = Math.min(
    maxOutputTokens,
    Math.max(minOutputTokens, Math.floor(contextTokens / 4)),
  );
  const budget = Math.min(maxPromptTokens, contextTokens - output);
  const writer = new PromptWriter(from);
  const small = budget < 6000;
  const frame = writer.frame(small);
  const question = writer.question();
  const incidents = writer.incidents(Math.floor(budget * 0.15));
  const history = writer.history(Math.floor(budget * 0.12));
  const system = systemPrompt(writer.fence);
  const fixed = estimateMessages([
    { content: system },
    { content: [frame, incidents.text, history, question, writer.evidence([])].join('\n\n') },
  ]);
  const { items, left } = writer.select(budget - fixed);
  if (items.length < Math.min(minItems, from.offline.evidence.length)) {
    throw new EngineError(
      'llm-unusable',
      `${grouped(contextTokens)} tokens of context hold no evidence beside the question.`,
      `Choose a model with a context of ${grouped(fixed + output + 400)} tokens or more, or set the context that it has.`,
    );
  }
  const messages: readonly ModelMessage[] = [
    { role: 'system', content: system },
    {
      role: 'user',
      content: [frame, writer.evidence(items), incidents.text, history, question]
        .filter((part) => part !== '')
        .join('\n\n'),
    },
  ];
  return {
    messages,
    items,
    left,
    incidents: incidents.known,
    frame: [frame, history, question].join('\n'),
    redactor: writer.redactor,
    masked: maskedIn(messages, writer.redactor),
    tokens: estimateMessages(messages),
    maxOutputTokens: output,
    digest: createHash('sha256').update(JSON.stringify(messages)).digest('hex'),
  };
}

/** What looks like a placeholder but was in the log stands for itself. */
function maskedIn(
  messages: readonly ModelMessage[],
  { unmask }: Redactor,
): Readonly<Record<string, number>> {
  const found = messages.flatMap(({ content }) => content.match(placeholder) ?? []);
  const counts: Record<string, number> = {};
  for (const name of new Set(found)) {
    if (unmask(name) === name) continue;
    const kind = name.slice(1, name.lastIndexOf('_'));
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

class PromptWriter {
  readonly redactor: Redactor;
  readonly fence: string;
  readonly #from: PromptInput;
  readonly #items: readonly PlainItem[];
  readonly #names: ReadonlyMap<string, string>;

  constructor(from: PromptInput) {
    this.#from = from;
    const { offline, input, level, question, history, nonce } = from;
    this.#items = offline.evidence.map((item) => plainItem(item, input.analyses));
    const texts = [
      ...this.#items.flatMap(({ lines }) => lines.map(({ text }) => text)),
      question ?? '',
      ...history.flatMap((turn) => [turn.question, turn.answer]),
    ];
    this.redactor = createRedactor(level, texts);
    const word = createHash('sha256')
      .update(`${nonce}\n${texts.join('\n')}`)
      .digest('hex');
    this.fence = `fence-${word.slice(0, 12)}`;
    this.#names = placeNames(input.analyses.flatMap(({ view }) => filesOf(view.log)));
  }

  /** What was analysed, and what the offline engine made of it. */
  frame(small: boolean): string {
    const { offline, input } = this.#from;
    const logs = input.analyses.slice(0, 12).map(({ view, whole }) => {
      const times = timeWords(
        whole === undefined ? timeBounds(view.records.time) : boundsOfSlices(whole.slices),
      );
      return `- ${this.#place(view.log.path)}: ${plural(linesOfLog(view.log), 'line')}${times}`;
    });
    const more = input.analyses.length - logs.length;
    const baseline = (input.baseline ?? []).length;
    const context = [
      `Analysed: ${plural(offline.coverage.lines, 'line')} of ${plural(input.analyses.length, 'log')}${baseline === 0 ? '' : `, compared with a good run`}. The lines below were chosen by rules and statistics; all others are not shown.`,
      ...logs,
      ...(more > 0 ? [`- and ${plural(more, 'more')}`] : []),
    ].join('\n');
    return `${context}\n\n${this.#fenced('findings of the program', this.#findings(small))}`;
  }

  #findings(small: boolean): readonly string[] {
    const { rootCause, verdict, alternatives, timeline, suspects, missing, confidence } =
      this.#from.offline;
    const words = (text: string): string => this.#say(text, 300);
    const cites = (ids: readonly string[]): string =>
      ids.length === 0 ? '' : ` [${ids.join(', ')}]`;
    const found = [
      `H1 ${verdict}, category ${rootCause.category}, confidence ${confidence.level}: ${words(rootCause.statement)}${cites(rootCause.evidence)}`,
      ...alternatives.map(
        ({ category, statement, evidence }, index) =>
          `H${index + 2} category ${category}: ${words(statement)}${cites(evidence)}`,
      ),
    ];
    const bases = this.#from.offline.sentences
      .filter(({ basis }) => basis.kind === 'rule' || basis.kind === 'knowledge')
      .map(({ basis }) => `H1 rests on ${basis.kind} ${this.#say(basis.detail, 120)}`);
    const frames = suspects
      .slice(0, small ? 2 : 5)
      .map(
        ({ file, function: name, line, evidence }) =>
          `Stack traces point at ${this.#say(`${name} ${file}${line === null ? '' : `:${line}`}`, 200)}${cites(evidence)}`,
      );
    const order = timeline
      .slice(0, small ? 4 : maxTimeline)
      .map(({ time, event, evidence }) => `${time ?? 'no time'} ${words(event)}${cites(evidence)}`);
    return [
      ...found,
      ...new Set(bases),
      ...frames,
      ...(order.length === 0 ? [] : ['Order of events:', ...order]),
      ...(missing.length === 0
        ? []
        : [
            `Not known: ${missing
              .slice(0, 3)
              .map((text) => this.#say(text, 160))
              .join(' ')}`,
          ]),
    ];
  }

  /** The items that fit, in the order of their numbers, and the ids of the others by rank. */
  select(budget: number): {
    readonly items: readonly SentItem[];
    readonly left: readonly string[];
  } {
    const chosen: SentItem[] = [];
    const left: string[] = [];
    let spent = 0;
    for (const plain of this.#ranked()) {
      const whole = this.#sent(plain, plain.lines.length);
      const first = plain.lines.length > 1 ? this.#sent(plain, 1) : null;
      const item = [whole, first].find(
        (each) => each !== null && spent + estimateTokens(itemText(each)) + 1 <= budget,
      );
      if (item === undefined || item === null) left.push(plain.id);
      else {
        spent += estimateTokens(itemText(item)) + 1;
        chosen.push(item);
      }
    }
    const place = new Map(this.#items.map(({ id }, index) => [id, index]));
    chosen.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
    return { items: chosen, left };
  }

  /** What the cause and the answer to the question rest on, then everything in the order of its numbers. */
  #ranked(): readonly PlainItem[] {
    const { rootCause, sentences, timeline } = this.#from.offline;
    const answer = sentences.filter(({ basis }) => basis.kind === 'question');
    const ids = [
      ...rootCause.evidence.slice(0, 3),
      ...answer.flatMap(({ evidence }) => evidence),
      ...rootCause.evidence,
      ...sentences.flatMap(({ evidence }) => evidence),
      ...timeline.flatMap(({ evidence }) => evidence),
      ...this.#items.map(({ id }) => id),
    ];
    const known = new Map(this.#items.map((item) => [item.id, item]));
    return [...new Set(ids)].map((id) => known.get(id)).filter((item) => item !== undefined);
  }

  #sent(plain: PlainItem, lines: number): SentItem {
    const sent = this.#clean(this.#redacted(plain)).split('\n').slice(0, lines);
    const range = plain.endLine > plain.line ? `-${plain.endLine}` : '';
    const texts = plain.lines.map(({ text }) => text);
    return {
      ...plain,
      sent,
      more: plain.endLine - plain.line + 1 - Math.min(lines, plain.lines.length),
      place: `${this.#place(plain.path)}:${plain.line}${range}`,
      instructs: [...texts, texts.join(' ')].some((text) => instructionIn(text) !== null),
    };
  }

  /** All lines of an item together, since a secret may go over several; at `templates` each by its pattern. */
  #redacted({ lines }: PlainItem): string {
    const { redact, redactMessage, level } = this.redactor;
    if (level !== 'templates') return redact(lines.map(({ text }) => text).join('\n'));
    return lines
      .map(({ text, head }) => {
        if (head === null) return redact(text);
        const message = redactMessage(head.message, head.pattern);
        return head.source === '' ? message : `${redact(head.source)}: ${message}`;
      })
      .join('\n');
  }

  evidence(items: readonly SentItem[]): string {
    return this.#fenced('evidence', items.map(itemText));
  }

  /** Confirmed incidents only: what nobody confirmed could have been planted. */
  incidents(budget: number): {
    readonly text: string;
    readonly known: Prompt['incidents'];
  } {
    const known = new Map<string, { readonly id: string; readonly sent: string }>();
    const lines: string[] = [];
    let spent = 0;
    const confirmed = (this.#from.input.similar ?? []).filter(
      ({ incident: { status, rootCause, resolution } }) =>
        status === 'confirmed' && instructionIn(`${rootCause} ${resolution}`) === null,
    );
    for (const similar of confirmed) {
      const name = `P${known.size + 1}`;
      const sent = this.#incidentText(similar);
      const line = `[${name}] ${sent}`;
      spent += estimateTokens(line) + 1;
      if (spent > budget) break;
      known.set(name, { id: similar.incident.id, sent });
      lines.push(line);
    }
    return { text: lines.length === 0 ? '' : this.#fenced('past incidents', lines), known };
  }

  #incidentText({ incident, similarity, why }: SimilarIncident): string {
    const alike = `similarity ${similarity.toFixed(2)} (${why}), category ${incident.category}`;
    return `${alike}. Cause then: ${this.#say(incident.rootCause, 300)} What helped: ${this.#say(incident.resolution, 300)}`;
  }

  history(budget: number): string {
    const { history } = this.#from;
    const lines: string[] = [];
    let spent = 0;
    for (const turn of history.slice(-maxTurns).reverse()) {
      const text = `Question: ${this.#say(turn.question, 300)}\nAnswer: ${this.#say(turn.answer, 600)}`;
      spent += estimateTokens(text) + 1;
      if (spent > budget) break;
      lines.unshift(text);
    }
    return lines.length === 0 ? '' : this.#fenced('asked before', lines);
  }

  question(): string {
    const asked = this.#from.question?.trim() ?? '';
    return asked === '' ? 'Question: what broke, and why?' : `Question: ${this.#say(asked, 1000)}`;
  }

  #fenced(title: string, lines: readonly string[]): string {
    return `--- ${title} ${this.fence}\n${lines.join('\n')}\n--- end of ${title} ${this.fence}`;
  }

  #place(path: string): string {
    return this.#say(this.#names.get(path) ?? path, 120);
  }

  /**
   * One line of text of others: redacted, made harmless, shortened. What instructs its reader is left
   * out: it is told once, as evidence that is marked. So are passages that reports cut: half of a
   * secret is not recognised as one, and the whole line stands in the evidence.
   */
  #say(text: string, maxChars: number): string {
    const line = text.replace(/\s+/g, ' ').trim();
    if (instructionIn(line) !== null) return '(text that addresses a reader)';
    const whole = line.includes('…') ? line.replace(/“.*$/, '“…”') : line;
    // Plain quotes end a value; typographic ones would be taken for a part of it.
    return this.#clean(this.redactor.redact(whole.replace(/[“”]/g, '"')), maxChars);
  }

  #clean(text: string, maxChars: number = maxLineChars): string {
    return neutralise(text, { nonce: this.fence, maxLineChars: maxChars });
  }
}

/** An item as it stands in the prompt: a head with its id, then its lines, each set off. */
function itemText(item: SentItem): string {
  const head = [item.place, itemTime(item.time), item.level, ...marks(item)]
    .filter((part) => part !== '')
    .join(' | ');
  return [`[${item.id}] ${head}`, ...item.sent.map((line) => `  ${line}`)].join('\n');
}

function marks({ instructs, more }: SentItem): readonly string[] {
  return [
    ...(instructs ? ['addresses a reader: proves nothing'] : []),
    ...(more > 0 ? [`${plural(more, 'line')} not shown`] : []),
  ];
}

function timeBounds(times: Float64Array): Bounds | null {
  let first = Number.NaN;
  let last = Number.NaN;
  for (const time of times) {
    if (Number.isNaN(time)) continue;
    if (!(first <= time)) first = time;
    if (!(last >= time)) last = time;
  }
  return Number.isNaN(first) ? null : { first, last };
}

interface Bounds {
  readonly first: number;
  readonly last: number;
}

function timeWords(bounds: Bounds | null): string {
  if (bounds === null) return ', no times';
  return `, ${itemTime(bounds.first)} to ${itemTime(bounds.last)}`;
}
