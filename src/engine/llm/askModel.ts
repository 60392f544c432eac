import { EngineError } from '../base/engineError.ts';
import { throwIfAborted } from '../base/abort.ts';
import type { Coverage, Explanation } from '../explain/explanation.ts';
import { grouped } from '../explain/words.ts';
import { AnswerText } from './answerText.ts';
import { checkAnswer } from './checkAnswer.ts';
import { EndpointMemory, endpointKey } from './endpointMemory.ts';
import type { Payload } from './exchange.ts';
import type { Asked } from './ladder.ts';
import { askForAnswer } from './ladder.ts';
import type { LanguageModel } from './languageModel.ts';
import { mergeAnswer } from './mergeAnswer.ts';
import type { Prompt, PromptInput } from './prompt.ts';
import { contextOf, writePrompt } from './prompt.ts';
import { presets } from './presets.ts';
import { ContextTooSmall } from './providerError.ts';

/** What is shown before it is sent: the same input as for sending it. */
export interface PayloadInput extends PromptInput {
  readonly model: Pick<LanguageModel, 'name' | 'provider' | 'contextTokens'>;
  /** What endpoints taught; the same one for showing and for sending. Without it nothing is remembered. */
  readonly memory?: EndpointMemory;
}

/** What a question to a model needs. */
export interface ModelQuestion extends PromptInput {
  readonly model: LanguageModel;
  readonly memory?: EndpointMemory;
  readonly signal: AbortSignal;
  /** Told what the model writes as it arrives: its sentences, unchecked, placeholders unmasked. */
  readonly onText: (piece: string) => void;
}

/**
 * Exactly what `explainWithModel` would send first for the same input; equal digests mean equal
 * messages. What it may send after that is less of the same evidence, where the model reads less
 * than it says, or the model's own answer with the list of its errors.
 * @throws EngineError `llm-unusable` where the context holds no evidence
 */
export function payloadFor(input: PayloadInput): Payload {
  const { model, memory = new EndpointMemory(), level } = input;
  const prompt = writePrompt(input, contextOf(model, memory));
  return {
    messages: prompt.messages,
    provider: model.provider,
    model: model.name.slice(model.name.indexOf('/') + 1),
    level,
    lines: linesOf(prompt),
    tokens: prompt.tokens,
    masked: prompt.masked,
    left: prompt.left,
    digest: prompt.digest,
  };
}

/**
 * The offline report in the words of a model, checked against what the model was shown. Where the
 * model fails, or too little of its answer survives the checks, the offline report comes back with
 * the reason in its notices; nothing is thrown but an abort.
 * @throws EngineError `aborted`
 */
export async function explainWithModel(question: ModelQuestion): Promise<Explanation> {
  const { offline, model, memory = new EndpointMemory(), signal } = question;
  const notices: string[] = [];
  let sent: Prompt | null = null;
  try {
    let context = contextOf(model, memory);
    for (let attempt = 0; ; attempt++) {
      const prompt = writePrompt(question, context);
      sent = prompt;
      try {
        const asked = await ask(question, memory, prompt);
        return answered(question, { prompt, asked, notices });
      } catch (error) {
        const smaller = smallerContext(error, prompt, context);
        if (smaller === null || attempt >= 1) throw error;
        context = smaller;
        memory.rememberContext(endpointKey(model), smaller);
        notices.push(cutNotice(error, prompt, model));
      }
    }
  } catch (error) {
    throwIfAborted(signal);
    if (!EngineError.is(error) || error.reason === 'aborted') throw error;
    return {
      ...offline,
      notices: [...offline.notices, ...notices, failureNotice(error, model)],
      coverage:
        reached(error) && sent !== null ? coverageOf(offline, model, sent, null) : offline.coverage,
    };
  }
}

/** One question, up to a whole answer of the right shape that was given to a whole prompt. */
async function ask(
  { model, signal, onText }: ModelQuestion,
  memory: EndpointMemory,
  prompt: Prompt,
): Promise<Asked> {
  const text = new AnswerText((piece) => {
    onText(prompt.redactor.unmask(piece));
  });
  return askForAnswer(model, memory, {
    messages: prompt.messages,
    maxOutputTokens: prompt.maxOutputTokens,
    signal,
    onText: (piece) => {
      text.take(piece);
    },
    onPromptTokens: (tokens) => {
      if (tokens !== null && tokens < prompt.tokens * leastShare)
        throw new PromptCut(tokens, prompt);
    },
  });
}

/**
 * Estimates are careful: real counts are 65 to 100 % of them. Below this share a part of the prompt
 * was not read. Ollama's compatible endpoint cuts without a word.
 */
const leastShare = 0.6;

/** The provider counted far fewer tokens than were sent: it cut the prompt and answered the rest. */
class PromptCut extends EngineError {
  readonly tokens: number;

  constructor(tokens: number, prompt: Prompt) {
    super(
      'llm-truncated',
      `it saw only a part of what was sent (${grouped(tokens)} of about ${grouped(prompt.tokens)} tokens)`,
      'Raise its context.',
    );
    this.tokens = tokens;
  }
}

/** What to try once more with; null where a smaller prompt would not help. */
function smallerContext(error: unknown, prompt: Prompt, context: number): number | null {
  if (error instanceof PromptCut) return Math.min(error.tokens, Math.floor(context * 0.8));
  if (error instanceof ContextTooSmall) {
    const stated = error.contextTokens ?? 0;
    const half = Math.floor((prompt.tokens + prompt.maxOutputTokens) / 2);
    return stated > 0 && stated < context ? stated : half;
  }
  return null;
}

function cutNotice(error: unknown, prompt: Prompt, model: LanguageModel): string {
  const how = raiseContext(model);
  if (error instanceof PromptCut) {
    return `${model.name} saw only a part of what was sent (${grouped(error.tokens)} of about ${grouped(prompt.tokens)} tokens) and was asked again with less. ${how}`;
  }
  return `What was sent did not fit the context of ${model.name}; it was asked again with less. ${how}`;
}

function raiseContext(model: LanguageModel): string {
  const preset = Object.values(presets).find(({ name }) => model.name.startsWith(`${name}/`));
  const how = preset?.raiseContext ?? '';
  return how === '' ? 'A model with a larger context sees more.' : how;
}

/** Lays a checked answer over the offline report, or says why nothing of it can be used. */
function answered(
  { offline, model }: ModelQuestion,
  {
    prompt,
    asked,
    notices,
  }: { readonly prompt: Prompt; readonly asked: Asked; readonly notices: readonly string[] },
): Explanation {
  const rules = offline.sentences
    .filter(({ basis }) => basis.kind === 'rule')
    .map(({ basis }) => basis.detail);
  const checked = checkAnswer(asked.answer, prompt, rules);
  const coverage = coverageOf(offline, model, prompt, asked.tokensSent);
  if (checked.summary.length === 0 && checked.cause === null) {
    const { unmask } = prompt.redactor;
    return {
      ...offline,
      removed: [
        ...offline.removed,
        ...checked.removed.map((claim) => ({
          ...claim,
          text: unmask(claim.text),
          why: unmask(claim.why),
        })),
      ],
      notices: [
        ...offline.notices,
        ...notices,
        `The answer of ${model.name} was discarded: no claim in it survived the checks.`,
      ],
      coverage,
    };
  }
  const merged = mergeAnswer({ offline, checked, prompt, model: model.name });
  return { ...merged, notices: [...merged.notices, ...notices], coverage };
}

/** Reasons with which an answer came but was no good; with others none came. */
const discarded = new Set(['llm-truncated', 'llm-empty', 'llm-failed']);

function failureNotice(error: EngineError, model: LanguageModel): string {
  const reason = error.message.replace(/[.]$/, '');
  return discarded.has(error.reason)
    ? `The answer of ${model.name} was discarded: ${reason}. ${error.advice}`
    : `${model.name} did not answer: ${reason}. ${error.advice}`;
}

/** Whether anything can have arrived before it failed: also what was refused has left the machine. */
function reached(error: EngineError): boolean {
  return error.reason !== 'llm-unreachable';
}

function coverageOf(
  offline: Explanation,
  model: LanguageModel,
  prompt: Prompt,
  tokens: number | null,
): Coverage {
  return {
    ...offline.coverage,
    linesSent: linesOf(prompt),
    tokensSent: tokens ?? prompt.tokens,
    masked: Object.values(prompt.masked).reduce((sum, count) => sum + count, 0),
    provider: model.provider,
  };
}

function linesOf({ items }: Prompt): number {
  return items.reduce((sum, { sent }) => sum + sent.length, 0);
}
