import { performance } from 'node:perf_hooks';
import type { SearchQuery } from '../../src/protocol/readerApi.ts';
import { seededRandom } from '../../src/engine/base/random.ts';
import type { ReadingThread } from './thread.ts';
import { startThread } from './thread.ts';

/** What a child prints: milliseconds of each try, and the most memory of its process in bytes. */
export interface Tries {
  readonly milliseconds: readonly number[];
  /** What was counted: lines or matches. */
  readonly counted: number;
  readonly peak: number;
}

const view = 'bench';
/** Lines of a tall screen. */
const screen = 60;
const jumps = 50;

const done = (milliseconds: readonly number[], counted = 0): Tries => ({
  milliseconds,
  counted,
  peak: process.resourceUsage().maxRSS * 1024,
});

async function open(thread: ReadingThread, ...paths: readonly string[]): Promise<void> {
  const joining = paths.length > 1 ? 'merged' : null;
  await thread.peer.request('open', { view, paths, joining, rotated: false });
}

async function rows(thread: ReadingThread, line: number): Promise<number> {
  const shown = await thread.peer.request('rows', {
    view,
    place: { kind: 'line', line },
    before: 0,
    after: screen,
    maxChars: 2000,
  });
  return shown.lines;
}

/** From nothing to the lines of a screen: the thread's start, the file, the lines. */
export async function firstScreen(path: string): Promise<Tries> {
  const started = performance.now();
  const thread = startThread();
  await open(thread, path);
  await rows(thread, 1);
  const milliseconds = performance.now() - started;
  await thread.end();
  return done([milliseconds]);
}

/** From the request to the end of the index. */
export async function index(path: string): Promise<Tries> {
  const thread = startThread();
  const started = performance.now();
  const lines = await indexed(thread, path);
  const milliseconds = performance.now() - started;
  await thread.end();
  return done([milliseconds], lines);
}

async function indexed(thread: ReadingThread, path: string): Promise<number> {
  const complete = new Promise<number>((resolve) => {
    thread.onIndexed = ({ bytes, of, lines }) => {
      if (bytes === of) resolve(lines);
    };
  });
  await open(thread, path);
  return complete;
}

/** Jumps to lines anywhere, once the index is complete. */
export async function jumpsWithIndex(path: string): Promise<Tries> {
  const random = seededRandom(3);
  const thread = startThread();
  const lines = await indexed(thread, path);
  const taken: number[] = [];
  while (taken.length < jumps) taken.push(await jump(thread, 1 + Math.floor(random() * lines)));
  await thread.end();
  return done(taken);
}

/** The same while the log is indexed: opened again as often as the index is complete first. */
export async function jumpsWithoutIndex(path: string): Promise<Tries> {
  const random = seededRandom(5);
  const taken: number[] = [];
  while (taken.length < jumps) {
    const thread = startThread();
    const state = { complete: false };
    thread.onIndexed = ({ bytes, of }) => {
      state.complete = bytes === of;
    };
    await open(thread, path);
    const lines = await rows(thread, 1);
    while (taken.length < jumps) {
      const milliseconds = await jump(thread, 1 + Math.floor(random() * lines));
      if (state.complete) break;
      taken.push(milliseconds);
    }
    await thread.end();
  }
  return done(taken);
}

async function jump(thread: ReadingThread, line: number): Promise<number> {
  const started = performance.now();
  await rows(thread, line);
  return performance.now() - started;
}

/** Counts all matches, when the index no longer runs. */
export async function search(path: string, query: SearchQuery): Promise<Tries> {
  const thread = startThread();
  await indexed(thread, path);
  const started = performance.now();
  const { lines } = await thread.peer.request('search', { view, run: 1, query });
  const milliseconds = performance.now() - started;
  await thread.end();
  return done([milliseconds], lines);
}

/** Opens two logs as one, by time. */
export async function merge(first: string, second: string): Promise<Tries> {
  const thread = startThread();
  const started = performance.now();
  await open(thread, first, second);
  const milliseconds = performance.now() - started;
  await thread.peer.request('close', { view });
  await thread.end();
  return done([milliseconds]);
}
