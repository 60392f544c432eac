import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { RpcError, toFailure } from '../../protocol/rpc.ts';
import { documentLimit, documentLimitBytes, nameOf } from '../logDocuments.ts';
import type { FileLog } from '../openLog.ts';
import type { JoinedLogs } from './openJoined.ts';
import { joinedLogs } from './openJoined.ts';
import { fileLogAt } from './rotatedLog.ts';
import type { Spool } from './spool.ts';

export interface ViewerDocumentOptions {
  readonly uri: vscode.Uri;
  readonly spool: Spool;
  /** Numbers the copies of a window. */
  readonly id: number;
  readonly onClosed: () => void;
}

/** A log that viewers show: a file, or the copy of one that no path leads to. All its views share it. */
export class ViewerDocument implements vscode.CustomDocument, FileLog {
  readonly uri: vscode.Uri;
  /** For several logs as one it leads to no file: each of them is analysed as itself. */
  readonly path: string;
  readonly rotated: boolean;
  /** Null for a single log. */
  readonly joined: JoinedLogs | null;
  /** The logs that are analysed: those that it joins, else itself. */
  readonly members: readonly FileLog[];
  readonly #spool: Spool;
  readonly #onClosed: () => void;
  #ready: Promise<readonly string[]> | null = null;

  constructor({ uri, spool, id, onClosed }: ViewerDocumentOptions) {
    this.uri = uri;
    this.joined = joinedLogs(uri);
    const { path, rotated = false } = fileLogAt(uri);
    this.rotated = rotated;
    this.path = this.isFile ? path : join(spool.folder('copies'), `${id}-${nameOf(uri)}`);
    this.members = this.joined?.paths.map((path) => ({ uri: vscode.Uri.file(path), path })) ?? [
      this,
    ];
    this.#spool = spool;
    this.#onClosed = onClosed;
  }

  /** Whether it is read where it lies, and so can be followed. */
  get isFile(): boolean {
    return this.uri.scheme === 'file' || this.rotated || this.joined !== null;
  }

  /**
   * Makes what `path` names readable.
   * @returns what the reader should know about it, mostly nothing
   * @throws RpcError `too-large` for what can neither be read by path nor copied, `unreadable`
   */
  prepare(): Promise<readonly string[]> {
    if (this.isFile) return Promise.resolve([]);
    this.#ready ??= this.#copy();
    return this.#ready;
  }

  dispose(): void {
    this.#onClosed();
    if (!this.isFile) void rm(this.path, { force: true });
  }

  async #copy(): Promise<readonly string[]> {
    const { fs } = vscode.workspace;
    try {
      const { size } = await fs.stat(this.uri);
      if (size > documentLimitBytes) throw tooLarge(this.uri);
      await this.#spool.made('copies');
      await writeFile(this.path, await fs.readFile(this.uri));
    } catch (error) {
      this.#ready = null;
      if (error instanceof RpcError) throw error;
      throw new RpcError({
        reason: 'unreadable',
        message: `${nameOf(this.uri)} could not be copied: ${toFailure(error).message}`,
        advice: 'Check that the file system it lies on is connected, and open it again.',
      });
    }
    const time = new Date().toLocaleTimeString(vscode.env.language, {
      hour: '2-digit',
      minute: '2-digit',
    });
    return [`This is a copy as of ${time}: the file system offers no parts of a file.`];
  }
}

function tooLarge(uri: vscode.Uri): RpcError {
  return new RpcError({
    reason: 'too-large',
    message: `${nameOf(uri)} is larger than ${documentLimit}, and its file system (${uri.scheme}) offers no parts of a file.`,
    advice: 'Copy it to a local folder, or open a window on the machine where it lies.',
  });
}
