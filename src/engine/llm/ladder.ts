import { EngineError } from '../base/engineError.ts';
import type { ModelAnswer } from './answerSchema.ts';
import { answerJsonSchema, readAnswer } from './answerSchema.ts';
import type { EndpointMemory } from './endpointMemory.ts';
import { endpointKey } from './endpointMemory.ts';
import { extractJson, withoutThinking } from './extractJson.ts';
import type { AnswerFormat, LanguageModel, ModelMessage, ModelReply } from './languageModel.ts';
import { answerFormats } from './languageModel.ts';

/** A whole answer of the right shape. */
export interface Asked {
  readonly answer: ModelAnswer;
  /** Of the first request: it is the one that carried the evidence alone. */
  readonly promptTokens: number | null;
  /** Tokens of all prompts together as the provider counted them; null where it did not. */
  readonly tokensSent: number | null;
  readonly repaired: boolean;
}

/** How a question is put. */
export interface Asking {
  readonly messages: readonly ModelMessage[];
  readonly maxOutputTokens: number;
  readonly signal: AbortSignal;
  readonly onText: (piece: string) => void;
  /** Told the count of the first reply; throws where the prompt was cut, so that nothing is repaired. */
  readonly onPromptTokens: (tokens: number | null) => void;
}

/** Longest answer that is sent back with its errors, in characters. */
const maxRepairChars = 12_000;

/**
 * Asks for an answer of the right shape: as `json_schema`, where that is refused as `json_object`,
 * else as text, beginning with what worked last; an answer of the wrong shape is sent back once with
 * the list of its errors. Nothing of the log is sent that was not in the first message.
 * @throws EngineError as `LanguageModel.complete`; `llm-failed` for an answer that stays unreadable
 */
export async function askForAnswer(
  model: LanguageModel,
  memory: EndpointMemory,
  asking: Asking,
): Promise<Asked> {
  const { format, reply } = await climbDown(model, memory, asking);
  asking.onPromptTokens(reply.promptTokens);
  const first = parse(reply.text);
  if (isAnswer(first)) {
    memory.rememberFormat(endpointKey(model), format);
    return {
      answer: first,
      promptTokens: reply.promptTokens,
      tokensSent: reply.promptTokens,
      repaired: false,
    };
  }
  const second = await complete(model, format, {
    ...asking,
    messages: [
      ...asking.messages,
      { role: 'assistant', content: withoutThinking(reply.text).slice(0, maxRepairChars) },
      { role: 'user', content: repairText(first) },
    ],
  });
  const answer = parse(second.text);
  if (!isAnswer(answer)) {
    throw new EngineError(
      'llm-failed',
      `it had not the form that was asked for, twice (${answer[0] ?? 'no JSON'})`,
      'Ask again, or choose a larger model.',
    );
  }
  memory.rememberFormat(endpointKey(model), format);
  return {
    answer,
    promptTokens: reply.promptTokens,
    tokensSent:
      reply.promptTokens === null || second.promptTokens === null
        ? null
        : reply.promptTokens + second.promptTokens,
    repaired: true,
  };
}

/** The first format that is not refused, with its reply. */
async function climbDown(
  model: LanguageModel,
  memory: EndpointMemory,
  asking: Asking,
): Promise<{ readonly format: AnswerFormat; readonly reply: ModelReply }> {
  const start = memory.format(endpointKey(model));
  const formats =
    start === null ? answerFormats : answerFormats.slice(answerFormats.indexOf(start));
  for (const format of formats.slice(0, -1)) {
    try {
      return { format, reply: await complete(model, format, asking) };
    } catch (error) {
      // A prompt that does not fit is `llm-unusable` too, but of a class of its own, whatever the format.
      const isRefused = EngineError.is(error, 'llm-unusable') && error.constructor === EngineError;
      if (!isRefused) throw error;
    }
  }
  return { format: 'text', reply: await complete(model, 'text', asking) };
}

function complete(
  model: LanguageModel,
  format: AnswerFormat,
  { messages, maxOutputTokens, signal, onText }: Asking,
): Promise<ModelReply> {
  return model.complete(
    { messages, format, schema: answerJsonSchema, maxOutputTokens },
    signal,
    onText,
  );
}

function parse(text: string): ModelAnswer | readonly string[] {
  const value = extractJson(text);
  return value === undefined ? ['there is no JSON object in it'] : readAnswer(value);
}

function isAnswer(value: ModelAnswer | readonly string[]): value is ModelAnswer {
  return !Array.isArray(value);
}

function repairText(problems: readonly string[]): string {
  const list = problems.map((problem) => `- ${problem}`).join('\n');
  return `Your answer cannot be used:\n${list}\nAnswer again with the whole JSON object, in the same form, and nothing else.`;
}
