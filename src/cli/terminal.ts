import { once } from 'node:events';
import { styleText } from 'node:util';

import { yieldToEventLoop } from '../engine/base/abort.ts';
import type { Paint } from '../engine/present/terminal.ts';
import { plainPaint } from '../engine/present/terminal.ts';
import { terminalText } from '../engine/present/safeText.ts';

/** Text that is kept back until it is worth a write, in characters. */
const chunkChars = 64 * 1024;

/** Writes to stdout without outrunning its reader; an interrupt is heard between two writes. */
export class Output {
  readonly #signal: AbortSignal;
  #pending = '';

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Resolves when the reader has taken enough for more to be written. @throws EngineError `aborted` */
  async write(text: string): Promise<void> {
    this.#pending += text;
    if (this.#pending.length >= chunkChars) await this.flush();
  }

  async flush(): Promise<void> {
    const text = this.#pending;
    this.#pending = '';
    if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
    // Pipes take their text synchronously: without this a signal would wait for the last line.
    await yieldToEventLoop(this.#signal);
  }
}

/** A reader that leaves early (`| head`) ends the program quietly: nobody is left to tell. */
export function leaveQuietlyWhenUnread(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

/** Whether stdout is a terminal that shows colours, and the reader does not object (`NO_COLOR`). */
export function coloursShown(): boolean {
  const objects = (process.env['NO_COLOR'] ?? '') !== '';
  return process.stdout.isTTY && !objects && process.stdout.getColorDepth() >= 4;
}

/** How findings are painted on stdout. */
export function terminalPaint(): Paint {
  if (!coloursShown()) return plainPaint;
  return {
    high: (text) => styleText('red', text),
    medium: (text) => styleText('yellow', text),
    low: (text) => styleText('blue', text),
    dim: (text) => styleText('dim', text),
    strong: (text) => styleText('bold', text),
  };
}

/** A line on stderr that is overwritten as work goes on; nothing where stderr is no terminal. */
export class Progress {
  #shown = false;
  #last = 0;

  show(text: string): void {
    const now = performance.now();
    if (!process.stderr.isTTY || now - this.#last < 80) return;
    this.#last = now;
    this.#shown = true;
    process.stderr.write(`\r\u001b[2K${terminalText(text)}`);
  }

  clear(): void {
    if (this.#shown) process.stderr.write('\r\u001b[2K');
    this.#shown = false;
  }
}

/** One line for the reader on stderr. */
export function complain(text: string): void {
  process.stderr.write(`faultline: ${terminalText(text)}\n`);
}
