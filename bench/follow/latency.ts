import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { HostSide } from './hostSide.ts';
import type { Probe } from './probe.ts';
import { clock, probeOf } from './probe.ts';
import { startThreads } from './threads.ts';

/** Milliseconds from a line being written until it is there, one for each line. */
export interface Latencies {
  readonly shown: readonly number[];
  readonly scored: readonly number[];
  /** Shown and scored, whichever is later. */
  readonly both: readonly number[];
  /** In the output of `tail -F`. */
  readonly tail: readonly number[];
  /** Share of one processor that all threads take while nothing is written. */
  readonly idle: number;
  readonly bytes: number;
}

const patience = 20_000;
const idleTime = 4_000;

/** Writes `count` lines, one at a time, to a log that is followed, with `traffic` lines a second between them. */
export async function measureLatency(
  path: string,
  count: number,
  traffic: number,
): Promise<Latencies> {
  const bytes = statSync(path).size;
  const probes = new Map<number, Probe>();
  const shown = new Map<number, number>();
  const scored = new Map<number, number>();
  const tailed = new Map<number, number>();
  const threads = startThreads({
    changed: ({ change }) => {
      host.changed(change.kind);
    },
    indexed: () => undefined,
    marks: ({ run, marks }) => {
      host.marked(run, marks);
    },
  });
  const host = new HostSide({
    threads,
    path,
    // Half a second of traffic, so that no line has passed before it is seen.
    screen: Math.max(60, traffic / 2),
    onShown: (rows) => {
      const now = clock();
      for (const { text } of rows) {
        const probe = probeOf(text);
        if (probe === null || shown.has(probe.number)) continue;
        probes.set(probe.number, probe);
        shown.set(probe.number, now - probe.written);
      }
    },
    onScored: (marks) => {
      scoredUpTo.push({ bytes: marks.bytes, at: clock() });
    },
  });
  const scoredUpTo: { readonly bytes: number; readonly at: number }[] = [];
  await host.open();
  const cpu = process.cpuUsage();
  await pause(idleTime);
  const used = process.cpuUsage(cpu);
  const idle = (used.user + used.system) / 1000 / idleTime;

  const tail = spawn('tail', ['-n', '0', '-F', path], { stdio: ['ignore', 'pipe', 'ignore'] });
  createInterface({ input: tail.stdout }).on('line', (line) => {
    const probe = probeOf(line);
    if (probe !== null) tailed.set(probe.number, clock() - probe.written);
  });
  await pause(500);
  scoredUpTo.length = 0;
  const writer = spawn(process.execPath, [
    process.argv[1]!,
    'write',
    path,
    String(count),
    String(traffic),
  ]);
  await new Promise((resolve) => writer.on('exit', resolve));
  const deadline = clock() + patience;
  const last = (): Probe | undefined => probes.get(count - 1);
  while (clock() < deadline) {
    if (last() !== undefined && (scoredUpTo.at(-1)?.bytes ?? 0) >= last()!.end) break;
    await pause(50);
  }
  for (const { number, written, end } of probes.values()) {
    const first = scoredUpTo.find((each) => each.bytes >= end);
    if (first !== undefined) scored.set(number, first.at - written);
  }
  host.close();
  tail.kill();
  await threads.close();
  if (scored.size < count) throw new Error(`${count - scored.size} of ${count} lines are missing.`);
  return {
    shown: [...shown.values()],
    scored: [...scored.values()],
    both: [...scored].map(([number, ms]) => Math.max(ms, shown.get(number)!)),
    tail: [...tailed.values()],
    idle,
    bytes,
  };
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
