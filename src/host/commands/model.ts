import * as vscode from 'vscode';
import type { ModelChoice } from '../../engine/llm/modelChoice.ts';
import { presetNames } from '../../engine/llm/modelChoice.ts';
import { presets } from '../../engine/llm/presets.ts';
import { toFailure } from '../../protocol/rpc.ts';
import { editorModels } from '../model/editorModels.ts';
import { modelFromSettings, providerTitle } from '../model/modelChoice.ts';
import type { Settings } from '../settings.ts';
import type { CommandHandler, Services } from './services.ts';

type ModelSettings = Pick<Settings, 'model.provider' | 'model.name' | 'model.url'>;

interface ProviderItem extends vscode.QuickPickItem {
  readonly choice: ModelSettings | null;
}

const off: ModelSettings = { 'model.provider': 'off', 'model.name': '', 'model.url': '' };

/** Asks which language model may word reports: none, one of the editor, or one of an endpoint. */
export const chooseModel: CommandHandler = async (services) => {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showInformationMessage(
      'Restricted Mode: a language model can be chosen for folders that you trust.',
    );
    return;
  }
  const item = await vscode.window.showQuickPick(providerItems(services.settings.current), {
    title: 'Faultline: language model for reports',
    placeHolder: 'Nothing is sent before you have seen exactly what, and agreed',
    matchOnDescription: true,
  });
  if (item === undefined || item.choice === null) return;
  const choice = await completed(services, item.choice);
  if (choice === null) return;
  for (const name of ['model.url', 'model.name', 'model.provider'] as const) {
    await services.settings.set(name, choice[name]);
  }
};

/** Keeps a key for the chosen provider, or for one that the reader picks. */
export const setModelKey: CommandHandler = async ({ keys, settings }) => {
  const owner = await keyOwner(settings.current);
  if (owner === null) return;
  await askForKey(owner, keys);
};

/** Removes the key of the chosen provider, or of one that the reader picks. */
export const removeModelKey: CommandHandler = async ({ keys, settings }) => {
  const owner = await keyOwner(settings.current);
  if (owner === null) return;
  await keys.remove(owner);
  void vscode.window.showInformationMessage(`No key is kept for ${titleOf(owner)} any more.`);
};

/** From now on every receiver must be approved again. */
export const forgetModelConsent: CommandHandler = async ({ consents }) => {
  const known = consents.list();
  await consents.forget();
  void vscode.window.showInformationMessage(
    known.length === 0
      ? 'No language model may be asked from this workspace without you seeing what is sent.'
      : `Forgotten: ${known.join(', ')}. You will be asked before anything is sent.`,
  );
};

function providerItems(
  current: Settings,
): Promise<readonly ProviderItem[]> | readonly ProviderItem[] {
  const marked = (provider: Settings['model.provider']): string =>
    current['model.provider'] === provider ? ' · chosen now' : '';
  const endpoints = presetNames.map((name): ProviderItem => {
    const { baseUrl, needsKey } = presets[name];
    return {
      label: name === 'custom' ? 'Other address…' : presets[name].title,
      description:
        (name === 'custom'
          ? 'any OpenAI-compatible endpoint'
          : `${baseUrl === null ? '' : new URL(baseUrl).host}${needsKey ? ', needs a key' : ''}`) +
        marked(name),
      choice: { ...off, 'model.provider': name },
    };
  });
  const separator = (label: string): ProviderItem => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
    choice: null,
  });
  return editorModels().then((models) => [
    {
      label: 'Off',
      description: `reports are written on this machine${marked('off')}`,
      choice: off,
    },
    ...(models.length === 0 ? [] : [separator('Models of the editor')]),
    ...models.map(({ id, name, vendor }): ProviderItem => ({
      label: name,
      description: `${vendor}${current['model.name'] === id ? marked('editor') : ''}`,
      choice: { ...off, 'model.provider': 'editor', 'model.name': id },
    })),
    separator('Endpoints'),
    ...endpoints,
  ]);
}

/** Asks for what a provider still lacks: its address, its key, one of its models. Null when given up. */
async function completed(services: Services, choice: ModelSettings): Promise<ModelSettings | null> {
  const provider = choice['model.provider'];
  if (provider === 'off' || provider === 'editor') return choice;
  const url = provider === 'custom' ? await askForUrl(services.settings.current) : '';
  if (url === null) return null;
  const owner = { ...choice, 'model.url': url };
  if (presets[provider].needsKey && (await services.keys.get(owner)) === null) {
    if (!(await askForKey(owner, services.keys))) return null;
  }
  const name = await askForModel(services, owner);
  return name === null ? null : { ...owner, 'model.name': name };
}

async function askForUrl(current: Settings): Promise<string | null> {
  const url = await vscode.window.showInputBox({
    title: 'Address of the endpoint',
    prompt: 'An OpenAI-compatible address, such as http://localhost:8080/v1',
    value: current['model.url'],
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^https?:\/\//i.test(text) && URL.canParse(text)
        ? null
        : 'It begins with http:// or https://.',
  });
  return url?.trim() ?? null;
}

async function askForKey(owner: ModelSettings, keys: Services['keys']): Promise<boolean> {
  const key = await vscode.window.showInputBox({
    title: `Key for ${titleOf(owner)}`,
    prompt: 'It is kept in the secret storage of the editor and given to this host only.',
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'A key is needed.' : null),
  });
  if (key === undefined) return false;
  await keys.set(owner, key.trim());
  return true;
}

/** One of the models that the endpoint names; where it does not answer, the reader types it. */
async function askForModel(
  { explain, keys, settings }: Services,
  owner: ModelSettings,
): Promise<string | null> {
  const choice = modelFromSettings({ ...settings.current, ...owner }, await keys.get(owner));
  if (choice === null) return null;
  const asked = await askEndpoint(explain, choice);
  if (asked.models.length > 0) {
    const typed = 'Type another name…';
    const picked = await vscode.window.showQuickPick([...asked.models, typed], {
      title: `Models of ${titleOf(owner)}`,
      ignoreFocusOut: true,
    });
    if (picked !== typed) return picked ?? null;
  }
  const name = await vscode.window.showInputBox({
    title: `Model of ${titleOf(owner)}`,
    prompt: asked.problem ?? 'Its name, as the provider writes it.',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'A name is needed.' : null),
  });
  return name?.trim() ?? null;
}

interface Asked {
  readonly models: readonly string[];
  /** Why there are none; null where the endpoint answered. */
  readonly problem: string | null;
}

/** Sends no log: only the question which models there are. */
function askEndpoint(explain: Services['explain'], choice: ModelChoice): Thenable<Asked> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: 'Asking the endpoint for its models',
      cancellable: true,
    },
    async (_progress, token): Promise<Asked> => {
      const controller = new AbortController();
      token.onCancellationRequested(() => {
        controller.abort();
      });
      try {
        return { models: await explain.modelsOf(choice, controller.signal), problem: null };
      } catch (error) {
        const { message, advice } = toFailure(error);
        return { models: [], problem: `${message} ${advice}` };
      }
    },
  );
}

/** The chosen provider where it is an endpoint, else one that the reader picks; null when given up. */
async function keyOwner(current: Settings): Promise<ModelSettings | null> {
  const provider = current['model.provider'];
  if (provider !== 'off' && provider !== 'editor') return current;
  const items = presetNames
    .filter((name) => presets[name].baseUrl !== null)
    .map((name) => ({ label: presets[name].title, name }));
  const picked = await vscode.window.showQuickPick(items, { title: 'Faultline: key for' });
  return picked === undefined ? null : { ...off, 'model.provider': picked.name };
}

function titleOf(owner: ModelSettings): string {
  const provider = owner['model.provider'];
  if (provider === 'off') return 'no model';
  const url = owner['model.url'];
  return url === ''
    ? providerTitle(provider)
    : `${providerTitle(provider)} at ${new URL(url).host}`;
}
