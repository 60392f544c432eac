import type { ModelMessage } from '../../engine/llm/languageModel.ts';
import type { Failure } from '../../protocol/rpc.ts';

/** A message as the editor's models take it: they know no role for instructions. */
export interface EditorMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** Messages for a model of the editor: instructions go first, in a message of the user. */
export function editorMessages(messages: readonly ModelMessage[]): readonly EditorMessage[] {
  return messages.map(({ role, content }) => ({
    role: role === 'assistant' ? 'assistant' : 'user',
    content,
  }));
}

const failures: Readonly<Record<string, Pick<Failure, 'reason' | 'advice'>>> = {
  NoPermissions: {
    reason: 'llm-refused',
    advice: 'Allow Faultline to use the model: run "Manage Language Model Access".',
  },
  NotFound: {
    reason: 'llm-refused',
    advice: 'Run "Faultline: Choose Language Model" and take one that the editor offers now.',
  },
  Blocked: {
    reason: 'llm-limited',
    advice: 'The quota of the model may be used up. Try again later or choose another model.',
  },
};

/**
 * Why a model of the editor did not answer. `error` is whatever it threw. Where it was asked to fill
 * in a tool, what has no known reason may be that it cannot: then it is asked for text.
 */
export function editorModelFailure(
  error: unknown,
  { aborted, asTool }: { readonly aborted: boolean; readonly asTool: boolean },
): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (aborted) {
    return {
      reason: 'aborted',
      message: 'The question was given up.',
      advice: 'Ask again when needed.',
    };
  }
  const { code } = error instanceof Error ? (error as Error & { code?: unknown }) : { code: null };
  const known = typeof code === 'string' ? failures[code] : undefined;
  return {
    reason: known?.reason ?? (asTool ? 'llm-unusable' : 'llm-failed'),
    message: message === '' ? 'The model of the editor did not answer.' : message,
    advice: known?.advice ?? 'Try again, or choose another model.',
  };
}
