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

describe('LogSession', () => {
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
