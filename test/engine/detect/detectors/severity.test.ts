import { describe, expect, it } from 'vitest';
import { severityPrior } from '../../../../src/engine/detect/detectors/severity.ts';
import { buildEvents } from '../../../../src/engine/detect/events.ts';
import { viewOf } from '../syntheticLog.ts';

/** Bits that text and level give the record which holds `words`, undamped and damped. */
async function severityOf(lines: readonly string[], words: string) {
  const view = await viewOf(`${lines.join('\n')}\n`);
  const events = buildEvents(view.records, view.templates);
  const { prior, bits } = severityPrior(events, view.templates, null, null);
  const line = lines.findIndex((each) => each.includes(words));
  const event = events.ofRecord[view.records.firstLine.indexOf(line)]!;
  return { prior: prior[event]!, bits: bits[event]! };
}

const time = (second: number): string =>
  `2024-03-01 10:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}`;

const calls = ['reads the page', 'writes the page', 'sends the answer', 'takes the next job'];
const routine = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${time(at)} INFO worker ${calls[at % calls.length]}`);

describe('how bad a message says it is', () => {
  it('believes a level that is rare, and not one that half of the patterns have', async () => {
    const rare = [...routine(100), `${time(100)} ERROR the pump went quiet`];
    const said = [
      'valve three opened',
      'a door stands ajar in the hall',
      'pressure',
      'we see more guests than seats tonight',
      'lamp seven changed from green to blue',
      'gardener: the roses want water',
      'snow on the roof',
      'second shift begins early on sundays',
      'nobody came to the morning call but two',
      'paper tray holds few sheets',
      'train from the north runs on track nine',
      'bell rang',
    ];
    const inflated = [
      ...routine(100),
      ...Array.from(
        { length: 120 },
        (_, at) => `${time(100 + at)} ERROR ${said[at % said.length]}`,
      ),
      `${time(230)} ERROR the pump went quiet`,
    ];
    const few = await severityOf(rare, 'the pump');
    const many = await severityOf(inflated, 'the pump');
    expect(few.prior).toBeGreaterThanOrEqual(3);
    expect(many.prior).toBeLessThan(few.prior - 0.5);
  });

  it('believes the level of one message that comes over and over', async () => {
    const storm = Array.from({ length: 500 }, (_, at) => `${time(at)} ERROR the pump went quiet`);
    expect((await severityOf([...routine(100), ...storm], 'the pump')).prior).toBeGreaterThan(2);
  });

  it('does not let one common failure make the others unremarkable', async () => {
    const storm = Array.from({ length: 500 }, (_, at) => `${time(at)} ERROR login refused`);
    const lines = [...routine(100), ...storm, `${time(700)} ERROR disk is broken`];
    const other = await severityOf(lines, 'disk is broken');
    const common = await severityOf(lines, 'login refused');
    expect(other.bits).toBeGreaterThan(common.bits * 1.5);
  });

  it('hears less in words that a log with warnings logs as routine', async () => {
    const told = `${time(50)} INFO request failed, client went away`;
    const sparing = [...routine(50), told, `${time(51)} WARN queue is long`];
    const flat = [...routine(50), told];
    expect((await severityOf(sparing, 'request failed')).prior).toBeLessThan(
      (await severityOf(flat, 'request failed')).prior,
    );
  });

  it('hears less where it is tried again, unless that goes on and on', async () => {
    const retries = (count: number): string[] =>
      Array.from({ length: count }, (_, at) => `${time(at)} WARN write failed, will retry in 5 s`);
    const plain = [...routine(100), `${time(101)} WARN write failed, stops now after 5 s`];
    const few = await severityOf([...routine(100), ...retries(2)], 'will retry');
    const many = await severityOf([...routine(100), ...retries(60)], 'will retry');
    const once = await severityOf(plain, 'write failed');
    expect(few.prior).toBeLessThan(once.prior - 0.5);
    expect(many.prior).toBeGreaterThanOrEqual(once.prior);
  });

  it('takes a dump of state for what it is, whatever its level', async () => {
    const lines = [
      ...routine(60),
      `${time(60)} FATAL machine check`,
      `${time(61)} FATAL byte ordering exception.....................0`,
      `${time(62)} FATAL machine state register: 0x00002000`,
    ];
    expect((await severityOf(lines, 'machine check')).prior).toBeGreaterThanOrEqual(3);
    expect((await severityOf(lines, 'byte ordering')).prior).toBeLessThan(1);
    expect((await severityOf(lines, 'state register')).prior).toBeLessThan(1);
  });
});
