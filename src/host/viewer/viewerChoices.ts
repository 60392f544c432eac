import * as vscode from 'vscode';
import type { ViewerOptions } from '../../protocol/viewerApi.ts';
import type { SettingsWatcher } from '../settingsWatcher.ts';

/** What a reader switches in a view and finds again in the next one. */
type Kept = Pick<ViewerOptions, 'wrap' | 'deltas'>;

const key = 'faultline.viewer';

/** Patterns that are hidden, by the address of their log; the logs that were looked at last. */
type Hidden = readonly (readonly [address: string, patterns: readonly string[]])[];
const hiddenKey = 'faultline.viewer.hidden';
const mostLogs = 50;
const defaults: Kept = { wrap: false, deltas: false };

/** How views look: what was switched in one, the settings of ours, and the font of the text editor. */
export class ViewerChoices {
  readonly #memory: vscode.Memento;
  readonly #settings: SettingsWatcher;

  constructor(memory: vscode.Memento, settings: SettingsWatcher) {
    this.#memory = memory;
    this.#settings = settings;
  }

  /** `follow` belongs to one view: another log would jump to its end unasked. */
  options(follow: boolean): ViewerOptions {
    const { notes, minimumSeverity } = this.#settings.current;
    const editor = vscode.workspace.getConfiguration('editor');
    return {
      ...defaults,
      ...this.#memory.get<Partial<Kept>>(key),
      follow,
      notes,
      minimumSeverity,
      fontFamily: editor.get('fontFamily', 'monospace'),
      fontSize: editor.get('fontSize', 14),
      tabSize: editor.get('tabSize', 4),
    };
  }

  /** Keeps what was changed; font and tab size are those of the editor and cannot be. */
  async change(change: Partial<ViewerOptions>): Promise<void> {
    const { wrap, deltas, notes, minimumSeverity } = change;
    if (wrap !== undefined || deltas !== undefined) {
      const kept = { ...defaults, ...this.#memory.get<Partial<Kept>>(key) };
      await this.#memory.update(key, {
        wrap: wrap ?? kept.wrap,
        deltas: deltas ?? kept.deltas,
      });
    }
    if (notes !== undefined) await this.#settings.set('notes', notes);
    if (minimumSeverity !== undefined) await this.#settings.set('minimumSeverity', minimumSeverity);
  }

  /** Patterns whose lines are hidden in a log. */
  hidden(address: string): readonly string[] {
    return this.#hidden.find(([log]) => log === address)?.[1] ?? [];
  }

  async hide(address: string, patterns: readonly string[]): Promise<void> {
    const others = this.#hidden.filter(([log]) => log !== address);
    const own: Hidden = patterns.length === 0 ? [] : [[address, patterns]];
    await this.#memory.update(hiddenKey, [...own, ...others].slice(0, mostLogs));
  }

  get #hidden(): Hidden {
    return this.#memory.get<Hidden>(hiddenKey) ?? [];
  }
}
