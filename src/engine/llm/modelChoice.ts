import type { PrivacyLevel } from '../privacy/privacyLevel.ts';

/** Endpoints that are known by name; `custom` is any other OpenAI-compatible address. */
export const presetNames = [
  'openai',
  'groq',
  'gemini',
  'anthropic',
  'ollama',
  'lmstudio',
  'llamacpp',
  'custom',
] as const;

export type PresetName = (typeof presetNames)[number];

/** The language model that the reader chose, and what it may see. */
export type ModelChoice =
  | {
      readonly kind: 'endpoint';
      readonly preset: PresetName;
      /** Null takes that of the preset. */
      readonly baseUrl: string | null;
      readonly model: string;
      /** Kept in memory only; null for endpoints that need none. */
      readonly key: string | null;
      /** Null where it is not known: then the preset's, else a careful guess. */
      readonly contextTokens: number | null;
      /** Null is `secrets` for a local endpoint and `personal` for any other. */
      readonly privacy: PrivacyLevel | null;
    }
  | {
      /** A model that the editor offers. */
      readonly kind: 'editor';
      readonly id: string;
      readonly name: string;
      readonly contextTokens: number | null;
      readonly privacy: PrivacyLevel | null;
    };
