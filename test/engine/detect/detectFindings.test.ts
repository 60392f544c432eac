import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { detectFindings } from '../../../src/engine/detect/detectFindings.ts';
import type { Finding } from '../../../src/engine/detect/finding.ts';
import { EngineError } from '../../../src/engine/base/engineError.ts';
import { constantWords, sameFailure } from '../../../src/engine/detect/failureTwins.ts';
import { healthyService, lineWith, viewOf, write, type Entry } from './syntheticLog.ts';

async function findingsOf(text: string, seed = 1): Promise<Finding[]> {
  return detectFindings(await viewOf(text), { seed });
}

function marked(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => finding.severity !== 'low');
}

function covers(finding: Finding, line: number): boolean {
  return (finding.line <= line && line <= finding.endLine) || finding.repeats.includes(line);
}

/** Text of a healthy service with something done to it. */
function faulty(change: (entries: Entry[]) => Entry[], requests = 900): string {
  return write(change(healthyService(requests, 11)));
}

const newError = (entries: Entry[]): Entry[] => {
  const at = entries[Math.floor(entries.length * 0.7)]!.at + 1;
  return [
    ...entries,
    { at, text: 'ERROR [db] Pool: connection refused by orders-db, giving up after 3 attempts' },
  ];
};

describe('a healthy log', () => {
  it('gets no high finding and hardly any mark', async () => {
    for (const seed of [1, 2, 3]) {
      const findings = await findingsOf(write(healthyService(1500, seed)));
      expect(findings.filter((finding) => finding.severity === 'high')).toEqual([]);
      expect(marked(findings).length).toBeLessThanOrEqual(2);
    }
  });

  it('is not marked for a message that is merely rare', async () => {
    const text = faulty((entries) => [
      ...entries,
      { at: entries[3000]!.at + 1, text: 'INFO  [core] Config: reloaded settings from disk' },
    ]);
    const line = lineWith(text, 'reloaded settings');
    const found = (await findingsOf(text)).find((finding) => covers(finding, line));
    expect(found?.severity ?? 'low').not.toBe('high');
  });
});

describe('planted faults', () => {
  it('finds a new error, as the first finding', async () => {
    const text = faulty(newError);
    const [first] = await findingsOf(text);
    expect(first).toMatchObject({ line: lineWith(text, 'giving up'), severity: 'high', rank: 1 });
    expect(first!.reasons.map((reason) => reason.family)).toContain('severity');
  });

  it('finds a stack trace and spans it whole', async () => {
    const at = healthyService(900, 11)[2500]!.at + 1;
    const trace = [
      'ERROR [api] Gateway: request failed',
      'java.lang.IllegalStateException: no order for id',
      '\tat shop.orders.Repository.load(Repository.java:81)',
      '\tat shop.orders.Service.place(Service.java:40)',
      '\tat shop.api.Gateway.handle(Gateway.java:19)',
    ].join('\n');
    const text = faulty((entries) => [...entries, { at, text: trace }]);
    const line = lineWith(text, 'request failed');
    const [first] = await findingsOf(text);
    expect(first).toMatchObject({ line, endLine: line + 4, severity: 'high' });
  });

  it('finds steps in the wrong order', async () => {
    const text = faulty((entries) => {
      const accepted = entries.findIndex(
        (entry, index) => index > 2000 && entry.text.includes('accepted'),
      );
      const id = /req-\w+/.exec(entries[accepted]!.text)![0];
      const answered = entries.findIndex((entry) => entry.text.includes(`responded to ${id}`));
      const at = entries[accepted]!.at - 1;
      return entries.map((entry, index) => (index === answered ? { ...entry, at } : entry));
    });
    const wrong = marked(await findingsOf(text)).filter((finding) =>
      finding.reasons.some((reason) => reason.family === 'order'),
    );
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong[0]!.rank).toBeLessThanOrEqual(3);
  });

  it('finds a session that lacks its last events', async () => {
    let id = '';
    const text = faulty((entries) => {
      const verified = entries.find(
        (entry, index) => index > 2000 && entry.text.includes('verified'),
      )!;
      id = /req-\w+/.exec(verified.text)![0];
      return entries.filter(
        (entry) => !entry.text.includes(id) || /accepted|verified/.test(entry.text),
      );
    });
    const found = marked(await findingsOf(text)).find((finding) =>
      finding.reasons.some((reason) => reason.text.includes(id)),
    );
    expect(found).toBeDefined();
    expect(found!.reasons.some((reason) => ['count', 'order'].includes(reason.family))).toBe(true);
  });

  it('finds a value far out of range and says what is usual', async () => {
    const text = faulty((entries) => {
      const slow = entries.findIndex((entry, index) => index > 2200 && entry.text.includes('took'));
      return entries.map((entry, index) =>
        index === slow ? { ...entry, text: entry.text.replace(/took \d+/, 'took 48312') } : entry,
      );
    });
    const line = lineWith(text, 'took 48312');
    const found = marked(await findingsOf(text)).find((finding) => covers(finding, line));
    const reason = found?.reasons.find((candidate) => candidate.family === 'value');
    expect(reason?.text).toMatch(/48,312/);
    expect(reason?.text).toMatch(/usually \d+-\d+/);
  });

  it('finds a rare category', async () => {
    const text = faulty((entries) => {
      const one = entries.findIndex(
        (entry, index) => index > 2200 && entry.text.includes('status=200'),
      );
      return entries.map((entry, index) =>
        index === one ? { ...entry, text: entry.text.replace('status=200', 'status=503') } : entry,
      );
    });
    const line = lineWith(text, 'status=503');
    const found = (await findingsOf(text)).find((finding) => covers(finding, line));
    expect(found).toBeDefined();
  });

  it('finds a burst as one finding with its repeats', async () => {
    const text = faulty((entries) => {
      const at = entries[2500]!.at;
      const storm = Array.from({ length: 120 }, (_, index) => ({
        at: at + index * 10,
        text: `WARN  [db] Pool: waited ${100 + index} ms for a connection`,
      }));
      const background = Array.from({ length: 60 }, (_, index) => ({
        at: Math.floor((index * entries.at(-1)!.at) / 60),
        text: `WARN  [db] Pool: waited ${20 + index} ms for a connection`,
      }));
      return [...entries, ...background, ...storm];
    });
    const bursts = marked(await findingsOf(text)).filter((finding) =>
      finding.reasons.some((reason) => reason.family === 'rate'),
    );
    expect(bursts).toHaveLength(1);
    expect(bursts[0]!.template).toContain('waited <*>');
  });

  it('finds a pause in which nothing was logged', async () => {
    const text = faulty((entries) => {
      const at = entries[2500]!.at;
      return entries.map((entry) => (entry.at > at ? { ...entry, at: entry.at + 900_000 } : entry));
    });
    const found = marked(await findingsOf(text)).find((finding) =>
      finding.reasons.some((reason) => reason.family === 'gap' && reason.text.includes('15 min')),
    );
    expect(found).toBeDefined();
  });

  it('finds a heartbeat that stopped while the log went on', async () => {
    const text = faulty((entries) => {
      const from = entries.at(-1)!.at * 0.6;
      return entries.filter((entry) => !(entry.text.includes('heartbeat') && entry.at > from));
    }, 1500);
    const found = marked(await findingsOf(text)).find((finding) =>
      finding.template.includes('heartbeat'),
    );
    expect(found?.reasons.find((reason) => reason.family === 'gap')?.text).toMatch(
      /then never again for/,
    );
  });

  it('finds a message whose level shifts', async () => {
    const text = faulty((entries) =>
      entries.map((entry, index) =>
        index === 2601 ? { ...entry, text: entry.text.replace(/^(INFO |DEBUG)/, 'ERROR') } : entry,
      ),
    );
    const line = lineWith(text, ' ERROR ');
    const found = (await findingsOf(text)).find((finding) => covers(finding, line));
    expect(found?.severity).toBe('high');
  });
});

describe('what a finding says', () => {
  it('has reasons whose bits add up to its bits, ranks from 1, scores 0..1 in order', async () => {
    const findings = await findingsOf(faulty(newError));
    for (const [index, finding] of findings.entries()) {
      const sum = finding.reasons.reduce((bits, reason) => bits + reason.bits, 0);
      expect(Math.abs(sum - finding.bits)).toBeLessThan(1e-6);
      expect(finding.rank).toBe(index + 1);
      expect(finding.score).toBeGreaterThanOrEqual(0);
      expect(finding.score).toBeLessThanOrEqual(1);
      if (index > 0) expect(finding.score).toBeLessThanOrEqual(findings[index - 1]!.score);
      expect(new Set(finding.reasons.map((reason) => reason.family)).size).toBe(
        finding.reasons.length,
      );
    }
  });

  it('is gone when the lines it cites are removed', async () => {
    const text = faulty(newError);
    const [first] = await findingsOf(text);
    const cited = new Set(first!.reasons.flatMap((reason) => reason.lines));
    const rest = text
      .split('\n')
      .filter((_, index) => !cited.has(index + 1))
      .join('\n');
    const after = await findingsOf(rest);
    expect(after.filter((finding) => finding.severity === 'high')).toEqual([]);
  });

  it('does not depend on luck: five seeds agree', async () => {
    const text = faulty(newError, 500);
    const keys: Set<string>[] = [];
    for (const seed of [1, 2, 3, 4, 5]) {
      const findings = await findingsOf(text, seed);
      keys.push(
        new Set(findings.slice(0, 20).map((finding) => `${finding.line} ${finding.template}`)),
      );
    }
    for (const other of keys.slice(1)) {
      const shared = [...other].filter((key) => keys[0]!.has(key)).length;
      const all = new Set([...other, ...keys[0]!]).size;
      expect(all === 0 ? 1 : shared / all).toBeGreaterThanOrEqual(0.9);
    }
  });
});

/** Logs in which every kind of detector has something to say. */
const manyFaults = (): string =>
  faulty((entries) => {
    const at = entries[2500]!.at;
    const slow = entries.findIndex((entry, index) => index > 2200 && entry.text.includes('took'));
    const verified = entries.find(
      (entry, index) => index > 2000 && entry.text.includes('verified'),
    )!;
    const id = /req-\w+/.exec(verified.text)![0];
    const storm = Array.from({ length: 120 }, (_, index) => ({
      at: at + index * 10,
      text: `WARN  [db] Pool: waited ${100 + index} ms for a connection`,
    }));
    const changed = newError(entries)
      .filter((entry) => !entry.text.includes(id) || /accepted|verified/.test(entry.text))
      .map((entry) =>
        entry === entries[slow]
          ? { ...entry, text: entry.text.replace(/took \d+/, 'took 48312') }
          : entry,
      )
      .map((entry) => (entry.at > at + 60_000 ? { ...entry, at: entry.at + 900_000 } : entry));
    return [...changed, ...storm];
  });

describe('the words of a finding', () => {
  it('are short, plain and free of the detectors’ own terms', async () => {
    const reasons = (await findingsOf(manyFaults())).flatMap((finding) => finding.reasons);
    expect(new Set(reasons.map((reason) => reason.family)).size).toBeGreaterThanOrEqual(5);
    for (const { text, observed, expected } of reasons) {
      expect(text.length).toBeLessThanOrEqual(160);
      expect(text).toMatch(/^\S.*[.…]$/);
      expect(`${text} ${observed} ${expected}`).not.toMatch(
        /surprise|deviation|alike|<\*>|the mix of|reads like/i,
      );
      expect(observed.length).toBeGreaterThan(0);
      expect(expected.length).toBeGreaterThan(0);
      expect(Math.max(observed.length, expected.length)).toBeLessThanOrEqual(60);
    }
  });

  it('say of a session what the others do and what this one does', async () => {
    const failing = (entries: Entry[]): Entry[] => {
      const ids = [2000, 2400, 2800].map(
        (from) =>
          /req-\w+/.exec(
            entries.find((entry, at) => at > from && entry.text.includes('accepted'))!.text,
          )![0],
      );
      return entries.map((entry) => {
        const id = ids.find((one) => entry.text.includes(`responded to ${one}`));
        return id === undefined
          ? entry
          : { ...entry, text: `ERROR [api] Gateway: no answer for ${id} in time` };
      });
    };
    const findings = await findingsOf(faulty(failing));
    const texts = findings.flatMap((finding) => finding.reasons.map((reason) => reason.text));
    expect(texts).toContainEqual(
      expect.stringMatching(
        /^897 of 900 requests log “responded to req-… status=… bytes=…”; in this one \(req-\w+\) it never happened\.$/,
      ),
    );
  });

  it('name a value with its unit', async () => {
    const values = (await findingsOf(manyFaults()))
      .flatMap((finding) => finding.reasons)
      .filter((reason) => reason.family === 'value');
    expect(values.map((reason) => reason.observed)).toContain('took 48,312 ms');
  });
});

describe('one place, one finding', () => {
  it('does not mark a line twice', async () => {
    const findings = await findingsOf(manyFaults());
    const lines = findings.map((finding) => finding.line);
    expect(new Set(lines).size).toBe(lines.length);
  });

  it('joins failures that differ in a name, and begins with the first', async () => {
    const text = faulty((entries) => [
      ...entries,
      ...['root', 'backup', 'guest'].map((user, index) => ({
        at: entries[2500 + index * 40]!.at + 1,
        text: `ERROR [auth] Login: attempt FROM console FOR ${user} failed, Authentication failure`,
      })),
    ]);
    const logins = marked(await findingsOf(text)).filter((finding) =>
      finding.title.includes('Authentication failure'),
    );
    expect(logins).toHaveLength(1);
    expect(logins[0]).toMatchObject({ line: lineWith(text, 'FOR root'), count: 3 });
  });

  it('keeps two causes behind one opening apart', () => {
    const same = (left: string, right: string): boolean =>
      sameFailure(constantWords(left), constantWords(right));
    const opening = 'could not connect to upstream <*>: ';
    expect(same(`${opening}connection refused by peer`, `${opening}certificate has expired`)).toBe(
      false,
    );
    expect(same('disk <*> failed', 'disk <*> recovered')).toBe(false);
    expect(same('FAILED LOGIN <*> FROM <*> FOR root', 'FAILED LOGIN <*> FROM <*> FOR <*>')).toBe(
      true,
    );
  });
});

describe('a title', () => {
  it('does not say the level twice, and stays short', async () => {
    const line = `ERROR: ${'disk failure on the array '.repeat(12)}`;
    const text = `${'all is well\n'.repeat(50)}${line}\n${'all is well\n'.repeat(20)}`;
    const [first] = await findingsOf(text);
    expect(first!.title).toMatch(/^ERROR: disk failure/);
    expect(first!.title.length).toBeLessThanOrEqual(120);
  });
});

describe('small and odd logs', () => {
  it('shows a clear error with its trace in sixty lines, and only that', async () => {
    const entries: Entry[] = Array.from({ length: 60 }, (_, index) => ({
      at: index * 700,
      text: `INFO  [job] Worker: processed item ${index} in ${30 + (index % 7)} ms`,
    }));
    entries.push({
      at: 60 * 700 - 350,
      text: 'ERROR [job] Worker: item failed\nValueError: bad header\n  File "job.py", line 12, in run',
    });
    const text = write(entries);
    const findings = await findingsOf(text);
    expect(marked(findings).map((finding) => finding.line)).toEqual([
      lineWith(text, 'item failed'),
    ]);
    expect(findings[0]!.severity).toBe('high');
  });

  it('gives sensible output for five lines, one repeated line, an empty log, no clock', async () => {
    expect(await findingsOf('')).toEqual([]);
    const repeated = 'tick of the clock\n'.repeat(3000);
    expect(marked(await findingsOf(repeated))).toEqual([]);
    const five = 'start\nloading\nready\nERROR disk failure on /dev/sda\nstop\n';
    const found = await findingsOf(five);
    expect(found[0]?.line).toBe(4);
    const plain = Array.from(
      { length: 400 },
      (_, index) => `worker ${index % 5} did step ${index}`,
    );
    expect((await findingsOf(plain.join('\n'))).filter((f) => f.severity === 'high')).toEqual([]);
  });

  it('does not mark everything in a log that is mostly failing', async () => {
    const entries = healthyService(200, 3);
    const failing = Array.from({ length: 2000 }, (_, index) => ({
      at: index * 50,
      text: `ERROR [db] Pool: connection to orders-db failed, attempt ${index}`,
    }));
    const findings = await findingsOf(write([...entries, ...failing]));
    expect(marked(findings).length).toBeLessThanOrEqual(8);
    expect(findings[0]).toMatchObject({ severity: 'high', count: 2000 });
    expect(findings[0]!.title).toMatch(/^Mostly failing: .*orders-db failed/);
    expect(findings[0]!.reasons[0]!.text).toMatch(/^2,000 of [\d,]+ messages state a failure/);
    expect(marked(findings).filter(({ title }) => title.includes('orders-db'))).toHaveLength(1);
  });

  it('survives clocks that jump', async () => {
    const lines = write(healthyService(200, 4)).split('\n');
    const jumped = [...lines.slice(400), ...lines.slice(0, 400)].join('\n');
    const findings = await findingsOf(jumped);
    expect(findings.filter((finding) => finding.severity === 'high')).toEqual([]);
  });

  it('never throws and keeps spans inside the file, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ maxLength: 60 }), { maxLength: 60 }), async (lines) => {
        const view = await viewOf(lines.join('\n'));
        for (const finding of await detectFindings(view)) {
          expect(finding.line).toBeGreaterThanOrEqual(1);
          expect(finding.endLine).toBeLessThanOrEqual(Math.max(1, view.log.lineCount));
          expect(finding.endLine).toBeGreaterThanOrEqual(finding.line);
        }
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it('stops when it is cancelled', async () => {
    const view = await viewOf(write(healthyService(50, 1)));
    const controller = new AbortController();
    controller.abort();
    await expect(detectFindings(view, { signal: controller.signal })).rejects.toSatisfy((error) =>
      EngineError.is(error, 'aborted'),
    );
  });
});
