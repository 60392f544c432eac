import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { LogSession } from '../../src/engine/analysis/logSession.ts';
import type { AnalysisDeps } from '../../src/engine/analysis/options.ts';
import { readLogFile } from '../../src/engine/record/logFile.ts';

/** What a child measures, in milliseconds of wall time and, beside it, of processor time. */
export interface Measured {
  readonly first: number;
  readonly full: number;
  readonly processor: number;
  /** Most memory that was resident at once, in bytes. */
  readonly peak: number;
  readonly findings: number;
  /** Share of the messages marked (high and medium) in the first stage that stay so. */
  readonly kept: number;
}

const deps: AnalysisDeps = {
  embedder: null,
  embedderStatus: { id: 'none', state: 'off', detail: '' },
  now: () => performance.now(),
};

async function follow(
  stages: ReturnType<LogSession['analyse']>,
  started: number,
): Promise<Measured> {
  const before = process.cpuUsage();
  let first = 0;
  let findings = 0;
  let early: string[] | null = null;
  let late: string[] = [];
  for await (const analysis of stages) {
    if (first === 0) first = performance.now() - started;
    findings = analysis.findings.length;
    const marked = analysis.findings.filter(({ severity }) => severity !== 'low');
    late = marked.map(({ template }) => template);
    early ??= late;
  }
  const { user, system } = process.cpuUsage(before);
  const still = new Set(late);
  const kept = (early ?? []).filter((template) => still.has(template)).length;
  return {
    first,
    full: performance.now() - started,
    processor: (user + system) / 1000,
    peak: process.resourceUsage().maxRSS * 1024,
    findings,
    kept: early === null || early.length === 0 ? 1 : kept / early.length,
  };
}

/** A file to findings. */
export async function measureWhole(path: string): Promise<Measured> {
  const started = performance.now();
  const log = await readLogFile(path);
  return follow(new LogSession(log, deps).analyse(), started);
}

/** The last lines of a log, appended to the analysed rest: a file of its own, as a file would grow. */
export async function measureAppend(path: string, lines: number): Promise<Measured> {
  const bytes = readFileSync(path);
  let cut = bytes.length - 1;
  for (let line = 0; line < lines; line += 1) cut = bytes.lastIndexOf(10, cut - 1);
  const rest = `${path}.head`;
  writeFileSync(rest, bytes.subarray(0, cut + 1));
  const session = new LogSession(await readLogFile(rest), deps);
  await follow(session.analyse(), 0);
  const started = performance.now();
  return follow(session.append(bytes.subarray(cut + 1)), started).finally(() => {
    rmSync(rest);
  });
}

/** Milliseconds of what nobody can do without. */
export interface Floors {
  /** Reading the file and counting its lines. */
  readonly scan: number;
  /** Cutting each line out as text and looking at its head. */
  readonly parse: number;
}

/** The least that anything must do with the same bytes. */
export function measureFloors(path: string): Floors {
  let started = performance.now();
  const bytes = readFileSync(path);
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  const scan = performance.now() - started;
  started = performance.now();
  let headed = 0;
  let from = 0;
  for (let line = 0; line < lines; line += 1) {
    const to = bytes.indexOf(10, from);
    if (/^[\d:. TZ-]+ +\w+/.test(bytes.toString('utf8', from, to))) headed += 1;
    from = to + 1;
  }
  const parse = performance.now() - started + Math.min(0, headed);
  return { scan, parse };
}
