import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLog } from '../../../src/engine/record/decodeLog.ts';
import { sampledFormats as formats } from '../../../src/eval/formats/sampledFormats.ts';
import type { HeaderLayout } from '../../../src/engine/record/headerLayout.ts';
import { HeaderReader } from '../../../src/engine/record/headerReader.ts';
import { inferLog } from '../../../src/engine/record/inferLog.ts';
import { MomentClock } from '../../../src/engine/record/momentClock.ts';

const encoder = new TextEncoder();

/** A sample line of some format, and the layouts that a log of such lines has. */
const sample = fc
  .constantFrom(
    ...formats.flatMap(({ samples }) => samples.map(({ line }) => line.split('\n')[0]!)),
  )
  .map((line) => ({
    line,
    layouts: inferLog(decodeLog('x', encoder.encode(`${line}\n`.repeat(30)))).layout.headers,
  }));

const piece = fc.constantFrom(
  ...'0 9 : . , - + [ ] / | T Z a M'.split(' '),
  ...[
    ' ',
    '  ',
    '\t',
    ' PM',
    ' am ',
    ' UTC',
    ' PST ',
    ' +0200',
    ' -07',
    ' 2005',
    ' 2005 ',
    ' Oct ',
  ],
  ...['Mar 7 ', '10:00:00 ', ' 1715679012 ', 'ERROR ', ' warn: ', '[error] ', 'x: ', ' - ', 'OK '],
);

/** Changes near the front, where headers are; `digit` changes one digit and keeps all else. */
const change = fc.record({
  at: fc.nat(60),
  drop: fc.nat(3),
  insert: fc.oneof(piece, fc.constant('')),
  digit: fc.boolean(),
  value: fc.nat(9),
});

interface Change {
  readonly at: number;
  readonly drop: number;
  readonly insert: string;
  readonly digit: boolean;
  readonly value: number;
}

function changed(line: string, { at, drop, insert, digit, value }: Change): string {
  if (!digit) return line.slice(0, at) + insert + line.slice(at + drop);
  const places = [...line.matchAll(/\d/g)].map((match) => match.index);
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return line;
  return line.slice(0, place) + String(value) + line.slice(place + 1);
}

function readBy(reader: HeaderReader, line: string, clock: MomentClock): unknown {
  const bytes = encoder.encode(`${line}\n`);
  const { last } = clock;
  if (!reader.read(bytes, 0, bytes.length - 1, clock)) return { last, line };
  const name = reader.sourceEnd > reader.sourceStart;
  return {
    line,
    time: reader.time,
    level: reader.level,
    source: name ? [reader.sourceStart, reader.sourceEnd] : [],
    message: [reader.messageStart, reader.messageEnd],
  };
}

/** Each line by a reader that has seen no other. */
function readAnew(layout: HeaderLayout, lines: readonly string[]): unknown[] {
  const clock = new MomentClock();
  return lines.map((line) => readBy(new HeaderReader(layout), line, clock));
}

describe('reading many headers', () => {
  it('gives what reading each on its own gives', () => {
    fc.assert(
      fc.property(
        sample,
        fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 24 }),
        (log, all) => {
          // Each line three times: what is remembered of the first is used in the next.
          const lines = all.flatMap((changes) => {
            const line = changes.reduce(changed, log.line);
            return [line, log.line, line, line];
          });
          for (const layout of log.layouts) {
            const reader = new HeaderReader(layout);
            const clock = new MomentClock();
            expect(lines.map((line) => readBy(reader, line, clock))).toEqual(
              readAnew(layout, lines),
            );
          }
        },
      ),
      { seed: 3, numRuns: 400 },
    );
  });

  it('sees the zone, the half of the day or the year that one line has and the one before had not', () => {
    for (const [line, other] of [
      ['2024-05-14 09:30:12 started', '2024-05-14 09:30:12 +0200 started'],
      ['2024-05-14 09:30:12 started', '2024-05-14 09:30:12 PDT started'],
      ['2024-05-14 09:30:12 started', '2024-05-14 09:30:12 PM started'],
      ['May 14 09:30:12 gate up', 'May 14 09:30:12 2005 gate up'],
      ['May 14 09:30:12 combo up', 'May 14 09:30:12 combo sshd[7]: up'],
    ] as const) {
      const { layout } = inferLog(decodeLog('x', encoder.encode(`${line}\n`.repeat(30))));
      const reader = new HeaderReader(layout.headers[0]!);
      const clock = new MomentClock();
      const lines = [line, line, other, line];
      expect(lines.map((one) => readBy(reader, one, clock))).toEqual(
        readAnew(layout.headers[0]!, lines),
      );
    }
  });
});
