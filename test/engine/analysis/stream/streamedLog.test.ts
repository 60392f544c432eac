import { describe, expect, it } from 'vitest';
import type { AnalysisProgress } from '../../../../src/engine/analysis/analysis.ts';
import {
  analyseSegment,
  inThisThread,
} from '../../../../src/engine/analysis/stream/analyseSegment.ts';
import type {
  SegmentAnalyser,
  SegmentResult,
} from '../../../../src/engine/analysis/stream/segment.ts';
import {
  StreamedLog,
  type StreamedAnalysis,
} from '../../../../src/engine/analysis/stream/streamedLog.ts';
import type { Finding } from '../../../../src/engine/detect/finding.ts';
import { healthyService, write, type Entry } from '../../detect/syntheticLog.ts';
import { TextSource } from './textSource.ts';

const sizes = { core: 120_000, context: 12_000 };

/** Two at a time, the second of each pair done first. */
const outOfOrder: SegmentAnalyser = {
  parallel: 2,
  analyse: async (segment, signal) => {
    if (segment.index % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 30));
    return analyseSegment(segment, signal);
  },
};

function opened(source: TextSource, analyser = inThisThread): StreamedLog {
  return new StreamedLog(source, { analyser, now: () => 0, sizes });
}

async function last(stages: AsyncGenerator<StreamedAnalysis>): Promise<StreamedAnalysis> {
  let newest: StreamedAnalysis | null = null;
  for await (const analysis of stages) newest = analysis;
  return newest!;
}

/** Ordinary traffic with a trace at three places; the last one comes once. */
function faulty(): string {
  const entries = healthyService(4000, 12);
  const end = entries.at(-1)!.at;
  const pool = 'ERROR [db] Pool: connection refused by orders-db, giving up';
  const faults: Entry[] = [
    { at: end * 0.3, text: pool },
    { at: end * 0.62, text: pool },
    { at: end * 0.8, text: 'FATAL [api] Gateway: out of memory\n  at Gateway.read (gateway.js:7)' },
  ];
  return write([...entries, ...faults]);
}

const text = faulty();
const lines = text.split('\n');
const lineOf = (words: string, from = 0): number =>
  lines.findIndex((line, index) => index >= from && line.includes(words)) + 1;

function finding(findings: readonly Finding[], words: string): Finding | undefined {
  return findings.find(({ title }) => title.includes(words));
}

describe('a log that is read in segments', () => {
  it('finds what does not belong, at the lines of the whole log', async () => {
    const known = await last(opened(new TextSource(text)).analyse());
    expect(known.places.length).toBeGreaterThan(3);
    expect(known.bytes).toBe(text.length);
    expect(known.lines).toBe(lines.length - 1);
    const memory = finding(known.findings, 'out of memory')!;
    expect(memory.line).toBe(lineOf('out of memory'));
    expect(memory.endLine).toBe(memory.line + 1);
    expect(memory.severity).toBe('high');
    expect(known.notes.join(' ')).toContain(`was read in ${known.places.length} parts`);
  });

  it('says that it was read when it is, and until then how much of it', async () => {
    const notes: string[] = [];
    for await (const known of opened(new TextSource(text)).analyse()) {
      notes.push(known.notes[0]!);
    }
    const end = notes.pop();
    expect(end).toMatch(/^The log was read in \d+ parts:/);
    expect(notes.length).toBeGreaterThan(3);
    expect(notes[0]).toMatch(/^1 part of the log has been read so far:/);
    expect(notes[2]).toMatch(/^3 parts of the log have been read so far:/);
    expect(notes.join(' ')).not.toContain('was read');
  });

  it('tells the same failure of several segments once, and adds its reasons up', async () => {
    const { findings } = await last(opened(new TextSource(text)).analyse());
    const first = lineOf('connection refused');
    const pool = finding(findings, 'connection refused')!;
    expect(pool).toMatchObject({ line: first, count: 2 });
    expect(pool.repeats).toEqual([lineOf('connection refused', first)]);
    for (const { reasons, bits } of findings) {
      expect(reasons.reduce((sum, reason) => sum + reason.bits, 0)).toBeCloseTo(bits, 6);
    }
    expect(findings.map(({ rank }) => rank)).toEqual(findings.map((_, index) => index + 1));
    expect(new Set(findings.map(({ line, template }) => `${line} ${template}`)).size).toBe(
      findings.length,
    );
  });

  it('says the same however many segments are analysed at once', async () => {
    const one = await last(opened(new TextSource(text)).analyse());
    const two = await last(opened(new TextSource(text), outOfOrder).analyse());
    expect(two.findings).toEqual(one.findings);
    expect(two.places).toEqual(one.places);
  });

  it('counts a pattern over all segments before it calls it rare', async () => {
    // Once in the first segment, common later.
    const seldom = 'INFO  [cache] Store: compacted shard';
    const entries = healthyService(4000, 12);
    const end = entries.at(-1)!.at;
    const shards = Array.from({ length: 800 }, (_, index) => ({
      at: end * (0.5 + index / 1700),
      text: `${seldom} ${index}`,
    }));
    const log = write([...entries, { at: end * 0.15, text: `${seldom} 9999` }, ...shards]);
    const { findings, patterns } = await last(opened(new TextSource(log)).analyse());
    const shard = findings.filter(({ template }) => template.includes('compacted shard'));
    expect(shard.flatMap(({ reasons }) => reasons.map(({ family }) => family))).not.toContain(
      'rarity',
    );
    const rare = findings.flatMap(({ reasons }) =>
      reasons.filter(({ text: words }) => words.includes('only message of its kind')),
    );
    expect(rare.every(({ text: words }) => !words.includes('shard'))).toBe(true);
    expect(patterns.size).toBeGreaterThan(5);
  });

  it('notices where the log is written otherwise from some place on', async () => {
    const before = write(healthyService(4000, 12));
    const after = Array.from(
      { length: 12_000 },
      (_, second) =>
        `<Mar ${String(5 + Math.floor(second / 8000)).padStart(2, '0')} 2024 ${new Date(second * 1000).toISOString().slice(11, 19)}> worker-${second % 7}: item ${second} done in ${second % 90} ms`,
    ).join('\n');
    const log = `${before}${after}\n`;
    const read: SegmentResult[] = [];
    const told: boolean[] = [];
    const watched: SegmentAnalyser = {
      parallel: 1,
      analyse: async (segment) => {
        const result = await analyseSegment(segment);
        told.push(segment.reading !== null);
        read.push(result);
        return result;
      },
    };
    await last(opened(new TextSource(log), watched).analyse());
    // The first ones look for themselves; the others are told, and those of the other half look again.
    expect(told.slice(0, 4)).toEqual([false, false, false, false]);
    expect(told.slice(4)).not.toContain(false);
    const [first] = read;
    const end = read.at(-2)!;
    expect(end.format).not.toBe(first!.format);
    expect(end.records).toBeGreaterThan(500);
    expect(end.clock).not.toBeNull();
  });

  it('misses what stays away for longer than a segment, and what comes back', async () => {
    const entries = healthyService(4000, 12);
    const end = entries.at(-1)!.at;
    const beats = Array.from({ length: 600 }, (_, beat) => beat / 600)
      .filter((share) => share < 0.3 || share > 0.7)
      .map((share): Entry => ({ at: end * share, text: `INFO  [lease] Holder: renewed lease 17` }));
    const log = write([...entries, ...beats]);
    const known = await last(opened(new TextSource(log)).analyse());
    const written = log.split('\n').map((line) => line.includes('renewed lease'));
    const back = written.findIndex(
      (is, line) =>
        is && line > written.length / 2 && written.lastIndexOf(true, line - 1) < line - 500,
    );
    const before = written.lastIndexOf(true, back - 1);
    const silence = known.findings.find(({ template }) => template.includes('renewed'))!;
    expect(silence).toMatchObject({ line: before + 1, severity: 'high' });
    expect(silence.related).toEqual([{ path: 'big.log', line: back + 1 }]);
    expect(silence.reasons[0]!.text).toContain('then not for');
  });

  it('tells how far it is, and keeps what it knows when it is cancelled', async () => {
    const stop = new AbortController();
    const told: AnalysisProgress[] = [];
    const stream = opened(new TextSource(text));
    const seen: StreamedAnalysis[] = [];
    const read = async (): Promise<void> => {
      for await (const analysis of stream.analyse(stop.signal, (progress) => told.push(progress))) {
        seen.push(analysis);
        if (seen.length === 2) stop.abort();
      }
    };
    await expect(read()).rejects.toMatchObject({ reason: 'aborted' });
    expect(seen).toHaveLength(2);
    expect(seen[1]!.bytes).toBeLessThan(seen[1]!.size);
    expect(told[1]!.share).toBeCloseTo(seen[1]!.bytes / text.length, 6);
    expect(told[1]!.bytesPerSecond).toBeGreaterThan(0);
    const rest = await last(stream.analyse());
    expect(rest.findings).toEqual((await last(opened(new TextSource(text)).analyse())).findings);
  });

  it('reads a line that is longer than a segment, and counts it once', async () => {
    const long = `2026-01-05T10:00:00Z INFO ${'x'.repeat(400_000)}`;
    const log = `${text}${long}\n${text}`;
    const known = await last(opened(new TextSource(log)).analyse());
    expect(known.lines).toBe(log.split('\n').length - 1);
    expect(finding(known.findings, 'out of memory')!.repeats).toEqual([
      lineOf('out of memory') + lines.length,
    ]);
  });
});

describe('a log that grows while it is read in segments', () => {
  const more = (at: number): string =>
    text
      .split('\n')
      .slice(at, at + 40)
      .join('\n');

  const degradedLine =
    '2024-03-04 23:00:00.000 FATAL [disk] Volume: array degraded, one member missing\n';

  it('judges what was added, and counts it once', async () => {
    const source = new TextSource(text);
    const stream = opened(source);
    await last(stream.analyse());
    await stream.prepareTail();
    source.write(`${more(1000)}\n${degradedLine}`);
    let known = await last(stream.append());
    const degraded = finding(known.findings, 'array degraded')!;
    expect(degraded).toMatchObject({ line: lines.length + 40, count: 1 });
    source.write(`${more(2000)}\n`);
    known = await last(stream.append());
    expect(known.lines).toBe(lines.length - 1 + 81);
    expect(known.bytes).toBe(source.size);
    expect(finding(known.findings, 'array degraded')).toMatchObject({ count: 1 });
    expect(finding(known.findings, 'out of memory')).toMatchObject({ count: 1 });
  });

  it('keeps its memory bounded: a tail that outgrows a segment becomes one', async () => {
    const source = new TextSource(text);
    const stream = opened(source);
    const before = await last(stream.analyse());
    source.write(degradedLine);
    await last(stream.append());
    source.write(text);
    const known = await last(stream.append());
    expect(known.places.length).toBeGreaterThan(before.places.length + 2);
    expect(known.lines).toBe(2 * (lines.length - 1) + 1);
    expect(finding(known.findings, 'array degraded')).toMatchObject({
      line: lines.length,
      count: 1,
    });
  });

  it('judges a line that was cut while it was written when the rest comes, as one line', async () => {
    const whole = new TextSource(text);
    const atOnce = opened(whole);
    await last(atOnce.analyse());
    whole.write(degradedLine);
    const expected = await last(atOnce.append());
    for (const cut of [40]) {
      const source = new TextSource(text + degradedLine.slice(0, cut));
      const stream = opened(source);
      const begun = await last(stream.analyse());
      expect(begun).toMatchObject({ lines: lines.length, bytes: source.size });
      source.write(degradedLine.slice(cut));
      const known = await last(stream.append());
      expect(known).toMatchObject({ lines: lines.length, records: expected.records });
      expect(finding(known.findings, 'array degraded')).toMatchObject({
        line: lines.length,
        count: 1,
        severity: finding(expected.findings, 'array degraded')!.severity,
      });
    }
  });

  it('counts a line once that was cut where the tail became a segment', async () => {
    const source = new TextSource(text);
    const stream = opened(source);
    await last(stream.analyse());
    source.write(degradedLine.slice(0, 50));
    await last(stream.append());
    source.write(degradedLine.slice(50) + text);
    const known = await last(stream.append());
    expect(known.lines).toBe(2 * (lines.length - 1) + 1);
    expect(finding(known.findings, 'array degraded')).toMatchObject({
      line: lines.length,
      count: 1,
    });
  });

  it('reads the end of a log in the encoding of the log', async () => {
    const latin = (words: string): Uint8Array => Buffer.from(words, 'latin1');
    const source = new TextSource(text, 'latin1');
    const stream = opened(source);
    await last(stream.analyse());
    source.write(latin('2024-03-04 23:00:00.000 FATAL [disk] Gerät: Speicher fällt aus\n'));
    const { findings } = await last(stream.append());
    expect(finding(findings, 'Speicher fällt aus')).toBeDefined();
  });

  it('refuses to go on where the log was cut', async () => {
    const source = new TextSource(text);
    const stream = opened(source);
    await last(stream.analyse());
    source.replace('another log\n');
    await expect(last(stream.append())).rejects.toMatchObject({ reason: 'changed-while-reading' });
  });
});
