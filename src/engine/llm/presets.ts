import type { AnswerFormat } from './languageModel.ts';
import type { PresetName } from './modelChoice.ts';

/** What is known about an endpoint before it was asked anything. What it does teaches the rest. */
export interface Preset {
  readonly name: PresetName;
  /** For the reader: `LM Studio`. */
  readonly title: string;
  /** Null where the reader names the address. */
  readonly baseUrl: string | null;
  readonly needsKey: boolean;
  /** Where such programs keep the key in the environment, for the command line; null without a key. */
  readonly keyVariable: string | null;
  /** Formats of an answer that it is believed to understand, the strictest first. */
  readonly formats: readonly AnswerFormat[];
  /** Tokens of prompt and answer together, as a careful guess. */
  readonly contextTokens: number;
  /** Name of the option that limits the answer. */
  readonly outputLimit: 'max_tokens' | 'max_completion_tokens';
  /** Sent as `temperature`; null leaves it away, since newer models refuse it. */
  readonly temperature: number | null;
  /** How the context is raised, as advice; empty where it cannot be. */
  readonly raiseContext: string;
  /** How a missing model is got, as advice. */
  readonly missingModel: string;
}

const anyFormat: readonly AnswerFormat[] = ['json_schema', 'json_object', 'text'];
const pickAnother = 'Choose one of the models that it offers.';

/**
 * Facts from the providers' documentation, 2026. Contexts are those of the smallest models that are
 * commonly chosen; Ollama serves 4,096 tokens whatever the model could take, unless told otherwise,
 * and cuts the prompt without a word.
 */
export const presets: Readonly<Record<PresetName, Preset>> = {
  openai: {
    name: 'openai',
    title: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    needsKey: true,
    keyVariable: 'OPENAI_API_KEY',
    formats: anyFormat,
    contextTokens: 128_000,
    outputLimit: 'max_completion_tokens',
    temperature: null,
    raiseContext: '',
    missingModel: pickAnother,
  },
  groq: {
    name: 'groq',
    title: 'Groq',
    baseUrl: 'https://api.groq.com/openai/v1',
    needsKey: true,
    keyVariable: 'GROQ_API_KEY',
    formats: anyFormat,
    contextTokens: 32_768,
    outputLimit: 'max_completion_tokens',
    temperature: 0,
    raiseContext: '',
    missingModel: pickAnother,
  },
  gemini: {
    name: 'gemini',
    title: 'Gemini',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    needsKey: true,
    keyVariable: 'GEMINI_API_KEY',
    formats: anyFormat,
    contextTokens: 128_000,
    outputLimit: 'max_tokens',
    temperature: null,
    raiseContext: '',
    missingModel: pickAnother,
  },
  anthropic: {
    name: 'anthropic',
    title: 'Anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    needsKey: true,
    keyVariable: 'ANTHROPIC_API_KEY',
    // Its compatible endpoint ignores `response_format` without saying so.
    formats: ['text'],
    contextTokens: 128_000,
    outputLimit: 'max_tokens',
    temperature: null,
    raiseContext: '',
    missingModel: pickAnother,
  },
  ollama: {
    name: 'ollama',
    title: 'Ollama',
    baseUrl: 'http://localhost:11434/v1',
    needsKey: false,
    keyVariable: null,
    formats: anyFormat,
    contextTokens: 4096,
    outputLimit: 'max_tokens',
    temperature: 0,
    raiseContext:
      'Start Ollama with OLLAMA_CONTEXT_LENGTH=16384, then set the context to 16384 here.',
    missingModel: 'Get it with: ollama pull MODEL.',
  },
  lmstudio: {
    name: 'lmstudio',
    title: 'LM Studio',
    baseUrl: 'http://localhost:1234/v1',
    needsKey: false,
    keyVariable: null,
    formats: ['json_schema', 'text'],
    contextTokens: 4096,
    outputLimit: 'max_tokens',
    temperature: 0,
    raiseContext:
      'Load the model with a larger context length in LM Studio, then set the same context here.',
    missingModel: 'Load it in LM Studio.',
  },
  llamacpp: {
    name: 'llamacpp',
    title: 'llama.cpp',
    baseUrl: 'http://localhost:8080/v1',
    needsKey: false,
    keyVariable: null,
    formats: anyFormat,
    contextTokens: 4096,
    outputLimit: 'max_tokens',
    temperature: 0,
    raiseContext: 'Start the server with -c 16384, then set the context to 16384 here.',
    missingModel: 'Start the server with that model.',
  },
  custom: {
    name: 'custom',
    title: 'The endpoint',
    baseUrl: null,
    needsKey: false,
    keyVariable: null,
    formats: anyFormat,
    contextTokens: 8192,
    outputLimit: 'max_tokens',
    temperature: 0,
    raiseContext: 'Give the model a larger context where it is served, then set the same here.',
    missingModel: pickAnother,
  },
};
