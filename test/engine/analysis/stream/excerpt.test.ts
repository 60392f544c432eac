import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  analysedExcerpt,
  readSegmentsAgain,
} from '../../../../src/engine/analysis/stream/analysedExcerpt.ts';
import { inThisThread } from '../../../../src/engine/analysis/stream/analyseSegment.ts';
import { askedSegments } from '../../../../src/engine/analysis/stream/askedSegments.ts';
import { chooseSegments } from '../../../../src/engine/analysis/stream/chooseSegments.ts';
import { excerptRoom } from '../../../../src/engine/analysis/stream/excerptRoom.ts';
import { readExcerpt } from '../../../../src/engine/analysis/stream/readExcerpt.ts';
import { segmentsAtTime } from '../../../../src/engine/analysis/stream/segmentsAtTime.ts';
import type { SegmentPlace } from '../../../../src/engine/analysis/stream/segmentFold.ts';
import {
  StreamedLog,
  type StreamedAnalysis,
} from '../../../../src/engine/analysis/stream/streamedLog.ts';
import type { Explanation } from '../../../../src/engine/explain/explanation.ts';
import { explainLogs } from '../../../../src/engine/explain/explainLogs.ts';
import { outlineSlices } from '../../../../src/engine/present/outline.ts';
import { timeline } from '../../../../src/engine/present/timeline.ts';
import { lineText } from '../../../../src/engine/record/decodeLog.ts';
import { lineInLog, lineInText } from '../../../../src/engine/record/excerpt.ts';
import type { SourceEncoding } from '../../../../src/engine/source/byteSource.ts';
import { analysed } from '../../explain/analysedLogs.ts';
import { healthyService, write, type Entry } from '../../detect/syntheticLog.ts';
import { TextSource } from './textSource.ts';

const entries = healthyService(1200, 12);
const end = entries.at(-1)!.at;

/** A pool that runs dry shortly after it was made smaller, in the middle of ordinary traffic. */
function withFaults(...parts: readonly number[]): string {
  const faults = parts.flatMap((part) => {
    const at = end * part;
    const told: Entry[] = [
      { at: at - 2000, text: 'INFO  [config] Settings: pool-size changed: 40 -> 4' },
    ];
    for (let times = 0; times < 12; times += 1) {
      told.push({
        at: at + times * 900,
        text: `ERROR [db] Pool: connection pool exhausted, 4 of 4 in use, waited ${30_000 + times} ms`,
      });
    }
    return told;
  });
  return write([...entries, ...faults]);
}

interface Read {
  readonly log: StreamedLog;
  readonly known: StreamedAnalysis;
}

async function streamed(
  text: string,
  segments: number,
  encoding: SourceEncoding = 'utf-8',
): Promise<Read> {
  const source = new TextSource(text, encoding);
  const sizes = { core: Math.ceil(text.length / segments) + 200, context: 3000 };
  const log = new StreamedLog(source, { analyser: inThisThread, now: () => 0, sizes });
  let known: StreamedAnalysis | null = null;
  for await (const analysis of log.analyse()) known = analysis;
  return { log, known: known! };
}

async function explained(
  { log, known }: Read,
  places: readonly SegmentPlace[],
): Promise<Explanation> {
  const view = await readSegmentsAgain(log, known, places);
  return explainLogs({ analyses: [analysedExcerpt(view, known)] });
}

const causeOf = ({ rootCause, evidence }: Explanation): unknown => ({
  ...rootCause,
  evidence: evidence
    .filter(({ id }) => rootCause.evidence.includes(id))
    .map(({ line, endLine, text }) => ({ line, endLine, text })),
});

describe('a report on a log of which only segments are held', () => {
  it('names the cause, at its lines, as one on the whole log does', async () => {
    const text = withFaults(0.5);
    const read = await streamed(text, 3);
    expect(read.known.places).toHaveLength(3);
    const places = chooseSegments(read.known, 1);
    expect(places).toEqual([read.known.places[1]]);
    const part = await explained(read, places);
    const whole = explainLogs({ analyses: [await analysed('big.log', text)] });
    expect(whole.rootCause.category).toBe('resource.handles');
    expect(causeOf(part)).toEqual(causeOf(whole));
    expect(part.timeline).toEqual(whole.timeline);
    const lines = text.split('\n');
    for (const item of part.evidence) expect(item.text.split('\n')[0]).toBe(lines[item.line - 1]);
    expect(part.summary).toContain('pool-size changed');
  });

  it('says how much of the log it rests on, and counts the lines of all of it', async () => {
    const text = withFaults(0.5);
    const read = await streamed(text, 3);
    const part = await explained(read, chooseSegments(read.known, 1));
    const { coverage } = part;
    expect(coverage.lines).toBe(text.split('\n').length - 1);
    expect(coverage.reread!.of).toBe(text.length);
    expect(coverage.reread!.bytes).toBeLessThan(text.length / 2);
    expect(part.missing[0]).toContain('big.log is too large to be weighed as a whole');
    const all = await explained(read, read.known.places);
    expect(all.missing.some((gap) => gap.includes('too large'))).toBe(false);
    const begun = { ...read, known: { ...read.known, size: text.length + 2_000_000 } };
    expect((await explained(begun, read.known.places)).missing).toContain(
      'The last 2 MB of big.log have not been read.',
    );
  });

  it('counts what stands in segments that are not held, and says where it comes last', async () => {
    const text = withFaults(0.1, 0.9);
    const read = await streamed(text, 3);
    const first = await explained(read, read.known.places.slice(0, 1));
    expect(first.rootCause.statement).toContain('24 times');
    const lines = text.split('\n');
    const last = lines.findLastIndex((line) => line.includes('pool exhausted')) + 1;
    const seen = first.timeline.find(({ event }) => event.startsWith('Seen again'))!;
    expect(seen.event).toContain(`the last one is line ${last.toLocaleString('en')}`);
    const later = await explained(read, read.known.places.slice(2));
    expect(later.rootCause.statement).not.toContain('first at');
  });

  it('draws all of the log over time, and divides it', async () => {
    const text = withFaults(0.5);
    const read = await streamed(text, 3);
    const view = await readSegmentsAgain(read.log, read.known, read.known.places.slice(0, 1));
    const drawn = timeline([analysedExcerpt(view, read.known)], 40)!;
    const whole = timeline([await analysed('big.log', text)], 40)!;
    const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
    expect(drawn.start).toBe(whole.start);
    expect(drawn.width).toBeCloseTo(whole.width, 6);
    expect(sum(drawn.records)).toBe(sum(whole.records));
    expect(sum(drawn.errors)).toBe(12);
    const errors = drawn.errors.findIndex((count) => count > 0);
    expect(Math.abs(errors - whole.errors.findIndex((count) => count > 0))).toBeLessThan(2);
    expect(drawn.marks.every(({ at }) => at >= drawn.start)).toBe(true);
    const parts = outlineSlices(read.known.slices, read.known.findings);
    expect(sum(parts.map(({ records }) => records))).toBe(sum(whole.records));
    expect(parts[0]!.line).toBe(0);
    expect(parts.at(-1)!.endLine).toBe(read.known.lines - 1);
    for (const part of parts) {
      for (const { line } of part.findings) {
        expect(line >= part.line && line <= part.endLine).toBe(true);
      }
    }
  });
});

it('of bytes that are no text, a log that is read in segments says so', async () => {
  const { known } = await streamed('\u0001\u0002\u0003\n'.repeat(400), 2, 'binary');
  expect(known.notes[0]).toContain('no text');
});

describe('an excerpt', () => {
  it('knows which lines of the log its lines are, whatever the log', async () => {
    const line = fc.string({ unit: 'binary-ascii', maxLength: 40 }).map((each) => {
      return each.replaceAll('\n', ' ').replaceAll('\r', ' ');
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 60 }),
        fc.boolean(),
        fc.integer({ min: 30, max: 200 }),
        fc.integer({ min: 0, max: 60 }),
        fc.infiniteStream(fc.boolean()),
        async (lines, ends, core, context, picks) => {
          const text = lines.join('\n') + (ends ? '\n' : '');
          const told = text.split('\n');
          if (told.at(-1) === '') told.pop();
          const places: SegmentPlace[] = [];
          for (let start = 0; start < text.length;) {
            const room = text.slice(start, start + core);
            const cut = start + core >= text.length ? room.length : room.lastIndexOf('\n') + 1;
            const bytes = cut === 0 ? room.length : cut;
            const before = text.slice(0, start).split('\n').length - 1;
            places.push({ start, bytes, lines: before, time: NaN });
            start += bytes;
          }
          const chosen = places.filter(() => picks.next().value);
          const log = await readExcerpt(
            {
              source: new TextSource(text),
              sizes: { core, context },
              lines: told.length,
              bytes: text.length,
            },
            chosen,
          );
          const held = new Set<number>();
          for (let at = 1; at <= log.lineCount; at += 1) {
            const number = lineInLog(log, at);
            held.add(number);
            // A line longer than a segment is held in part.
            expect(told[number - 1]).toContain(lineText(log, at - 1));
            expect(lineInText(log, number)).not.toBeNull();
          }
          for (let number = 1; number <= told.length; number += 1) {
            expect(lineInText(log, number) !== null).toBe(held.has(number));
          }
          for (const { start, bytes, lines: before } of chosen) {
            const whole = text.slice(start, start + bytes).split('\n').length - 1;
            for (let at = 1; at <= whole; at += 1) expect(held.has(before + at)).toBe(true);
          }
        },
      ),
    );
  });
});

describe('which segments are read again', () => {
  const places = Array.from({ length: 8 }, (_, index) => ({
    start: index * 100,
    bytes: 100,
    lines: index * 10,
    time: NaN,
  }));
  const slices = places.map(({ lines }, index) => ({
    line: lines,
    lines: 10,
    records: 10,
    warnings: 0,
    errors: index === 4 ? 3 : 1,
    first: index * 1000,
    last: index * 1000 + 900,
  }));
  const finding = (line: number, bits: number): StreamedAnalysis['findings'][number] => ({
    rank: 1,
    path: 'big.log',
    line,
    endLine: line,
    severity: 'high',
    score: 0.9,
    bits,
    count: 1,
    template: 'a',
    title: 'a',
    reasons: [],
    related: [],
    repeats: [],
  });
  const chosen = (
    findings: StreamedAnalysis['findings'],
    most: number,
    asked: readonly number[] = [],
  ): number[] =>
    chooseSegments({ places, slices, findings }, most, asked).map(({ start }) => start / 100);

  it('are those of the strongest, of the earliest strong one, and what is before it', () => {
    const findings = [finding(65, 20), finding(31, 12), finding(12, 4)];
    expect(chosen(findings, 300)).toEqual([2, 3, 6]);
    expect(chosen(findings, 400)).toEqual([2, 3, 5, 6]);
  });

  it('stay within what may be held, but for the first', () => {
    expect(chosen([finding(65, 20)], 10)).toEqual([6]);
  });

  it('begin with those that are asked about', () => {
    expect(chosen([finding(65, 20)], 300, [0])).toEqual([0, 5, 6]);
    expect(chosen([finding(65, 20)], 200, [7, 6])).toEqual([6, 7]);
  });

  it('are asked about by a line, by its name in a question, by a moment, by words', () => {
    const first = new Map([
      ['request <*> answered', { firstLine: 4 }],
      ['payment of <*> was refused', { firstLine: 22 }],
    ]);
    const patterns = { texts: () => first.keys(), get: (text: string) => first.get(text) ?? null };
    const asked = (line: number | null, question: string): readonly number[] =>
      askedSegments({ places, slices, patterns, path: '/var/big.log' }, line, question);
    expect(asked(null, '')).toEqual([]);
    expect(asked(45, '')).toEqual([4, 3]);
    expect(asked(null, 'what is big.log:71 about?')).toEqual([7, 6]);
    expect(asked(null, 'what happened at 00:00:05')).toEqual([5]);
    expect(asked(null, 'why do payments fail?')).toEqual([2]);
  });

  it('are those with the most errors and the last one where nothing was found', () => {
    expect(chosen([], 200)).toEqual([4, 7]);
  });

  it('are fewer of each where several logs are asked about, which may be too many', () => {
    expect(excerptRoom(4)).toBe(excerptRoom(1) / 4);
    expect(() => excerptRoom(9)).toThrow(/too large to be weighed together/);
  });

  it('are found by a moment, between them too', () => {
    expect(segmentsAtTime(slices, places, 4500)).toContain(4);
    expect(segmentsAtTime(slices, places, 2950)).toEqual([3, 2]);
    expect(segmentsAtTime(slices, places, -5)).toEqual([0]);
    expect(segmentsAtTime(slices, places, 99_999)).toEqual([7]);
  });
});
