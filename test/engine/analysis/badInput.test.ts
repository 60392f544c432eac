import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../../src/engine/analysis/analysis.ts';
import { analyseInStages, analyseLog } from '../../../src/engine/analysis/analyseLog.ts';
import type { AnalysisDeps } from '../../../src/engine/analysis/options.ts';
import { scoreLogSessions } from '../../../src/engine/analysis/scoreLogSessions.ts';
import { seededRandom } from '../../../src/engine/base/random.ts';
import { hashingEmbedder } from '../../../src/engine/embed/hashingEmbedder.ts';
import { decodeLog } from '../../../src/engine/record/decodeLog.ts';
import type { LogText } from '../../../src/engine/record/logText.ts';

const deps = (embedder: AnalysisDeps['embedder'] = null): AnalysisDeps => ({
  embedder,
  embedderStatus: { id: 'none', state: 'off', detail: '' },
  now: () => 0,
});

const logOf = (content: string | Uint8Array): LogText =>
  decodeLog('bad.log', typeof content === 'string' ? new TextEncoder().encode(content) : content);

/** What holds for the findings of any log. */
function expectSensible({ findings, view, notes }: Analysis): void {
  const lines = view.log.lineCount;
  expect(findings.map(({ rank }) => rank)).toEqual(findings.map((_, index) => index + 1));
  let before = 1;
  for (const finding of findings) {
    expect(finding.score).toBeGreaterThanOrEqual(0);
    expect(finding.score).toBeLessThanOrEqual(before);
    before = finding.score;
    expect(finding.line).toBeGreaterThanOrEqual(1);
    expect(finding.endLine).toBeGreaterThanOrEqual(finding.line);
    expect(finding.endLine).toBeLessThanOrEqual(lines);
    expect(finding.reasons.length).toBeGreaterThan(0);
    const sum = finding.reasons.reduce((bits, reason) => bits + reason.bits, 0);
    expect(Math.abs(sum - finding.bits)).toBeLessThan(1e-6);
    for (const reason of finding.reasons) {
      expect(Number.isFinite(reason.bits)).toBe(true);
      expect(reason.text).not.toMatch(/NaN|Infinity|undefined|\[object/);
      expect(reason.lines.length).toBeGreaterThan(0);
      for (const line of reason.lines) expect(line >= 1 && line <= lines).toBe(true);
    }
    for (const line of finding.repeats) expect(line >= 1 && line <= lines).toBe(true);
    expect(finding.repeats).not.toContain(finding.line);
    expect(finding.repeats).toEqual([...finding.repeats].sort((a, b) => a - b));
    for (const { line } of finding.related) expect(line >= 1).toBe(true);
  }
  for (const note of notes) expect(note).toMatch(/^[A-Z].*\.$/);
}

async function analysed(content: string | Uint8Array): Promise<Analysis> {
  const analysis = await analyseLog(logOf(content), deps(), { seed: 1 });
  expectSensible(analysis);
  return analysis;
}

/** `2024-03-01 10:00:00` and so many seconds later. */
const stamp = (seconds: number): string =>
  new Date(Date.UTC(2024, 2, 1, 10) + seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');

const steps = ['opened', 'read', 'answered', 'closed'];
const routine = (count: number, from = 0): string[] =>
  Array.from(
    { length: count },
    (_, at) => `${stamp(from + at)} INFO web connection ${1000 + at} ${steps[at % steps.length]}`,
  );

const marked = ({ findings }: Analysis) => findings.filter(({ severity }) => severity !== 'low');

describe('a log that hardly is one', () => {
  it.each([
    ['nothing', ''],
    ['a line end', '\n'],
    ['blank lines', '\n\n  \n\t\n\r\n\n'],
    ['one word', 'x'],
    ['NUL bytes', '\0'.repeat(10_000)],
    ['a byte order mark', '\uFEFF'],
  ])('is quiet: %s', async (_, content) => {
    expect(marked(await analysed(content))).toEqual([]);
  });

  it('of five lines shows the failure, if anything', async () => {
    const lines = [...routine(4), `${stamp(5)} ERROR db connection refused, giving up`];
    const [first] = (await analysed(lines.join('\n'))).findings;
    expect(first?.line).toBe(5);
    expect(marked(await analysed(routine(5).join('\n')))).toEqual([]);
  });

  it('of one repeated line is quiet, and one finding where that line is an error', async () => {
    expect(marked(await analysed(`${stamp(0)} INFO tick\n`.repeat(5000)))).toEqual([]);
    const failing = await analysed(`${stamp(0)} ERROR the pump failed\n`.repeat(5000));
    expect(failing.findings.length).toBeLessThanOrEqual(1);
  });
});

describe('a log that mostly fails', () => {
  it('tells each failure once, with what else is wrong among them', async () => {
    const lines = routine(3000).map((line, at) =>
      at % 10 < 7 ? `${stamp(at)} ERROR web request ${1000 + at} failed: connection reset` : line,
    );
    lines.splice(2000, 0, `${stamp(2000)} FATAL disk is full, shutting down`);
    const analysis = await analysed(lines.join('\n'));
    expect(marked(analysis).length).toBeLessThanOrEqual(20);
    expect(analysis.findings.slice(0, 3).map(({ line }) => line)).toContain(2001);
  });

  it('is not called quiet where every line fails in words of its own', async () => {
    const random = seededRandom(6);
    const word = (): string =>
      Array.from({ length: 7 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
    const lines = Array.from(
      { length: 400 },
      (_, at) => `${stamp(at)} ERROR cannot open ${word()} of ${word()}`,
    );
    expect(marked(await analysed(lines.join('\n'))).length).toBeGreaterThan(0);
  });
});

describe('many kinds of messages', () => {
  it('are bounded, and the reader is told what was given up', async () => {
    const random = seededRandom(3);
    const word = (): string =>
      Array.from({ length: 7 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
    const lines = Array.from(
      { length: 50_000 },
      (_, at) => `${stamp(at)} INFO ${word()} ${word()} ${word()} ${word()}`,
    );
    const log = logOf(lines.join('\n'));
    let asked = 0;
    const counting: AnalysisDeps['embedder'] = {
      ...hashingEmbedder,
      embed: (texts, signal) => {
        asked += texts.length;
        return hashingEmbedder.embed(texts, signal);
      },
    };
    const analysis = await analyseLog(log, deps(counting), { seed: 1 });
    expectSensible(analysis);
    expect(asked).toBe(0);
    expect(analysis.notes.join(' ')).toContain('kinds of messages');
    expect(analysis.findings.length).toBeLessThanOrEqual(500);
    expect(marked(analysis).length).toBeLessThanOrEqual(20);
  }, 120_000);
});

describe('what is told', () => {
  it('grows no further with the log', async () => {
    const size = async (count: number): Promise<number> => {
      const lines = routine(count);
      for (let at = 50; at < count; at += 100) {
        lines[at] = `${stamp(at)} ERROR web request ${at} failed: connection reset by peer`;
      }
      return JSON.stringify((await analysed(lines.join('\n'))).findings).length;
    };
    const [small, large] = [await size(10_000), await size(20_000)];
    expect(large).toBeLessThan(small * 2.2);
    expect(large).toBeLessThan(500_000);
  });
});

describe('sessions', () => {
  it('with an id in every line, each of its own, fall back to windows', async () => {
    const random = seededRandom(4);
    const id = (): string =>
      Math.floor(random() * 2 ** 40)
        .toString(16)
        .padStart(10, '0');
    const lines = routine(2000).map((line) => `${line} req=${id()}`);
    const { view } = await analysed(lines.join('\n'));
    expect(view.sessions.ids.length).toBeLessThanOrEqual(2000);
    for (const score of await scoreLogSessions(view.log, { seed: 1 })) {
      expect(score.score >= 0 && Number.isFinite(score.score)).toBe(true);
      for (const line of score.lines) expect(line >= 1 && line <= view.log.lineCount).toBe(true);
    }
  });
});

describe('clocks', () => {
  const failure = 'ERROR db connection refused, giving up';
  const found = async (lines: string[]): Promise<void> => {
    const line = lines.findIndex((text) => text.includes(failure)) + 1;
    const analysis = await analysed(lines.join('\n'));
    expect(marked(analysis).some((each) => each.line <= line && line <= each.endLine)).toBe(true);
    expect(marked(analysis).length).toBeLessThanOrEqual(12);
  };

  it('may be missing', async () => {
    const lines = routine(1200).map((line) => line.slice(20));
    await found([...lines.slice(0, 800), failure, ...lines.slice(800)]);
  });

  it('may jump back by hours and forward again', async () => {
    await found([
      ...routine(600, 0),
      ...routine(600, -20_000),
      `${stamp(-19_000)} ${failure}`,
      ...routine(600, 10_000),
    ]);
  });

  it('may go through an hour twice, as in autumn', async () => {
    await found([...routine(3600, 0), ...routine(1800, 0), `${stamp(1800)} ${failure}`]);
  });

  it('may wrap the year, which they do not state', async () => {
    const syslog = (seconds: number, text: string): string => {
      const time = new Date(Date.UTC(2023, 11, 31, 23, 50) + seconds * 1000);
      const month = time.toLocaleString('en-US', { month: 'short', timeZone: 'UTC' });
      const day = String(time.getUTCDate()).padStart(2);
      return `${month} ${day} ${time.toISOString().slice(11, 19)} host app[7]: ${text}`;
    };
    const lines = Array.from({ length: 1200 }, (_, at) => syslog(at, `request ${at} answered`));
    lines[900] = syslog(900, failure);
    await found(lines);
  });

  it('may be absurd', async () => {
    const years = ['0000', '1970', '2024', '9999', '2038'];
    await analysed(
      Array.from(
        { length: 500 },
        (_, at) => `${years[at % years.length]}-13-45 25:61:61 INFO step ${at}`,
      ).join('\n'),
    );
  });
});

describe('bytes', () => {
  it('of one line of 5 MB are one record', async () => {
    const long = `${stamp(0)} ERROR dump ${'payload=0123456789 '.repeat(275_000)}`;
    const { view, findings } = await analysed(`${routine(200).join('\n')}\n${long}\n`);
    expect(view.log.lineCount).toBe(201);
    expect(JSON.stringify(findings).length).toBeLessThan(50_000);
  });

  it('of several encodings in one file do not hide what is readable', async () => {
    const encoder = new TextEncoder();
    const parts = [
      encoder.encode(`${routine(300).join('\n')}\n`),
      Uint8Array.from([0xff, 0xfe, 0x41, 0xc3, 0x28, 0x80, 0x0a]),
      Buffer.from(`${stamp(301)} WARN größe überschritten\n`, 'latin1'),
      Buffer.from('utf sixteen', 'utf16le'),
      encoder.encode('\n'),
      encoder.encode(`${stamp(302)} ERROR db connection refused, giving up\n`),
    ];
    const { findings } = await analysed(Buffer.concat(parts));
    expect(findings.some(({ title }) => title.includes('connection refused'))).toBe(true);
  });
});

describe('bytes that are no text', () => {
  it('are told to be none: silence is no answer there', async () => {
    const random = seededRandom(8);
    const noise = Uint8Array.from({ length: 40_000 }, () => Math.floor(random() * 256));
    expect((await analysed(noise)).notes).toEqual([
      'These bytes are no text: they were read byte by byte, and little can be found in them.',
    ]);
    expect((await analysed(routine(300).join('\n'))).notes).toEqual([]);
  });
});

describe('any bytes at all', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '2024-03-01 10:00:00 INFO ',
      'Mar  1 10:00:00 host app[1]: ',
      'ERROR ',
      '{"level":"error","msg":"',
      '"}',
      '<*>',
      '\tat com.example.Main.run(Main.java:1)',
      'Caused by: ',
      '\u001b[31m',
      '\r',
      '\0',
      '##[error]',
      'BUILD FAILED',
      'exit code 1',
      '99999999999999999999',
      '[[[[((((',
      'id=7 ',
      'a b c d e',
      '=',
    ),
    fc.integer().map(String),
  );
  const line = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
  const text = fc
    .tuple(fc.array(line, { maxLength: 60 }), fc.nat({ max: 6 }))
    .map(([lines, times]) => Array.from({ length: times + 1 }, () => lines.join('\n')).join('\n'));

  it('are read without an error, and what is found holds', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (content) => {
        for await (const stage of analyseInStages(logOf(content), deps(hashingEmbedder), {
          seed: 1,
        })) {
          expectSensible(stage);
        }
      }),
      { seed: 21, numRuns: 60 },
    );
  }, 120_000);

  it('are not text, and no error either', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
        await analysed(bytes);
      }),
      { seed: 22, numRuns: 40 },
    );
  }, 120_000);

  it('give the same findings for the same seed', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.nat(), async (content, seed) => {
        const once = await analyseLog(logOf(content), deps(), { seed });
        const again = await analyseLog(logOf(content), deps(), { seed });
        expect(again.findings).toEqual(once.findings);
      }),
      { seed: 23, numRuns: 20 },
    );
  }, 120_000);
});
