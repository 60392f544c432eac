import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/engine/base/engineError.ts';
import { analyseInStages, analyseLog } from '../../../src/engine/analysis/analyseLog.ts';
import { LogSession } from '../../../src/engine/analysis/logSession.ts';
import type { Analysis } from '../../../src/engine/analysis/analysis.ts';
import type { AnalysisDeps } from '../../../src/engine/analysis/options.ts';
import { scoreLogSessions } from '../../../src/engine/analysis/scoreLogSessions.ts';
import type { Embedder } from '../../../src/engine/embed/embedder.ts';
import { decodeLog } from '../../../src/engine/record/decodeLog.ts';
import type { LogText } from '../../../src/engine/record/logText.ts';
import { healthyService, write } from '../detect/syntheticLog.ts';

/** Words hashed into directions: alike texts get alike vectors. */
const wordEmbedder: Embedder = {
  id: 'words',
  dimensions: 64,
  embed: (texts) =>
    Promise.resolve(
      texts.map((text) => {
        const vector = new Float32Array(64);
        for (const word of text.toLowerCase().split(/\W+/)) {
          let hash = 7;
          for (const letter of word) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
          vector[hash % 64] = vector[hash % 64]! + 1;
        }
        const norm = Math.hypot(...vector) || 1;
        return vector.map((value) => value / norm);
      }),
    ),
};

function deps(embedder: Embedder | null): AnalysisDeps {
  let clock = 0;
  return {
    embedder,
    embedderStatus: {
      id: embedder?.id ?? 'none',
      state: embedder === null ? 'off' : 'ready',
      detail: '',
    },
    now: () => (clock += 5),
  };
}

async function all(stages: AsyncGenerator<Analysis>): Promise<Analysis[]> {
  const list: Analysis[] = [];
  for await (const analysis of stages) list.push(analysis);
  return list;
}

function logOf(text: string): LogText {
  return decodeLog('service.log', new TextEncoder().encode(text));
}

const entries = healthyService(300, 5);
const failing = write([
  ...entries,
  {
    at: entries[1200]!.at + 1,
    text: 'ERROR [db] Pool: connection refused by orders-db, giving up',
  },
]);

describe('analyseInStages', () => {
  it('yields statistics first, then the same finding refined by vectors', async () => {
    const [first, second, ...rest] = await all(analyseInStages(logOf(failing), deps(wordEmbedder)));
    expect(rest).toEqual([]);
    expect(first!.view.vectors).toBeNull();
    expect(first!.embedder.state).toBe('loading');
    expect(second!.embedder.state).toBe('ready');
    expect(second!.view.vectors).toHaveLength(second!.view.templates.templates.length);
    expect(second!.findings[0]!.line).toBe(first!.findings[0]!.line);
    expect(second!.findings[0]!.severity).toBe('high');
    expect(second!.milliseconds).toBeGreaterThan(0);
  });

  it('is complete without an embedder, and with one that fails', async () => {
    expect(await all(analyseInStages(logOf(failing), deps(null)))).toHaveLength(1);
    const broken: Embedder = {
      ...wordEmbedder,
      embed: () => Promise.reject(new EngineError('model-missing', 'No model.', 'Put one there.')),
    };
    const last = await analyseLog(logOf(failing), deps(broken));
    expect(last.embedder).toEqual({
      id: 'words',
      state: 'off',
      detail: 'No model. Put one there.',
    });
    expect(last.findings[0]!.severity).toBe('high');
  });

  it('reports progress through its stages and stops when cancelled', async () => {
    const stages = new Set<string>();
    await analyseLog(logOf(failing), deps(wordEmbedder), {
      onProgress: ({ stage, share }) => {
        stages.add(stage);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      },
    });
    expect([...stages]).toEqual(expect.arrayContaining(['parsing', 'detecting', 'embedding']));
    const controller = new AbortController();
    controller.abort();
    await expect(
      analyseLog(logOf(failing), deps(null), { signal: controller.signal }),
    ).rejects.toSatisfy((error) => EngineError.is(error, 'aborted'));
  });

  it('compares with a good run when there is one', async () => {
    const { findings } = await analyseLog(logOf(failing), deps(wordEmbedder), {
      baseline: [logOf(write(entries))],
    });
    expect(findings.length).toBeGreaterThan(0);
    expect(findings[0]!.lines).toBeDefined();
  });

  it('analyses an empty log', async () => {
    expect((await analyseLog(logOf(''), deps(wordEmbedder))).findings).toEqual([]);
  });
});

/** Some 12,000 records: enough for a first stage, and for what is learned to outlast an append. */
const long = healthyService(2800, 6);
const longText = write(long);
const error = 'ERROR [db] Pool: connection refused by orders-db, giving up';

/** A line at a time after the end of `long`, in milliseconds. */
function later(after: number, text: string): string {
  return write([{ at: long.at(-1)!.at + after, text }]);
}

describe('a log that is not small', () => {
  it('tells what single messages say first, and keeps it', async () => {
    const log = logOf(longText + later(5, error));
    const [first, second, ...rest] = await all(analyseInStages(log, deps(null)));
    expect([first!.stage, second!.stage]).toEqual(['first', 'statistics']);
    expect(rest).toEqual([]);
    expect(first!.findings[0]).toMatchObject({ line: log.lineCount, severity: 'high' });
    const marked = (analysis: Analysis): number[] =>
      analysis.findings.filter(({ severity }) => severity !== 'low').map(({ line }) => line);
    expect(marked(second!)).toEqual(expect.arrayContaining(marked(first!)));
  });
});

describe('LogSession', () => {
  it('finds what is appended at once, by what was learned, and says so', async () => {
    const session = new LogSession(logOf(longText), deps(null));
    await all(session.analyse());
    const added = [
      later(5, error),
      ...[100, 200, 300, 400].map((after) =>
        later(after, 'INFO  [core] Health: heartbeat ok, all components up'),
      ),
      later(900, 'INFO  [db] Pool: query for req-1a2b3c took 48211 ms rows=3'),
    ];
    const stages = await all(session.append(new TextEncoder().encode(added.join(''))));
    expect(stages.map(({ stage }) => stage)).toEqual(['statistics']);
    const [{ findings, notes, view }] = stages as [Analysis];
    const { lineCount } = view.log;
    expect(notes).toEqual([expect.stringContaining('The last 6 messages were judged')]);
    expect(findings.find(({ line }) => line === lineCount - 5)?.severity).toBe('high');
    expect(findings.find(({ line }) => line === lineCount)?.reasons[0]?.family).toBe('value');
  });

  it('learns anew when the log has outgrown what is known: the same as from the start', async () => {
    const half = longText.indexOf('\n', longText.length / 2) + 1;
    const session = new LogSession(logOf(longText.slice(0, half)), deps(null));
    await all(session.analyse());
    const rest = new TextEncoder().encode(longText.slice(half) + later(5, error));
    const stages = await all(session.append(rest));
    expect(stages.map(({ stage }) => stage)).toEqual(['first', 'statistics']);
    const whole = await analyseLog(logOf(longText + later(5, error)), deps(null));
    expect(stages.at(-1)!.findings).toEqual(whole.findings);
    expect(stages.at(-1)!.notes).toEqual([]);
  });

  it('goes on with the learning that was cancelled, also when the log has grown since', async () => {
    const session = new LogSession(logOf(longText), deps(null));
    const cancel = new AbortController();
    const steps: number[] = [];
    const run = session.analyse(cancel.signal, ({ stage, share }) => {
      if (stage !== 'detecting') return;
      steps.push(share);
      if (steps.length === 3) cancel.abort();
    });
    await expect(all(run)).rejects.toSatisfy((thrown) => EngineError.is(thrown, 'aborted'));
    await all(session.append(new TextEncoder().encode(later(5, error))));
    const more: number[] = [];
    for await (const analysis of session.analyse(undefined, ({ stage, share }) => {
      if (stage === 'detecting') more.push(share);
    })) {
      expect(analysis.findings[0]).toMatchObject({ severity: 'high' });
    }
    expect(Math.min(1, ...more)).toBe(1);
  });

  it('keeps what it knows of a log whose last line was cut off when it was read', async () => {
    const cut = longText.length - 40;
    const session = new LogSession(logOf(longText.slice(0, cut)), deps(null));
    await all(session.analyse());
    const rest = longText.slice(cut) + later(5, error);
    const [analysis] = await all(session.append(new TextEncoder().encode(rest)));
    expect(analysis!.stage).toBe('statistics');
    expect(analysis!.findings[0]).toMatchObject({ line: analysis!.view.log.lineCount });
    expect(analysis!.view.records.count).toBe(long.length + 1);
  });

  it('ends with the findings of the whole after appending in pieces, cut anywhere', async () => {
    const bytes = new TextEncoder().encode(failing);
    const session = new LogSession(decodeLog('service.log', bytes.slice(0, 30_001)), deps(null));
    await all(session.analyse());
    await all(session.append(bytes.slice(30_001, 71_234)));
    const [last] = await all(session.append(bytes.slice(71_234)));
    const whole = await analyseLog(logOf(failing), deps(null));
    expect(session.log.lineCount).toBe(whole.view.log.lineCount);
    expect(last!.findings).toEqual(whole.findings);
  });

  it('keeps appended bytes when the analysis is cancelled', async () => {
    const session = new LogSession(logOf(failing), deps(null));
    await all(session.analyse());
    const controller = new AbortController();
    controller.abort();
    const added = new TextEncoder().encode('one more line\n');
    await expect(all(session.append(added, controller.signal))).rejects.toSatisfy((error) =>
      EngineError.is(error, 'aborted'),
    );
    const before = logOf(failing).lineCount;
    const [analysis] = await all(session.analyse());
    expect(analysis!.view.log.lineCount).toBe(before + 1);
    expect(analysis!.view.records.count).toBe(analysis!.view.templates.ofRecord.length);
  });
});

describe('scoreLogSessions', () => {
  it('learns from a good run only, and reports lines of the log itself', async () => {
    const log = healthyService(100, 8);
    const id = /req-\w+/.exec(log[200]!.text)![0];
    const text = write(
      log.filter((entry) => !entry.text.includes(id) || entry.text.includes('accepted')),
    );
    const scores = await scoreLogSessions(logOf(text), {
      baseline: [logOf(write(healthyService(300, 9)))],
    });
    expect(scores).toHaveLength(100);
    expect(scores.filter((score) => score.flagged).map((score) => score.id)).toEqual([id]);
    const line = text.split('\n').findIndex((candidate) => candidate.includes(id)) + 1;
    expect(scores.find((score) => score.id === id)!.lines).toEqual([line]);
  });
});
