import { describe, expect, it } from 'vitest';
import {
  engineStatus,
  findingsStatus,
  modelStatus,
  rulesStatus,
} from '../../src/host/statusText.ts';
import { lineMark, logMarks } from './logMarks.ts';

const done = (fields: Parameters<typeof logMarks>[0]) =>
  ({ kind: 'done', shown: { marks: logMarks(fields), stale: false } }) as const;

describe('findingsStatus', () => {
  it('counts what is shown', () => {
    const state = done({ marks: [lineMark(), lineMark({ severity: 'low' })], lines: 1_204_331 });
    const status = findingsStatus(state, true, 'medium', 'en');
    expect(status.text).toBe('$(pulse) 1 finding');
    expect(status.detail).toContain('1,204,331 lines');
    expect(status.busy).toBe(false);
  });

  it('says quiet, and how much was read, where nothing was found', () => {
    const status = findingsStatus(done({ lines: 12 }), true, 'medium', 'en');
    expect(status.text).toBe('$(check) quiet');
    expect(status.detail).toContain('12 lines');
  });

  it('says by what id records were grouped, or that there is none', () => {
    const sessions = {
      kind: 'identifier',
      identifier: 'blk_<*>',
      count: 5750,
      share: 0.99,
    } as const;
    const detail = (fields: Parameters<typeof done>[0]): string =>
      findingsStatus(done(fields), true, 'medium', 'en').detail;
    expect(detail({ sessions })).toContain('sessions by blk_<*> (5,750)');
    expect(detail({})).toContain('no session id found: windows of 100 records');
    expect(detail({ sessions: { ...sessions, count: 0 } })).not.toContain('session');
    expect(detail({ sessions: { ...sessions, identifier: '$(fire)<*>' } })).not.toContain('$(');
  });

  it('says what was given up', () => {
    const status = findingsStatus(done({ notes: ['Too many patterns.'] }), true, 'medium', 'en');
    expect(status.detail).toMatch(/\. Too many patterns$/);
  });

  it('tells of findings left out as normal', () => {
    expect(findingsStatus(done({ hidden: 2 }), true, 'medium', 'en').detail).toContain(
      '2 findings marked as normal',
    );
  });

  it('says what is being done and offers to cancel it', () => {
    const state = {
      kind: 'working',
      progress: { stage: 'reading', share: 0.625, bytesPerSecond: null, secondsLeft: null },
      shown: null,
    } as const;
    expect(findingsStatus(state, true, 'medium', 'en')).toMatchObject({
      busy: true,
      detail: 'reading 62 %',
      command: { id: 'faultline.cancelAnalysis' },
    });
  });

  it('says how fast a large log is read, how long it takes, and what is left out of it', () => {
    const state = {
      kind: 'working',
      progress: { stage: 'reading', share: 0.344, bytesPerSecond: 41.2e6, secondsLeft: 192.4 },
      shown: {
        marks: logMarks({ marks: [lineMark()], notes: ['Every tenth session was judged.'] }),
        stale: false,
      },
    } as const;
    expect(findingsStatus(state, true, 'medium', 'en')).toMatchObject({
      text: '$(sync~spin) 1 finding · 34 % · 3 min 13 s left',
      detail: 'reading 34 % · 41 MB/s · 3 min 13 s left. Every tenth session was judged',
    });
  });

  it('keeps what was found before it was stopped, and says how far it had come', () => {
    const shown = {
      marks: logMarks({ marks: [lineMark()], read: { bytes: 12e6, of: 58e6 } }),
      stale: false,
    };
    expect(findingsStatus({ kind: 'cancelled', shown }, true, 'medium', 'en')).toMatchObject({
      text: '$(circle-slash) 1 finding, stopped',
      detail: 'stopped at 12 MB of 58 MB; what was found stays',
      command: { id: 'faultline.analyseAgain' },
    });
    expect(findingsStatus({ kind: 'cancelled', shown: null }, true, 'low', 'en').text).toBe(
      '$(circle-slash) cancelled',
    );
  });

  it('says what went wrong and what to do', () => {
    const failure = {
      reason: 'no-permission',
      message: 'May not be read.',
      advice: 'Ask.',
    } as const;
    expect(
      findingsStatus({ kind: 'failed', failure, shown: null }, true, 'high', 'en'),
    ).toMatchObject({
      text: '$(warning) May not be read.',
      detail: 'Ask.',
      severity: 'warning',
      command: { id: 'faultline.analyseAgain' },
    });
  });

  it('offers to switch on what is off', () => {
    expect(findingsStatus(null, false, 'high', 'en').command.id).toBe('faultline.toggle');
  });
});

describe('engineStatus', () => {
  it('says who compares patterns, and where', () => {
    expect(engineStatus(null).text).toContain('on this machine');
    const ready = done({ embedder: { id: 'all-MiniLM-L6-v2-q8', state: 'ready', detail: '' } });
    expect(engineStatus(ready).detail).toBe('embedder all-MiniLM-L6-v2-q8');
  });

  it('warns when the model could not be used, and says why', () => {
    expect(engineStatus(done({}))).toMatchObject({
      severity: 'warning',
      detail: 'The model is missing.',
    });
  });
});

describe('modelStatus', () => {
  it('says that nothing leaves the machine as long as no model is chosen', () => {
    expect(modelStatus('offline', []).text).toContain('nothing leaves this machine');
  });

  it('names the model, and who was approved to receive what', () => {
    const asked = modelStatus('OpenAI: gpt', []);
    expect(asked.text).toContain('OpenAI: gpt');
    expect(asked.text).not.toContain('nothing leaves');
    expect(asked.detail).toContain('asked');
    const approved = modelStatus('OpenAI: gpt', ['OpenAI at api.openai.com (personal)']);
    expect(approved.detail).toContain('OpenAI at api.openai.com (personal)');
  });

  it('draws no icon for a model that is named like one', () => {
    expect(modelStatus('Custom: $(flame)', []).text).not.toContain('$(flame)');
  });
});

describe('rulesStatus', () => {
  it('is there only while something is wrong', () => {
    expect(rulesStatus([])).toBeNull();
    expect(rulesStatus(['no id', 'no title'])).toMatchObject({
      severity: 'warning',
      detail: 'no id and 1 more',
    });
  });
});
