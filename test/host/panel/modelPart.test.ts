import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../../src/engine/explain/explanation.ts';
import type { Payload } from '../../../src/engine/llm/exchange.ts';
import type { ExplainService, Inquiry } from '../../../src/host/explainService.ts';
import type { LanguageModels } from '../../../src/host/model/languageModels.ts';
import type { Permission, PermissionToSend } from '../../../src/host/model/permission.ts';
import { FollowUps } from '../../../src/host/panel/followUps.ts';
import { ModelPart } from '../../../src/host/panel/modelPart.ts';
import type { PanelShell } from '../../../src/host/panel/panelShell.ts';
import { reportOf, reportState } from '../../../src/host/panel/panelState.ts';
import type { PanelReport, PanelState } from '../../../src/protocol/panelApi.ts';
import { RpcError } from '../../../src/protocol/rpc.ts';
import type { ModelResult } from '../../../src/protocol/workerApi.ts';
import { payload } from '../model/payload.ts';
import { explanation } from '../explanation.ts';

const subject = { logs: [{ path: '/x/a.log', name: 'a.log', uri: 'file:///x/a.log' }], line: null };
const inquiry: Inquiry = { subject, question: null, mode: 'full', history: [] };
const worded = explanation('probable', { summary: 'In other words.', source: 'llm:m' });

interface Doing {
  /** What the reader says when asked; undefined where nobody may be asked. */
  readonly says?: Permission | null;
  readonly agreedBefore?: boolean;
  readonly hasModel?: boolean;
  readonly verdict?: Explanation['verdict'];
  readonly answer?: (
    signal: AbortSignal,
    onText: (piece: string) => void,
  ) => Promise<Partial<ModelResult>>;
}

function setUp(doing: Doing) {
  const states: PanelState[] = [];
  const sent: { inquiry: Inquiry; digest: string | null }[] = [];
  const shown: { payload: Payload; sent: boolean }[] = [];
  let asked = 0;
  const offline = explanation(doing.verdict ?? 'probable');
  const result = { explanation: offline, timeline: null, similar: [], milliseconds: 1 };
  const shell: PanelShell & { state: PanelState } = {
    state: reportState(subject, { mode: 'full', model: 'OpenAI: gpt' }, result, '2026-01-01'),
    show: (state) => {
      shell.state = state;
      states.push(state);
    },
  };
  const explain = {
    payload: () => Promise.resolve(payload()),
    explain: () => Promise.resolve({ ...result, explanation: explanation('inconclusive') }),
    askModel: async (
      about: Inquiry,
      _model: unknown,
      digest: string | null,
      signal: AbortSignal,
      onText: (piece: string) => void,
    ) => {
      sent.push({ inquiry: about, digest });
      const answered = await doing.answer?.(signal, onText);
      return { ...result, offline, explanation: worded, failure: null, ...answered };
    },
  } as unknown as ExplainService;
  const models = {
    label: 'OpenAI: gpt',
    chosen: () => Promise.resolve(doing.hasModel === false ? null : { kind: 'endpoint' }),
  } as unknown as LanguageModels;
  const permission = {
    has: () => doing.agreedBefore === true,
    ask: () => {
      if (doing.agreedBefore === true) return Promise.resolve({ digest: null });
      asked++;
      if (doing.says === undefined) throw new Error('Nobody may be asked.');
      return Promise.resolve(doing.says);
    },
    show: (what: Payload, was: boolean) => {
      shown.push({ payload: what, sent: was });
      return Promise.resolve();
    },
  } as unknown as PermissionToSend;
  const part = new ModelPart(shell, { explain, models, permission });
  return {
    part,
    followUps: new FollowUps(shell, explain, part),
    shell,
    states,
    sent,
    shown,
    asked: () => asked,
    report: () => reportOf(shell.state)!,
  };
}

const until = async (isSo: () => boolean): Promise<void> => {
  for (let turns = 0; turns < 50 && !isSo(); turns++) await Promise.resolve();
};

const settled = (report: () => PanelReport, id: number): Promise<void> =>
  until(() => report().followUps.find((known) => known.id === id)?.state !== 'working');

describe('a model beside a report', () => {
  it('neither writes nor asks by itself before the reader agreed', async () => {
    const { part, report, sent, asked } = setUp({});
    await part.begin(inquiry);
    expect(report().model).toEqual({ state: 'consent', provider: 'OpenAI at api.openai.com' });
    expect(sent).toEqual([]);
    expect(asked()).toBe(0);
    expect(report().privacy).toBe('nothing left this machine');
  });

  it('is off where none was chosen', async () => {
    const { part, report, sent } = setUp({ hasModel: false });
    await part.begin(inquiry);
    expect(report().model).toEqual({ state: 'off' });
    await part.ask(inquiry);
    expect(report().model).toMatchObject({ message: 'No language model is chosen.' });
    expect(sent).toEqual([]);
  });

  it('sends nothing when the reader says no', async () => {
    const { part, report, sent } = setUp({ says: null });
    await part.ask(inquiry);
    expect(sent).toEqual([]);
    expect(report().model.state).toBe('consent');
    expect(report().privacy).toBe('nothing left this machine');
  });

  it('sends what the reader saw, and keeps the offline report beside the answer', async () => {
    const { part, report, sent } = setUp({ says: { digest: 'd1' } });
    await part.ask(inquiry);
    expect(sent).toEqual([{ inquiry, digest: 'd1' }]);
    expect(report()).toMatchObject({
      model: { state: 'answered', provider: 'OpenAI at api.openai.com' },
      writtenBy: 'llm:m',
      privacy: 'sent to OpenAI at api.openai.com',
    });
    expect(report().explanation.summary).toBe('In other words.');
    expect(report().offline?.source).toBe('offline');
  });

  it('writes by itself where the reader agreed before, but not about a log with nothing wrong', async () => {
    const agreed = setUp({ agreedBefore: true });
    await agreed.part.begin(inquiry);
    expect(agreed.report().model.state).toBe('answered');
    const quiet = setUp({ agreedBefore: true, verdict: 'no_incident' });
    await quiet.part.begin(inquiry);
    expect(quiet.sent).toEqual([]);
  });

  it('leaves the report as it is while the model writes', async () => {
    let write: (piece: string) => void = () => undefined;
    let end: (result: Partial<ModelResult>) => void = () => undefined;
    const { part, report, states } = setUp({
      agreedBefore: true,
      answer: (_signal, onText) => {
        write = onText;
        return new Promise((resolve) => {
          end = resolve;
        });
      },
    });
    const before = report().explanation;
    const writing = part.begin(inquiry);
    await until(() => report().model.state === 'writing');
    write('The pool ');
    write('ran dry.');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(report().model).toMatchObject({ state: 'writing', text: 'The pool ran dry.' });
    expect(report().explanation).toBe(before);
    end({});
    await writing;
    expect(states.at(-1)).toBe(states.find((state) => reportOf(state)?.model.state === 'answered'));
  });

  it('says why there is no answer, and that something was sent all the same', async () => {
    const failure = { kind: 'rejected', message: 'Not JSON.', advice: 'Try another.' } as const;
    const { part, report } = setUp({
      says: { digest: 'd1' },
      answer: () => Promise.resolve({ failure, explanation: explanation('probable') }),
    });
    await part.ask(inquiry);
    expect(report().model).toMatchObject({ state: 'rejected', message: 'Not JSON.' });
    expect(report().privacy).toContain('sent to');
    expect(report().offline).toBeNull();
  });

  it('says so where the worker refuses', async () => {
    const refused = new RpcError({
      reason: 'llm-not-approved',
      message: 'It changed.',
      advice: 'Look again.',
    });
    const { part, report } = setUp({
      says: { digest: 'd1' },
      answer: () => Promise.reject(refused),
    });
    await part.ask(inquiry);
    expect(report().model).toMatchObject({ state: 'unavailable', message: 'It changed.' });
  });

  it('stops when told to, and an answer that comes late changes nothing', async () => {
    let end: (result: Partial<ModelResult>) => void = () => undefined;
    let aborted: AbortSignal | undefined;
    const { part, report } = setUp({
      agreedBefore: true,
      answer: (signal) => {
        aborted = signal;
        return new Promise((resolve) => {
          end = resolve;
        });
      },
    });
    const before = report().explanation;
    const writing = part.begin(inquiry);
    await until(() => report().model.state === 'writing');
    part.stop();
    expect(aborted?.aborted).toBe(true);
    end({});
    await writing;
    expect(report().model).toMatchObject({ state: 'unavailable', message: 'It was stopped.' });
    expect(report().explanation).toBe(before);
  });

  it('shows what was sent, and what would be before', async () => {
    const { part, shown } = setUp({ says: { digest: 'd1' } });
    await part.showPayload(inquiry);
    await part.ask(inquiry);
    await part.showPayload(inquiry);
    expect(shown.map(({ sent }) => sent)).toEqual([false, true]);
  });
});

describe('follow-ups', () => {
  it('are answered offline where no model is chosen', async () => {
    const { followUps, report, sent } = setUp({ hasModel: false });
    followUps.ask('why?');
    await settled(report, 1);
    expect(report().followUps[0]).toMatchObject({ state: 'answered', question: 'why?' });
    expect(sent).toEqual([]);
  });

  it('are answered offline after a no, without asking twice', async () => {
    const { followUps, report, sent, asked } = setUp({ says: null });
    followUps.ask('why?');
    await settled(report, 1);
    followUps.ask('when?');
    await settled(report, 2);
    expect(report().followUps.map(({ state }) => state)).toEqual(['answered', 'answered']);
    expect(asked()).toBe(1);
    expect(sent).toEqual([]);
  });

  it('go to the model with what was asked before', async () => {
    const { followUps, report, sent } = setUp({ agreedBefore: true });
    followUps.ask('why?');
    await settled(report, 1);
    followUps.ask('since when?');
    await settled(report, 2);
    expect(sent.map((one) => one.inquiry.question)).toEqual(['why?', 'since when?']);
    expect(sent[1]?.inquiry.history).toEqual([{ question: 'why?', answer: 'In other words.' }]);
    expect(report().privacy).toContain('sent to');
  });

  it('can be given up; the next one is another', () => {
    const { followUps, report } = setUp({
      agreedBefore: true,
      answer: () => new Promise(() => undefined),
    });
    followUps.ask('why?');
    followUps.cancel();
    expect(report().followUps[0]).toMatchObject({ id: 1, state: 'failed' });
    followUps.ask('when?');
    expect(report().followUps.map(({ id }) => id)).toEqual([1, 2]);
  });
});
