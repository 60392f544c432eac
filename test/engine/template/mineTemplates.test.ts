import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/engine/base/engineError.ts';
import { compileTemplate, alignMessage } from '../../../src/engine/template/align.ts';
import { mineTemplates, TemplateMiner } from '../../../src/engine/template/mineTemplates.ts';
import { logOf } from '../../support/logs.ts';

async function textsOf(lines: readonly string[]): Promise<string[]> {
  const { log, records } = logOf(lines);
  const table = await mineTemplates(log, records);
  return [...table.ofRecord].map((id) => table.templates[id]!.text);
}

const names = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'heidi'];

describe('mineTemplates', () => {
  it('groups messages that differ in values and counts them', async () => {
    const { log, records } = logOf([
      'Served order 17 to 10.0.0.1:8080 in 12ms',
      'pool exhausted',
      'Served order 18 to 10.0.0.2:8081 in 9ms',
    ]);
    const { templates, ofRecord } = await mineTemplates(log, records);
    expect([...ofRecord]).toEqual([0, 1, 0]);
    expect(templates).toEqual([
      {
        id: 0,
        text: 'Served order <*> to <*> in <*>',
        slots: ['number', 'ip', 'number'],
        count: 2,
        firstRecord: 0,
        lastRecord: 2,
      },
      { id: 1, text: 'pool exhausted', slots: [], count: 1, firstRecord: 1, lastRecord: 1 },
    ]);
  });

  it('turns a word that takes many values in one place into a slot', async () => {
    const lines = names.map((name) => `login accepted for ${name} on console`);
    expect(new Set(await textsOf([...lines, 'login page was loaded']))).toEqual(
      new Set(['login accepted for <*> on console', 'login page was loaded']),
    );
  });

  it('keeps sentences apart that differ in few words', async () => {
    const lines = ['link went up again', 'link went down again', 'link went up again'];
    expect(new Set(await textsOf(lines)).size).toBe(2);
  });

  it('takes lists of different lengths for one pattern and tables of fixed width for columns', async () => {
    expect(
      new Set(await textsOf(['drop ids 1 2 3', 'drop ids 4 5 6 7', 'drop ids 8 9 10 11 12'])),
    ).toEqual(new Set(['drop ids <*>']));
    expect(new Set(await textsOf(['fans at 1 2 3', 'fans at 4 5 6']))).toEqual(
      new Set(['fans at <*> <*> <*>']),
    );
  });

  it('ignores colour codes and surrounding white space', async () => {
    const texts = await textsOf(['\u001b[31mdisk full\u001b[0m', '  disk   full ', 'disk full']);
    expect(new Set(texts)).toEqual(new Set(['disk full']));
  });

  it('gives an empty message the empty template', async () => {
    expect(await textsOf(['', '   ', 'x y'])).toEqual(['', '', 'x y']);
  });

  it('reads a literal <*> as a slot, so that its own templates mine to themselves', async () => {
    const lines = ['read <*> of <*> bytes', 'from <*>: <*> lost', 'a <*>'];
    expect(await textsOf(lines)).toEqual(lines);
  });

  it('mines an empty log', async () => {
    const { log, records } = logOf([]);
    expect((await mineTemplates(log, records)).templates).toEqual([]);
  });

  it('stops when it is cancelled', async () => {
    const { log, records } = logOf(['a', 'b']);
    const controller = new AbortController();
    controller.abort();
    await expect(mineTemplates(log, records, { signal: controller.signal })).rejects.toSatisfy(
      (error) => EngineError.is(error, 'aborted'),
    );
  });

  it('reports its progress up to the end', async () => {
    const shares: number[] = [];
    const { log, records } = logOf(Array.from({ length: 40_000 }, (_, line) => `tick ${line}`));
    await mineTemplates(log, records, { onProgress: (share) => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
    expect(shares.length).toBeGreaterThan(1);
  });
});

/** Lines like those of a program: a few sentences with values, words and odd bytes in them. */
const value = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true }).map(String),
  fc.uuid(),
  fc.ipV4(),
  fc.constantFrom(...names, 'true', '/var/log/app.log', 'http://a.example/x?y=1', '0x1f', 'a-1'),
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const line = fc
  .tuple(
    fc.constantFrom(
      ['job ', ' finished in ', ' s'],
      ['user ', ' left room ', '.'],
      ['a=', ', b=', ';'],
      ['[', '] (', ')'],
      ['', ' ', ''],
    ),
    value,
    value,
  )
  .map(([parts, a, b]) => `${parts[0]}${a}${parts[1]}${b}${parts[2]}`.replaceAll('\n', ' '));

describe('properties of mining', () => {
  it('a template matches every line it was given to', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 60 }), async (lines) => {
        const { log, records } = logOf(lines);
        const { templates, ofRecord } = await mineTemplates(log, records);
        ofRecord.forEach((id, record) => {
          const values = alignMessage(
            compileTemplate(templates[id]!.text, log.encoding),
            log.bytes,
            records.messageStart[record]!,
            records.messageEnd[record]!,
            log.encoding,
          );
          expect(values, `${templates[id]!.text} | ${lines[record]!}`).not.toBeNull();
          expect(values).toHaveLength(templates[id]!.slots.length);
        });
      }),
      { seed: 7, numRuns: 400 },
    );
  });

  it('the order of the lines does not change the templates', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 40 }), async (lines) => {
        const forward = (await textsOf(lines)).sort();
        const backward = (await textsOf([...lines].reverse())).sort();
        expect(backward).toEqual(forward);
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  it('absorbing a grown last record again replaces it', async () => {
    const before = logOf(['took 5', 'took 7', 'took 1']);
    const after = logOf(['took 5', 'took 7', 'took 10.0.0.1', 'stopped']);
    const miner = new TemplateMiner();
    miner.absorb(before.log, before.records, 0);
    miner.table();
    miner.absorb(after.log, after.records, 2);
    expect(miner.table()).toEqual(await mineTemplates(after.log, after.records));
  });

  it('absorbing in parts equals mining at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 60 }),
        fc.array(fc.nat(60), { maxLength: 4 }),
        async (lines, cuts) => {
          const { log, records } = logOf(lines);
          const miner = new TemplateMiner();
          let from = 0;
          for (const cut of cuts.sort((a, b) => a - b)) {
            const to = Math.min(cut, records.count);
            miner.absorb(log, records, from, to);
            miner.table();
            from = to;
          }
          miner.absorb(log, records, from);
          expect(miner.table()).toEqual(await mineTemplates(log, records));
        },
      ),
      { seed: 13, numRuns: 200 },
    );
  });
});

describe('what is a value', () => {
  it('is a word that other sentences show to be one', async () => {
    const opened = names.map((name) => `session opened for user ${name} today`);
    const accepted = ['accepted key of alice at once', 'accepted key of bob at once'];
    const stopped = ['link went up again', 'link went down again'];
    expect(new Set(await textsOf([...opened, ...accepted, ...stopped]))).toEqual(
      new Set(['session opened for user <*> today', 'accepted key of <*> at once', ...stopped]),
    );
  });

  it('is a word that differs from another in its digits only, or stands between quotes', async () => {
    expect(new Set(await textsOf(['link is up on en0 now', 'link is up on en1 now']))).toEqual(
      new Set(['link is up on <*> now']),
    );
    expect(
      new Set(await textsOf(["icon is in state 'active' now", "icon is in state 'idle' now"])),
    ).toEqual(new Set(["icon is in state '<*>' now"]));
  });

  it('is an address, with letters only in some of its parts too', async () => {
    const addresses = ['0000:af:1.0', '0000:be:00.1', '0000:00:1f.2', '::ffff:10.0.0.1', '::1'];
    expect(new Set(await textsOf(addresses.map((address) => `reset ${address} done`)))).toEqual(
      new Set(['reset <*> done']),
    );
  });
});
