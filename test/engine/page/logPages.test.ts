import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { findMatch } from '../../../src/engine/page/findMatch.ts';
import type { LineMatcher, LogQuery } from '../../../src/engine/page/lineMatcher.ts';
import { lineMatcher } from '../../../src/engine/page/lineMatcher.ts';
import { LogPages } from '../../../src/engine/page/logPages.ts';
import { SearchResult, searchLog } from '../../../src/engine/page/searchLog.ts';
import { MemorySource } from './memorySource.ts';

const lineText = fc.array(
  fc.constantFrom('a', 'B', 'b', 'ab', ' ', '\r', 'ä', 'Ä', '€', '😀', '.'),
  {
    maxLength: 12,
  },
);
const logText = fc
  .tuple(
    fc.array(
      lineText.map((parts) => parts.join('')),
      { maxLength: 40 },
    ),
    fc.boolean(),
  )
  .map(([lines, ended]) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''));

/** Lines as `grep -n` counts them, each with its line end. */
function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/).filter((line) => line !== '');
}

const content = (line: string): string => line.replace(/\r?\n$/, '');

async function opened(text: string, encoding: 'utf-8' | 'latin1' = 'utf-8'): Promise<LogPages> {
  const pages = await LogPages.open(new MemorySource(text, encoding));
  await pages.extendIndex(() => undefined);
  return pages;
}

const plain: Omit<LogQuery, 'text'> = { regex: false, matchCase: false, wholeWord: false };

async function search(text: string, query: LogQuery): Promise<SearchResult> {
  const source = new MemorySource(text);
  const result = new SearchResult(source.size);
  await searchLog(source, lineMatcher(query, 'utf-8'), result, () => undefined);
  return result;
}

describe('rows', () => {
  it('are the lines of the log, with their numbers, bytes and texts', async () => {
    await fc.assert(
      fc.asyncProperty(logText, fc.nat(60), async (text, asked) => {
        const pages = await opened(text);
        const lines = linesOf(text);
        const { rows, anchor } = await pages.window({ kind: 'line', line: asked }, 3, 4, 100);
        if (lines.length === 0) {
          expect(rows).toEqual([]);
          return;
        }
        const at = Math.min(Math.max(asked, 1), lines.length) - 1;
        const shown = lines.slice(Math.max(0, at - 3), at + 5);
        expect(rows.map((row) => row.text)).toEqual(shown.map(content));
        expect(rows.map((row) => row.bytes)).toEqual(shown.map((line) => Buffer.byteLength(line)));
        expect(rows[anchor]).toMatchObject({ line: at + 1, exact: true });
        expect(pages.lines).toBe(lines.length);
      }),
    );
  });

  it('count thousands of lines, and find a byte inside of characters at the edge of pages', async () => {
    const lines = Array.from({ length: 30_000 }, (_, at) => `${at} äöü€😀${'x'.repeat(at % 60)}\n`);
    const text = lines.join('');
    const pages = await opened(text);
    expect(pages.lines).toBe(lines.length);
    let byte = 0;
    for (const [at, line] of lines.entries()) {
      if (at % 997 === 0) {
        const { rows } = await pages.window({ kind: 'byte', byte: byte + 9 }, 0, 0, 1000);
        expect(rows[0]).toMatchObject({ line: at + 1, byte, text: content(line), cut: false });
      }
      byte += Buffer.byteLength(line);
    }
  });

  it('cut a line of several megabytes between characters', async () => {
    const long = '😀'.repeat(900_000);
    const pages = await opened(`first\n${long}\nlast\n`);
    const { rows } = await pages.window({ kind: 'line', line: 2 }, 1, 1, 11);
    expect(rows.map(({ text, cut }) => [text, cut])).toEqual([
      ['first', false],
      ['😀'.repeat(5), true],
      ['last', false],
    ]);
    expect(rows[2]!.line).toBe(3);
  });

  it('have estimated numbers before the index has come so far', async () => {
    const pages = await LogPages.open(new MemorySource('0123456789\n'.repeat(100_000)));
    const { rows, anchor } = await pages.window({ kind: 'line', line: 5000 }, 1, 1, 100);
    expect(rows[anchor]).toMatchObject({ line: 5000, exact: false });
    expect(pages.exactLines).toBe(false);
  });

  it('follow a log that grows, and one that is replaced', async () => {
    const source = new MemorySource('one\ntw');
    const pages = await LogPages.open(source);
    await pages.extendIndex(() => undefined);
    expect(pages.lines).toBe(2);
    await pages.take(source.append('o\nthree'));
    await pages.extendIndex(() => undefined);
    const grown = await pages.window({ kind: 'end' }, 5, 0, 100);
    expect(grown.rows.map(({ text, line }) => `${line} ${text}`)).toEqual([
      '1 one',
      '2 two',
      '3 three',
    ]);
    await pages.take(source.replace('new\n'));
    await pages.extendIndex(() => undefined);
    expect((await pages.window({ kind: 'end' }, 5, 0, 100)).rows.map(({ text }) => text)).toEqual([
      'new',
    ]);
    expect(pages.lines).toBe(1);
  });
});

describe('times', () => {
  const stamp = (second: number): string =>
    new Date(Date.UTC(2026, 0, 5) + second * 1000).toISOString();
  const log = Array.from({ length: 20_000 }, (_, at) =>
    at % 100 === 7 ? `\tat shop.A.b(A.java:${at})\n` : `${stamp(at)} INFO shop.A - done ${at}\n`,
  ).join('');

  it('lead to the first record at or after them', async () => {
    const pages = await opened(log);
    for (const second of [0, 1, 9999, 12_345, 19_999]) {
      const time = Date.UTC(2026, 0, 5) + second * 1000;
      const { rows, anchor } = await pages.window({ kind: 'time', time }, 0, 0, 100);
      expect(rows[anchor]).toMatchObject({ time, line: second + 1, level: 'info' });
    }
  });

  it('are those of the record that a line goes on', async () => {
    const pages = await opened(log);
    const { rows } = await pages.window({ kind: 'line', line: 10_008 }, 0, 0, 100);
    expect(rows[0]).toMatchObject({ continues: true, time: Date.UTC(2026, 0, 5) + 10_006_000 });
  });

  it('are refused where lines have none', async () => {
    const pages = await opened('some words\nand others\n');
    await expect(pages.window({ kind: 'time', time: 0 }, 0, 0, 9)).rejects.toMatchObject({
      reason: 'invalid-argument',
    });
  });
});

describe('searching', () => {
  it('finds what a loop over all lines finds', async () => {
    const queryText = fc.constantFrom('a', 'ab', 'B', 'ä', 'b ', 'ab.', '€', 'bä', '😀', 'aab');
    await fc.assert(
      fc.asyncProperty(logText, queryText, fc.boolean(), async (text, wanted, matchCase) => {
        const same = (one: string): string => (matchCase ? one : one.toLowerCase());
        const counts = linesOf(text).map(
          (line) => same(content(line)).split(same(wanted)).length - 1,
        );
        const result = await search(text, { ...plain, text: wanted, matchCase });
        expect(result.lines).toBe(counts.filter((count) => count > 0).length);
        expect(result.matches).toBe(counts.reduce((sum, count) => sum + count, 0));
      }),
    );
  });

  it('finds what the expressions of the language find', async () => {
    const expression = fc.constantFrom(
      'a+b',
      'b.a',
      '^a',
      'b$',
      '[ab]{2} ',
      'ab?b',
      '(?:a|ä)b',
      'a\\.b',
    );
    await fc.assert(
      fc.asyncProperty(logText, expression, fc.boolean(), async (text, wanted, matchCase) => {
        const ended = text.replaceAll('\r', '');
        const result = await search(ended, {
          ...plain,
          text: wanted,
          regex: true,
          matchCase,
        });
        const expected = linesOf(ended).map(
          (line) =>
            [...content(line).matchAll(new RegExp(wanted, matchCase ? 'gu' : 'giu'))].length,
        );
        expect(result.matches).toBe(expected.reduce((sum, count) => sum + count, 0));
      }),
    );
  });

  it('counts the matches of an expression by its automaton as the library does', async () => {
    const expression = fc.constantFrom(
      ...[
        'a+b',
        'a*?b',
        '(a|ab)(b|$)',
        '^a|b$',
        '\\bab?',
        'a\\B',
        '[^a]b',
        'b.*b|b',
        '(?:aB){1,2}',
      ],
      ...['a\r|b', 'b\\r?$', '\\w+ ', '(?i)AB|\\.', 'ä|a', '.', '^.', 'aa|aab|b'],
    );
    await fc.assert(
      fc.asyncProperty(
        logText,
        expression,
        fc.boolean(),
        fc.constantFrom<'utf-8' | 'latin1'>('utf-8', 'latin1'),
        async (text, wanted, matchCase, encoding) => {
          const query = { ...plain, matchCase, regex: true, text: wanted };
          const matcher = lineMatcher(query, encoding);
          const source = new MemorySource(text, encoding);
          const found = async (tally: LineMatcher['tally']): Promise<unknown> => {
            const result = new SearchResult(source.size);
            await searchLog(source, { ...matcher, tally }, result, () => undefined);
            return [result.matches, result.lines, [...result.hits]];
          };
          expect(matcher.tally).not.toBeNull();
          expect(await found(matcher.tally)).toEqual(await found(null));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('counts on when an expression has more states than are kept', async () => {
    const line = (seed: number): string =>
      Array.from({ length: 60 }, (_, at) =>
        (seed * 7919 + at * at * 31) % 5 < 2 ? 'a' : 'b',
      ).join('');
    const text = Array.from({ length: 3000 }, (_, seed) => `${line(seed)}\n`).join('');
    const wanted = 'a.{13}a';
    const result = await search(text, { ...plain, regex: true, text: wanted });
    const expected = linesOf(text).map((each) => [...each.matchAll(/a.{13}a/g)].length);
    expect(result.matches).toBe(expected.reduce((sum, count) => sum + count, 0));
  });

  it('counts all lines of a chunk at once as it counts them one by one', async () => {
    const queryText = fc.constantFrom('a', 'aa', 'ab', 'ä', 'ab ab', '.', ' b', 'äa', 'aabab');
    await fc.assert(
      fc.asyncProperty(
        logText,
        queryText,
        fc.record({ matchCase: fc.boolean(), wholeWord: fc.boolean() }),
        fc.constantFrom<'utf-8' | 'latin1'>('utf-8', 'latin1'),
        async (text, wanted, how, encoding) => {
          const matcher = lineMatcher({ ...plain, ...how, text: wanted }, encoding);
          const source = new MemorySource(text, encoding);
          const found = async (tally: LineMatcher['tally']): Promise<unknown> => {
            const result = new SearchResult(source.size);
            await searchLog(source, { ...matcher, tally }, result, () => undefined);
            return [result.matches, result.lines, [...result.hits]];
          };
          expect(matcher.tally).not.toBeNull();
          expect(await found(matcher.tally)).toEqual(await found(null));
        },
      ),
    );
  });

  it('counts ten million matches exactly and keeps the places of some', async () => {
    const text = `${'ee e\n'.repeat(3_000_000)}${'e'.repeat(1_500_000)}`;
    const result = await search(text, { ...plain, text: 'E' });
    expect([result.matches, result.lines, result.hits.length]).toEqual([
      10_500_000, 3_000_001, 100_000,
    ]);
    expect(result.before(2_000_000)!.byte % 5).toBe(0);
  });

  it('finds matches over the edges of chunks, also inside of a line longer than these', async () => {
    const filler = 'x'.repeat(700_001);
    const text = `${filler}needle${filler}needle${filler}needle\n${filler}\nneedle\n`;
    const result = await search(text, { ...plain, text: 'NEEDLE' });
    expect([result.matches, result.lines]).toEqual([4, 2]);
    expect([...result.hits]).toEqual([0, text.lastIndexOf('needle')]);
  });

  it('only counts what is beyond the bound, and keeps to words', async () => {
    const result = await search('go ago go\n'.repeat(150_000), {
      ...plain,
      text: 'go',
      wholeWord: true,
    });
    expect([result.matches, result.lines, result.hits.length]).toEqual([300_000, 150_000, 100_000]);
    const near = result.before(140_000)!;
    expect(near.byte).toBe(near.number * 10);
    expect(140_000 - near.number).toBeLessThan(1024);
    expect(result.strip.reduce((sum, count) => sum + count, 0)).toBe(150_000);
  });

  it('says what is wrong with an expression', () => {
    expect(() => lineMatcher({ ...plain, regex: true, text: '(' }, 'utf-8')).toThrow(
      /regular expression/,
    );
  });

  it('reads Latin-1 byte by byte', async () => {
    const pages = await opened('für\nFÜR\n', 'latin1');
    const matcher = lineMatcher({ ...plain, text: 'ür' }, 'latin1');
    const hit = await findMatch(pages, matcher, { byte: 4, column: 0, direction: 'next' });
    expect(hit).toEqual({ byte: 4, line: 2, exact: true, from: 1, to: 3 });
  });

  it('goes through all matches forwards and backwards, around the end', async () => {
    const text = 'a€a\n\nba\r\nnone\naa';
    const pages = await opened(text);
    const matcher = lineMatcher({ ...plain, text: 'a' }, 'utf-8');
    const walk = async (direction: 'next' | 'previous', steps: number): Promise<string[]> => {
      const seen: string[] = [];
      let place = { byte: 0, column: 0 };
      for (let step = 0; step < steps; step += 1) {
        const hit = (await findMatch(pages, matcher, { ...place, direction }))!;
        seen.push(`${hit.line}:${hit.from}`);
        place = { byte: hit.byte, column: direction === 'next' ? hit.to : hit.from };
      }
      return seen;
    };
    expect(await walk('next', 6)).toEqual(['1:0', '1:2', '3:1', '5:0', '5:1', '1:0']);
    expect(await walk('previous', 6)).toEqual(['5:1', '5:0', '3:1', '1:2', '1:0', '5:1']);
  });
});
