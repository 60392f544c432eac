import { lineTrait } from './comparedRun.ts';
import type { ComparedRun } from './comparedRun.ts';

/** A way in which a run differs although nothing that is new in it speaks of failure. */
export interface Drift {
  readonly kind:
    'new' | 'gone' | 'ends early' | 'more often' | 'less often' | 'slower' | 'earlier' | 'later';
  /** 0-based line at which it shows, or after which it is missing. */
  readonly line: number;
  /** Lines that it covers; none for what is missing. */
  readonly lines: readonly number[];
  readonly template: number;
  readonly bits: number;
  readonly observed: string;
  readonly expected: string;
}

/** Bits below which a difference is not told, and beyond which more say nothing. */
export const minBits = 6;
export const maxBits = 12;

/** Lines of each template, heads of records only. */
export function countsOf(run: ComparedRun): Map<number, number[]> {
  const lines = new Map<number, number[]>();
  for (let line = 0; line < run.count; line += 1) {
    if ((run.traits[line]! & (lineTrait.blank | lineTrait.continued)) !== 0) continue;
    const template = run.template[line]!;
    const known = lines.get(template);
    if (known === undefined) lines.set(template, [line]);
    else known.push(line);
  }
  return lines;
}
