import * as vscode from 'vscode';
import type { Log } from '../engine/base/log.ts';
import type { WorkerOptions } from '../protocol/workerApi.ts';
import { DisposableStore } from './disposables.ts';

const rulesPath = '.faultline/rules.yaml';

/** Largest file of rules in bytes; what is longer was not written by hand. */
const largestFile = 512 << 10;

/** Rules that the reader's folders bring, read where these are trusted, again whenever they change. */
export class UserRules implements vscode.Disposable {
  readonly #log: Log;
  readonly #disposables = new DisposableStore();
  readonly #changed = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly #problemsChanged = this.#disposables.add(new vscode.EventEmitter<void>());
  #files: WorkerOptions['rules'] = [];
  #problems: readonly string[] = [];
  #reading = 0;

  readonly onDidChange = this.#changed.event;
  /** Fires when other problems are known. */
  readonly onDidChangeProblems = this.#problemsChanged.event;

  constructor(log: Log) {
    this.#log = log;
    const { workspace } = vscode;
    const read = (): void => void this.#read();
    const watcher = this.#disposables.add(workspace.createFileSystemWatcher(`**/${rulesPath}`));
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
      this.#disposables.add(event(read));
    }
    this.#disposables.add(workspace.onDidGrantWorkspaceTrust(read));
    this.#disposables.add(workspace.onDidChangeWorkspaceFolders(read));
    read();
  }

  get files(): WorkerOptions['rules'] {
    return this.#files;
  }

  /** What is wrong with the rules, a sentence each. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** From the engine, which compiles them. */
  judged(problems: readonly string[]): void {
    for (const problem of problems) this.#log.warn(`Rules: ${problem}`);
    if (problems.join('\n') === this.#problems.join('\n')) return;
    this.#problems = problems;
    this.#problemsChanged.fire();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #read(): Promise<void> {
    const turn = ++this.#reading;
    const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
    const found = await Promise.all(folders.map(({ uri }) => this.#readFile(uri)));
    if (turn !== this.#reading) return;
    const files = found.filter((file) => file !== null);
    if (JSON.stringify(files) === JSON.stringify(this.#files)) return;
    this.#files = files;
    this.#changed.fire();
  }

  /** Null where the folder brings none. */
  async #readFile(folder: vscode.Uri): Promise<WorkerOptions['rules'][number] | null> {
    const uri = vscode.Uri.joinPath(folder, rulesPath);
    const path = vscode.workspace.asRelativePath(uri);
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > largestFile) {
        this.#log.warn(`Rules: ${path} has ${size} bytes; at most ${largestFile} are read.`);
        return null;
      }
      const bytes = await vscode.workspace.fs.readFile(uri);
      return { path, text: new TextDecoder().decode(bytes) };
    } catch {
      // Most folders have no such file.
      return null;
    }
  }
}
