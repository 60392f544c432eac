import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/engine/base/random.ts';
import { mineTemplates } from '../../../src/engine/template/mineTemplates.ts';
import { slotValues } from '../../../src/engine/template/slotValues.ts';
import { logOf } from '../../support/logs.ts';

function words(seed: number): () => string {
  const random = seededRandom(seed);
  return () =>
    Array.from({ length: 7 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
}

describe('hostile logs', () => {
  it('mines lines of a megabyte', async () => {
    const lines = ['x', 'a b ', '\u0000', '[', '\u001b]', '1:', '"', '=', '漢', 'a='].map((unit) =>
      unit.repeat(Math.ceil((1 << 20) / unit.length)),
    );
    const { log, records } = logOf(lines);
    const table = await mineTemplates(log, records);
    for (const { text } of table.templates) expect(text.length).toBeLessThan(10_000);
    for (let record = 0; record < records.count; record++) {
      expect(() => slotValues(log, records, table, record)).not.toThrow();
    }
  });

  it('keeps 50,000 distinct sentences apart', async () => {
    const word = words(1);
    const lines = Array.from({ length: 50_000 }, () => `${word()} ${word()} ${word()} ${word()}`);
    const { log, records } = logOf(lines);
    const table = await mineTemplates(log, records);
    expect(table.templates).toHaveLength(50_000);
    expect(table.truncated).toBeUndefined();
  });

  it('says so when there are more sentences than it keeps apart', async () => {
    const word = words(2);
    const lines = Array.from({ length: 90_000 }, () => `${word()} ${word()} ${word()} ${word()}`);
    const { log, records } = logOf(lines);
    const table = await mineTemplates(log, records);
    expect(table.truncated).toBe(true);
    expect(table.templates.length).toBeLessThan(75_000);
    expect(table.ofRecord).toHaveLength(90_000);
  });

  it('finds few templates under more random words than it can hold', async () => {
    const word = words(3);
    const lines = Array.from({ length: 150_000 }, (_, at) =>
      at % 2 === 0 ? `session ${word()} was opened` : `cache miss for key ${word()}`,
    );
    const { log, records } = logOf(lines);
    const table = await mineTemplates(log, records);
    expect(table.templates.map(({ text, count }) => [text, count])).toEqual([
      ['session <*> was opened', 75_000],
      ['cache miss for key <*>', 75_000],
    ]);
    expect(slotValues(log, records, table, 149_999)).toEqual([lines.at(-1)!.split(' ').at(-1)]);
  });

  it('finds values in several places of sentences of which no two are alike in all others', async () => {
    const word = words(4);
    const lines = Array.from({ length: 2000 }, (_, at) =>
      at % 2 === 0 ? `user ${word()} was moved to the other group ${word()}` : `${word()} is up`,
    );
    const { log, records } = logOf(lines);
    const { templates } = await mineTemplates(log, records);
    expect(templates.map(({ text }) => text)).toContain(
      'user <*> was moved to the other group <*>',
    );
    expect(templates.filter(({ text }) => text.startsWith('user'))).toHaveLength(1);
  });

  it('keeps sentences apart that share a few words', async () => {
    const verbs = 'open close read write seek map lock flush bind'.split(' ');
    const nouns = 'file socket pipe table page device queue index buffer'.split(' ');
    const lines = verbs.map((verb, at) => `failed to ${verb} ${nouns[at]!}`);
    const { log, records } = logOf(lines);
    expect((await mineTemplates(log, records)).templates).toHaveLength(verbs.length);
  });
});
