import type { Random } from '../../engine/base/random.ts';
import type { Draw, Statement, Step } from './logStyle.ts';

export function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

export function pick<Item>(random: Random, list: readonly Item[]): Item {
  return list[Math.min(list.length - 1, Math.floor(random() * list.length))]!;
}

/** A normal variate (Box-Muller 1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A waiting time with the given mean, exponentially distributed. */
export function waiting(random: Random, mean: number): number {
  return -Math.log(1 - random()) * mean;
}

/** Durations and sizes: log-normal around a median, within six sigma. */
export function around(median: number, sigma = 0.5, digits = 0): Draw {
  return (random) =>
    (median * Math.exp(Math.max(-6, Math.min(6, normal(random))) * sigma)).toFixed(digits);
}

export function integer(low: number, high: number): Draw {
  return (random) => String(between(random, low, high));
}

/** Ids that count up, with small gaps: process numbers, sequence numbers. */
export function rising(first: number, step: number): Draw {
  return (random, ordinal) => String(first + ordinal * step + Math.floor(random() * step));
}

/** One of a list; an item that stands there more often comes more often. */
export function oneOf(...list: readonly string[]): Draw {
  return (random) => pick(random, list);
}

/** A list with weights: `{ '200': 90, '304': 9 }`. */
export function weighted(weights: Readonly<Record<string, number>>): Draw {
  const list = Object.entries(weights);
  const total = list.reduce((sum, [, weight]) => sum + weight, 0);
  return (random) => {
    let left = random() * total;
    for (const [value, weight] of list) {
      left -= weight;
      if (left < 0) return value;
    }
    return list[0]![0];
  };
}

export function hexadecimal(length: number): Draw {
  return (random) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
}

export function address(prefix: string): Draw {
  return (random) => `${prefix}.${between(random, 0, 9)}.${between(random, 2, 250)}`;
}

export function uuid(): Draw {
  const hex = hexadecimal(32);
  return (random, ordinal) => {
    const all = hex(random, ordinal);
    return [8, 13, 18, 23].reduce((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, all);
  };
}

export function joined(separator: string, ...parts: readonly Draw[]): Draw {
  return (random, ordinal) => parts.map((part) => part(random, ordinal)).join(separator);
}

export function prefixed(prefix: string, draw: Draw): Draw {
  return (random, ordinal) => `${prefix}${draw(random, ordinal)}`;
}

/** A statement of a program, in the order in which it stands on a line. */
export function say(level: Statement['level'], source: string, text: string): Statement {
  return { level, source, text };
}

/** A step that always happens once. */
export function step(after: number, statement: Statement): Step {
  return { say: statement, after };
}

/** A step that happens in a share of the sessions. */
export function maybe(chance: number, after: number, statement: Statement): Step {
  return { say: statement, after, chance };
}

/** A step that happens several times in a row. */
export function loop(low: number, high: number, after: number, statement: Statement): Step {
  return { say: statement, after, times: [low, high] };
}
