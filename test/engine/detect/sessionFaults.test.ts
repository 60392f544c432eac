import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/engine/base/random.ts';
import type { Evidence } from '../../../src/engine/detect/evidence.ts';
import { buildEvents } from '../../../src/engine/detect/events.ts';
import type { LogView } from '../../../src/engine/detect/logView.ts';
import { sessionJudge } from '../../../src/engine/detect/sessionEvidence.ts';
import { learnSessions } from '../../../src/engine/detect/sessionModel.ts';
import { scoreSessions } from '../../../src/engine/detect/sessionScores.ts';
import { SessionGrouping } from '../../../src/engine/detect/sessions.ts';
import { viewOf, write, type Entry } from './syntheticLog.ts';

interface Step extends Entry {
  readonly order: number;
}

/**
 * Orders that interleave: two branches, an optional step, a loop and an honest retry, all of them
 * normal. Entries of one order carry its number.
 */
function orders(count: number, seed: number): Step[] {
  const random = seededRandom(seed);
  const steps: Step[] = [];
  for (let order = 0; order < count; order += 1) {
    let at = order * 150 + random() * 100;
    const say = (text: string): void => {
      at += 4 + random() * 20;
      steps.push({ order, at: Math.round(at), text: `INFO order-${7000 + order} ${text}` });
    };
    say('received');
    say('customer looked up');
    if (random() < 0.3) say('voucher applied');
    if (random() < 0.65) {
      for (let item = 1 + random() * 3; item >= 1; item -= 1) say('item reserved');
      if (random() < 0.1) {
        say('payment refused for now');
        say('payment asked again');
      }
      say('payment booked');
      say('parcel labelled');
    } else {
      say('stored as a draft');
      say('reminder planned');
    }
    say('confirmed');
  }
  return steps;
}

const wanted = 120;

/** A log with one order changed, and what is said about that order and about others. */
async function judged(
  count: number,
  change: (own: Step[], all: Step[]) => Step[],
): Promise<{ about: Evidence[]; others: Evidence[]; view: LogView }> {
  const all = orders(count, 11);
  const order = Math.min(wanted, count >> 1);
  const paid = all.find(
    ({ order: other, text }) => other >= order && text.includes('booked'),
  )!.order;
  const own = all.filter((step) => step.order === paid);
  const rest = all.filter((step) => step.order !== paid);
  const view = await viewOf(write([...rest, ...change(own, rest)]));
  const events = buildEvents(view.records, view.templates);
  const found = sessionJudge(learnSessions(view, 1)).judge(view, events, 0);
  const session = view.sessions.ids.indexOf(`order-${7000 + paid}`);
  const { offsets, members } = view.sessions;
  const records = new Set(members.subarray(offsets[session], offsets[session + 1]));
  return {
    about: found.filter(({ record }) => records.has(record)),
    others: found.filter(({ record }) => !records.has(record)),
    view,
  };
}

const first = async (
  count: number,
  change: (own: Step[]) => Step[],
): Promise<{ family: string; text: string }> => {
  const { about, others } = await judged(count, change);
  expect(others).toEqual([]);
  expect(about.length).toBeGreaterThan(0);
  const best = about.reduce((a, b) => (b.bits > a.bits ? b : a));
  return { family: best.family, text: best.describe().text };
};

describe.each([60, 400, 2000])('faults in one of %i sessions', (count) => {
  it('leaves branches, options, loops and retries alone', async () => {
    const { about, others } = await judged(count, (own) => own);
    expect([...about, ...others]).toEqual([]);
  });

  it('finds an event that never happened', async () => {
    const found = await first(count, (own) =>
      own.filter(({ text }) => !text.includes('looked up')),
    );
    expect(found.family).toBe('count');
    expect(found.text).toMatch(/never happened/);
    expect(found.text).toContain('customer looked up');
  });

  it('finds an event that happened twice', async () => {
    const found = await first(count, (own) =>
      own.flatMap((step) =>
        step.text.includes('looked up') ? [step, { ...step, at: step.at + 2 }] : [step],
      ),
    );
    expect(found.family).toBe('count');
    expect(found.text).toMatch(/twice/);
  });

  it('finds a session that broke off', async () => {
    const found = await first(count, (own) =>
      own.slice(0, own.findIndex(({ text }) => text.includes('reserved')) + 1),
    );
    expect(found.family).toBe('count');
    expect(found.text).toMatch(/ended after “.*item reserved”/);
  });
});

describe.each([400, 2000])('faults in one of %i sessions that few would not show', (count) => {
  it('finds what stood in the wrong order', async () => {
    const found = await first(count, (own) => {
      const early = own.find(({ text }) => text.includes('looked up'))!;
      const late = own.find(({ text }) => text.includes('labelled'))!;
      return own.map((step) =>
        step === early
          ? { ...step, at: late.at }
          : step === late
            ? { ...step, at: early.at }
            : step,
      );
    });
    expect(found.family).toBe('order');
  });

  it('finds a step that took far too long', async () => {
    const found = await first(count, (own) => {
      const from = own.findIndex(({ text }) => text.includes('labelled'));
      return own.map((step, at) => (at >= from ? { ...step, at: step.at + 20_000 } : step));
    });
    expect(found.family).toBe('gap');
    expect(found.text).toMatch(/20 s between/);
  });
});

describe('times in whole seconds', () => {
  const second = 1000;
  const texts = ['received', 'looked up', 'booked', 'labelled', 'confirmed'];
  const withPause = async (pause: number): Promise<Evidence[]> => {
    const steps = Array.from({ length: 400 }, (_, order) =>
      texts.map((text, step) => ({
        at: order * 3 * second + (order === 200 && step > 2 ? pause : 0),
        text: `INFO order-${7000 + order} ${text}`,
      })),
    ).flat();
    const view = await viewOf(write(steps));
    const events = buildEvents(view.records, view.templates);
    return sessionJudge(learnSessions(view, 1)).judge(view, events, 0);
  };

  it('make no pause of a step that only passed from one second to the next', async () => {
    expect(await withPause(second)).toEqual([]);
  });

  it('show a pause of many', async () => {
    const found = await withPause(40 * second);
    expect(found.map(({ family }) => family)).toEqual(['gap']);
    expect(found[0]!.describe().text).toMatch(/^40 s between .*usual is at most 1 s/);
  });
});

describe('sessions at the edges of a log', () => {
  it('are not called broken off where the log ends or begins in the middle of them', async () => {
    const all = orders(600, 4).sort((a, b) => a.at - b.at);
    const text = write(all.slice(700, 2700));
    const scores = await scoreSessions(await viewOf(text));
    expect(scores.filter(({ flagged }) => flagged)).toEqual([]);
  });

  it('are judged again when the log has grown', async () => {
    const all = orders(600, 5).sort((a, b) => a.at - b.at);
    const late = all.filter(({ text }) => text.includes('order-7590 '));
    const broken = all.filter((step) => !late.slice(2).includes(step));
    const { log, records, templates } = await viewOf(write(broken));
    const cut = broken.indexOf(late[1]!) + 1;
    const before = { ...records, count: cut };
    const grouping = new SessionGrouping(log, before, templates);
    const known = { log, records: before, templates, sessions: grouping.table, vectors: null };
    const judge = sessionJudge(learnSessions(known, 1));
    const events = buildEvents(records, templates);
    expect(judge.judge(known, events, 0)).toEqual([]);
    const sessions = grouping.extend(log, records, templates, cut);
    const found = judge.judge(
      { log, records, templates, sessions, vectors: null },
      events,
      cut - 20,
    );
    expect(found.map((item) => item.describe().text)).toEqual([
      expect.stringMatching(/^order-7590 ended after /),
    ]);
  });
});

describe('reasons of a flagged session', () => {
  it('add up, and without what they name the session is like the others', async () => {
    const { view } = await judged(500, (own) => [
      ...own.filter(({ text }) => !text.includes('looked up')),
      { ...own[0]!, at: own[0]!.at + 1 },
    ]);
    const model = learnSessions(view, 1)!;
    const scores = await scoreSessions(view);
    const flagged = scores.flatMap((score, session) => (score.flagged ? [session] : []));
    expect(flagged).toHaveLength(1);
    const session = flagged[0]!;
    const bits = scores[session]!.reasons.reduce((sum, reason) => sum + reason.bits, 0);
    expect(1 - 2 ** (-bits / 10)).toBeCloseTo(scores[session]!.score, 1);

    const { ofRecord } = view.templates;
    const { offsets, members } = view.sessions;
    let records = Array.from(members.subarray(offsets[session], offsets[session + 1]));
    for (const { column, observed, expected } of model.judge(view, session).deviations) {
      const { templates } = model.matrix.columns[column]!;
      const holders = records.filter((record) => templates.includes(ofRecord[record]!));
      if (observed > expected) {
        const surplus = new Set(holders.slice(expected));
        records = records.filter((record) => !surplus.has(record));
      } else records.splice(1, 0, ofRecord.indexOf(templates[0]!));
    }
    const repaired = {
      ...view.sessions,
      ids: ['repaired'],
      offsets: Uint32Array.from([0, records.length]),
      members: Uint32Array.from(records),
    };
    expect(model.judge({ ...view, sessions: repaired }, 0).flagged).toBe(false);
  });
});
