import * as vscode from 'vscode';
import type { ModelReply, ModelRequest } from '../../engine/llm/languageModel.ts';
import { RpcError } from '../../protocol/rpc.ts';
import { editorMessages, editorModelFailure } from './editorMessages.ts';
import { untilSilent } from './untilSilent.ts';

/** The tool whose input is the answer: no function of ours runs, the model only fills in its fields. */
const answerTool = 'submit_report';

/**
 * Longest silence of a model that has begun to answer, in milliseconds. It does not begin before the
 * editor's own question for permission is answered.
 */
const patience = 90_000;

/** A model that the editor offers to extensions. */
export interface EditorModel {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  /** Tokens of the prompt. */
  readonly contextTokens: number;
}

/** Models that the editor offers now; none where it knows no such models, as some forks of it. */
export async function editorModels(): Promise<readonly EditorModel[]> {
  const models = await select({});
  return models.map(({ id, name, vendor, maxInputTokens }) => ({
    id,
    name,
    vendor,
    contextTokens: maxInputTokens,
  }));
}

/**
 * One answer of a model of the editor. It is asked only for what a reader did, as the editor demands;
 * the editor asks for its own permission the first time.
 * @throws RpcError `llm-refused`, `llm-limited`, `llm-failed`, `llm-stalled`, `llm-empty`,
 * `llm-truncated`, `llm-unusable`, `aborted`
 */
export async function askEditorModel(
  id: string,
  request: ModelRequest,
  signal: AbortSignal,
  onText: (piece: string) => void,
): Promise<ModelReply> {
  const [model] = await select({ id });
  if (model === undefined) {
    throw new RpcError({
      reason: 'llm-refused',
      message: `The editor does not offer the model ${id}.`,
      advice: 'Run "Faultline: Choose Language Model".',
    });
  }
  const source = new vscode.CancellationTokenSource();
  const cancel = (): void => {
    source.cancel();
  };
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    return await complete(model, request, source.token, onText);
  } catch (error) {
    if (error instanceof RpcError) throw error;
    const asTool = request.format === 'json_schema';
    throw new RpcError(editorModelFailure(error, { aborted: signal.aborted, asTool }));
  } finally {
    signal.removeEventListener('abort', cancel);
    // Of one that went silent nobody wants the rest.
    cancel();
    source.dispose();
  }
}

async function complete(
  model: vscode.LanguageModelChat,
  { messages, format, schema }: ModelRequest,
  token: vscode.CancellationToken,
  onText: (piece: string) => void,
): Promise<ModelReply> {
  const { LanguageModelChatMessage } = vscode;
  const prompt = editorMessages(messages).map(({ role, content }) =>
    role === 'assistant'
      ? LanguageModelChatMessage.Assistant(content)
      : LanguageModelChatMessage.User(content),
  );
  const promptTokens = await tokensOf(model, messages, token);
  if (promptTokens !== null && promptTokens > model.maxInputTokens) {
    throw new RpcError({
      reason: 'llm-truncated',
      message: `The question takes ${promptTokens} tokens, and ${model.name} reads ${model.maxInputTokens}.`,
      advice: `Set faultline.model.contextTokens to ${model.maxInputTokens} or less.`,
    });
  }
  const asTool = format === 'json_schema';
  const response = await model.sendRequest(
    prompt,
    {
      justification: 'To word the root-cause report that was asked for.',
      ...(asTool
        ? {
            tools: [
              {
                name: answerTool,
                description: 'Submits the report. Call it once, with the whole report.',
                inputSchema: schema,
              },
            ],
            toolMode: vscode.LanguageModelChatToolMode.Required,
          }
        : {}),
    },
    token,
  );
  let text = '';
  let submitted: string | null = null;
  for await (const part of untilSilent(response.stream, patience)) {
    if (part instanceof vscode.LanguageModelTextPart) {
      text += part.value;
      onText(part.value);
    } else if (part instanceof vscode.LanguageModelToolCallPart && part.name === answerTool) {
      submitted = JSON.stringify(part.input);
    }
  }
  if (token.isCancellationRequested) throw new vscode.CancellationError();
  if (submitted !== null) onText(submitted);
  const answer = submitted ?? text;
  if (answer.trim() === '') {
    throw new RpcError({
      reason: asTool ? 'llm-unusable' : 'llm-empty',
      message: `${model.name} gave an empty answer.`,
      advice: 'Try again, or choose another model.',
    });
  }
  return { text: answer, promptTokens, outputTokens: await counted(model, answer, token) };
}

async function tokensOf(
  model: vscode.LanguageModelChat,
  messages: ModelRequest['messages'],
  token: vscode.CancellationToken,
): Promise<number | null> {
  return counted(model, messages.map(({ content }) => content).join('\n'), token);
}

/** Null where the model cannot count: that is no reason not to ask it. */
async function counted(
  model: vscode.LanguageModelChat,
  text: string,
  token: vscode.CancellationToken,
): Promise<number | null> {
  try {
    return await model.countTokens(text, token);
  } catch {
    return null;
  }
}

/** Forks of the editor may lack the whole interface, whatever the types say. */
async function select(
  selector: vscode.LanguageModelChatSelector,
): Promise<readonly vscode.LanguageModelChat[]> {
  const { lm } = vscode as { readonly lm?: Partial<typeof vscode.lm> };
  return (await lm?.selectChatModels?.(selector)) ?? [];
}
