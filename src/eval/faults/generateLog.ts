import { seededRandom, type Random } from '../../engine/base/random.ts';
import type { Entry, FaultBase, Flow, LogStyle, Statement } from './logStyle.ts';
import { between, pick, waiting } from './values.ts';

const day = 86_400_000;

function entryOf(
  style: LogStyle,
  random: Random,
  at: number,
  statement: Statement,
  session: number | null,
  ordinal: number,
  own: Readonly<Record<string, string>>,
): Entry {
  const values: Record<string, string> = {};
  for (const text of [statement.text, statement.source]) {
    for (const match of text.matchAll(/\{(\w+)\}/g)) {
      const name = match[1]!;
      values[name] ??= own[name] ?? style.values[name]!(random, ordinal);
    }
  }
  const source = statement.source.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name]!);
  const { level, text } = statement;
  return { at, level, source, text, event: `${level} ${text}`, values, session };
}

function chosenFlow(random: Random, flows: readonly Flow[]): Flow {
  const total = flows.reduce((sum, flow) => sum + flow.weight, 0);
  let left = random() * total;
  return flows.find((flow) => (left -= flow.weight) < 0) ?? pick(random, flows);
}

/** Slower at night, faster by day: 1 on average. */
function pace(style: LogStyle, at: number): number {
  return 1 + style.diurnal * Math.sin((2 * Math.PI * (at % day)) / day - Math.PI / 2);
}

/**
 * A clean log of about `lines` entries: sessions that arrive, overlap and take optional, repeated
 * and alternative steps, and what a program says beside them. Same seed, same log.
 */
export function generateLog(style: LogStyle, lines: number, seed: number): FaultBase {
  const random = seededRandom(seed);
  const entries: Entry[] = [];
  let now = style.start;
  let session = 0;
  let expected = 0;
  const perMillisecond = style.background.reduce((sum, { every }) => sum + 1 / every, 0);
  while (style.flows.length > 0 && expected < lines) {
    const own: Record<string, string> = {};
    for (const name of style.perSession) own[name] = style.values[name]!(random, session);
    let at = now;
    for (const { say, after, chance, times } of chosenFlow(random, style.flows).steps) {
      if (chance !== undefined && random() >= chance) continue;
      const count = times === undefined ? 1 : between(random, times[0], times[1]);
      for (let index = 0; index < count; index += 1) {
        at += after * (0.4 + waiting(random, 0.6));
        entries.push(entryOf(style, random, Math.round(at), say, session, session, own));
      }
    }
    session += 1;
    const pause = waiting(random, style.arrival) / pace(style, now);
    now = style.overlap ? now + pause : at + pause;
    expected = entries.length + (now - style.start) * perMillisecond;
  }
  const end = style.flows.length > 0 ? now : style.start + lines / perMillisecond;
  for (const { say, every, rhythm } of style.background) {
    let at = style.start + (rhythm === 'beat' ? every * random() : waiting(random, every));
    while (at < end) {
      const jitter = rhythm === 'beat' ? (random() - 0.5) * every * 0.04 : 0;
      entries.push(entryOf(style, random, Math.round(at + jitter), say, null, entries.length, {}));
      at += rhythm === 'beat' ? every : waiting(random, every / pace(style, at));
    }
  }
  const { name, measures, categories, clock, write } = style;
  return {
    name,
    entries: entries.sort((a, b) => a.at - b.at),
    measures,
    categories,
    clock,
    write,
  };
}
