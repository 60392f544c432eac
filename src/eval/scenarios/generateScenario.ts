import { seededRandom, type Random } from '../../engine/base/random.ts';
import { between, waiting } from '../faults/values.ts';
import { filled } from './drawnValues.ts';
import type { Form } from './scenario.ts';
import type { Statement, Step } from './story.ts';
import type { Service } from './service.ts';

/** How a form is turned into logs. */
export interface GenerateOptions {
  readonly seed: number;
  /** Without it the logs are those of a day on which nothing happened: the faultless twin. */
  readonly faulty: boolean;
  /** How many times the usual traffic. */
  readonly noise?: number;
  /** Clocks of all files but the first are wrong, each by 15 to 90 seconds. */
  readonly skewed?: boolean;
}

/** 1-based, inclusive. */
export interface LineRange {
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
}

/** A step of the story as it stands in the logs; several ranges where it was said several times. */
export interface GoldItem {
  readonly isCause: boolean;
  /** Place in the story, from 0 on. */
  readonly step: number;
  readonly at: readonly LineRange[];
}

export interface ScenarioLog {
  readonly path: string;
  readonly lines: readonly string[];
}

export interface ScenarioCase {
  readonly logs: readonly ScenarioLog[];
  /** In the order in which it happened; empty for a twin. */
  readonly gold: readonly GoldItem[];
}

interface Entry {
  readonly at: number;
  readonly say: Statement;
  /** Place in the story; null for what is said every day. */
  readonly step: number | null;
}

const firstDay = Date.UTC(2024, 4, 14, 7, 0, 0);
const horizon = 40 * 60_000;
const beat = 30_000;
/** Mean milliseconds between two routine messages of a service. */
const usualGap = 10_000;
/** Mean milliseconds between two of the same meaningless warning. */
const warningGap = 420_000;
const jobLasts = 180_000;
const passingChance = 0.7;

/**
 * The logs of one incident, or of its faultless twin: background, meaningless warnings and passing
 * troubles come from streams of their own, so that twins differ by the fault alone. Same options, same
 * logs.
 */
export function generateScenario(form: Form, options: GenerateOptions): ScenarioCase {
  const { seed, faulty, noise = 1, skewed = false } = options;
  const random = seededRandom(seed);
  const start = firstDay + between(random, 0, 20) * 86_400_000 + between(random, 0, 36_000) * 1000;
  const onset = start + horizon * (0.6 + 0.25 * random());
  const logs: ScenarioLog[] = [];
  const places = new Map<number, LineRange[]>();
  Object.entries(form.services).forEach(([name, service], file) => {
    const stream = (part: number): Random => seededRandom(seed * 31 + file * 7 + part * 1009);
    const usual = [
      ...(service.job === null
        ? everyday(service, { random: stream(1), start, noise })
        : jobEntries(service.job, { random: stream(1), onset, faulty })),
      ...passingEntries(service, { random: stream(2), start, onset }),
    ];
    const own = form.story.map((step, index) => ({ ...step, index }));
    const steps = faulty ? own.filter((step) => step.file === name) : [];
    const silent = pauses(steps, onset);
    const entries = [
      ...drawn(usual, stream(5)).filter(({ at }) => !silent.some(([a, b]) => at >= a && at < b)),
      ...drawn(
        steps.flatMap((step) => storyEntries(step, step.index, { random: stream(3), onset })),
        stream(6),
      ),
    ].sort((a, b) => a.at - b.at);
    const path = `${name}/${service.file}`;
    const skewRandom = stream(4);
    const skew =
      skewed && file > 0 ? (skewRandom() < 0.5 ? -1 : 1) * between(skewRandom, 15, 90) * 1000 : 0;
    logs.push({ path, lines: written(service, entries, { path, skew, places }) });
  });
  const gold = [...places]
    .sort(([a], [b]) => a - b)
    .map(([step, at]) => ({ isCause: form.story[step]!.isCause, step, at }));
  return { logs, gold };
}

/** A seed that follows from a name (FNV-1a, 1991). */
export function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0) % 1_000_000;
}

function everyday(
  service: Service,
  { random, start, noise }: { random: Random; start: number; noise: number },
): Entry[] {
  const [regular, ...others] = service.routine;
  const entries: Entry[] = [];
  const end = start + horizon;
  for (let at = start + random() * beat; at < end; at += beat / noise) {
    if (regular !== undefined) entries.push({ at, say: regular, step: null });
  }
  for (let at = start; at < end; at += waiting(random, usualGap / noise)) {
    const say = others[Math.floor(random() * others.length)];
    if (say !== undefined) entries.push({ at, say, step: null });
  }
  for (const say of service.warnings) {
    const gap = warningGap / noise;
    for (let at = start + waiting(random, gap); at < end; at += waiting(random, gap)) {
      entries.push({ at, say, step: null });
    }
  }
  return entries;
}

function jobEntries(
  job: NonNullable<Service['job']>,
  { random, onset, faulty }: { random: Random; onset: number; faulty: boolean },
): Entry[] {
  const begin = onset - jobLasts;
  const gap = jobLasts / (job.steps.length + 1);
  const steps = job.steps.map((say, index) => ({
    at: begin + gap * (index + 0.6 * random()),
    say,
    step: null,
  }));
  if (faulty) return steps;
  return [
    ...steps,
    ...job.ending.map((say, index) => ({ at: onset + 2000 * (index + random()), say, step: null })),
  ];
}

/** Troubles that pass, all of them over before anything goes wrong. */
function passingEntries(
  service: Service,
  { random, start, onset }: { random: Random; start: number; onset: number },
): Entry[] {
  const from = service.job === null ? start : onset - jobLasts;
  const to = onset - (service.job === null ? 120_000 : 20_000);
  return service.passing.flatMap((story) => {
    const [happens, when] = [random() < passingChance, random()];
    if (!happens) return [];
    const begin = from + (to - from) * (0.1 + 0.9 * when);
    return story.map(({ after, say }) => ({ at: begin + after * 1000, say, step: null }));
  });
}

function storyEntries(
  step: Step,
  index: number,
  { random, onset }: { random: Random; onset: number },
): Entry[] {
  if (step.kind !== 'say') return [];
  let at = onset + step.after * 1000 + index * 3;
  return Array.from({ length: step.times }, () => {
    const entry = { at, say: step.say, step: index };
    at += 200 + waiting(random, 1800);
    return entry;
  });
}

/** When the program says nothing because it is not there. */
function pauses(steps: readonly Step[], onset: number): (readonly [number, number])[] {
  const list: [number, number][] = [];
  for (const { kind, after } of steps) {
    const at = onset + after * 1000;
    const last = list.at(-1);
    if (kind === 'stop') list.push([at, Infinity]);
    else if (kind === 'start' && last !== undefined) last[1] = at;
  }
  return list;
}

/** Entries in their order, with their values drawn. */
function drawn(entries: readonly Entry[], random: Random): Entry[] {
  return entries
    .toSorted((a, b) => a.at - b.at)
    .map((entry) => {
      const ordinal = Math.round(entry.at / 1000) % 997;
      const { level, source, text } = entry.say;
      return {
        ...entry,
        say: {
          level,
          source: filled(source, random, ordinal),
          text: filled(text, random, ordinal),
        },
      };
    });
}

function written(
  service: Service,
  entries: readonly Entry[],
  { path, skew, places }: { path: string; skew: number; places: Map<number, LineRange[]> },
): string[] {
  const lines: string[] = [];
  for (const { at, say, step } of entries) {
    const added = service
      .format({ ...say, at: Math.round(at + skew), number: Math.round(at / 100) % 9973 })
      .split('\n');
    if (step !== null) {
      const range = { path, line: lines.length + 1, endLine: lines.length + added.length };
      places.set(step, [...(places.get(step) ?? []), range]);
    }
    lines.push(...added);
  }
  return lines;
}
