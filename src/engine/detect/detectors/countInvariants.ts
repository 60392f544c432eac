import type { SessionMatrix } from '../sessionMatrix.ts';
import { bitsOf } from '../numeric/statistics.ts';

/** What almost all sessions keep: a count, or a relation of two counts. */
export interface CountInvariant {
  readonly kind: 'constant' | 'difference' | 'ratio';
  readonly left: number;
  /** Column, or -1 for `constant`. */
  readonly right: number;
  /** The count, the difference left - right, or the factor k of left = k × right. */
  readonly value: number;
  /** Sessions that keep it and sessions it was judged on. */
  readonly kept: number;
  readonly judged: number;
  /** Rate of violation as evidence, leave-one-out: -log2((violations - 1 + 0.5) / judged). */
  readonly bits: number;
}

export interface CountInvariants {
  readonly invariants: readonly CountInvariant[];
  /** Per row: indexes of the violated invariants, strongest first. */
  readonly violated: readonly (readonly number[])[];
}

export interface InvariantOptions {
  /** Least share of sessions that keep an invariant. */
  readonly support: number;
  /** Whether rules that every training session keeps count: only where those are known to be good. */
  readonly unbroken: boolean;
}

/** Fewer sessions do not make a rule. */
const fewestSessions = 40;
/** Both templates of a pair stand in at least this share of the sessions. */
const pairPresence = 0.2;

function keeps(rows: Float32Array, base: number, invariant: CountInvariant): boolean {
  const left = rows[base + invariant.left]!;
  if (invariant.kind === 'constant') return left === invariant.value;
  const right = rows[base + invariant.right]!;
  if (invariant.kind === 'difference') return left - right === invariant.value;
  return left === right * invariant.value;
}

/**
 * Rules that nearly all sessions keep (after invariant mining, Lou et al. 2010, without the search:
 * constants, differences and small ratios of two counts). Counts in proportion to the unique rows.
 * A pair is dropped where the constants of its two templates already say the same.
 */
export function findCountInvariants(
  matrix: SessionMatrix,
  options: InvariantOptions,
): CountInvariants {
  const { width, rows, rowCount, weights, total } = matrix;
  const none = { invariants: [], violated: Array.from({ length: rowCount }, () => []) };
  if (total < fewestSessions) return none;

  const presence = new Float64Array(width);
  for (let row = 0; row < rowCount; row += 1) {
    for (let column = 0; column < width; column += 1) {
      if (rows[row * width + column]! > 0) presence[column] = presence[column]! + weights[row]!;
    }
  }
  const invariants: CountInvariant[] = [];
  const tally = new Map<number, number>();
  const accept = (kept: number): boolean =>
    kept >= total * options.support && (options.unbroken || kept < total);
  const evidence = (kept: number): number => bitsOf((Math.max(0, total - kept - 1) + 0.5) / total);
  const mode = (): [number, number] => {
    let value = 0;
    let kept = 0;
    for (const [candidate, mass] of tally) {
      if (mass > kept) {
        value = candidate;
        kept = mass;
      }
    }
    return [value, kept];
  };

  /** Columns whose count is the same in all or nearly all sessions. */
  const settled = new Uint8Array(width);
  for (let column = 0; column < width; column += 1) {
    if (presence[column] === 0 && !options.unbroken) continue;
    tally.clear();
    for (let row = 0; row < rowCount; row += 1) {
      if (weights[row] === 0) continue;
      const count = rows[row * width + column]!;
      tally.set(count, (tally.get(count) ?? 0) + weights[row]!);
    }
    const [value, kept] = mode();
    if (kept === total) settled[column] = 1;
    if (!accept(kept)) continue;
    settled[column] = 1;
    invariants.push({
      kind: 'constant',
      left: column,
      right: -1,
      value,
      kept,
      judged: total,
      bits: evidence(kept),
    });
  }
  const constants = invariants.length;

  const common: number[] = [];
  for (let column = 0; column < width; column += 1) {
    if (presence[column]! >= total * pairPresence && matrix.columnTemplate[column]! >= 0) {
      common.push(column);
    }
  }
  for (const [position, left] of common.entries()) {
    for (const right of common.slice(position + 1)) {
      tally.clear();
      let double = 0;
      let half = 0;
      let triple = 0;
      let third = 0;
      for (let row = 0; row < rowCount; row += 1) {
        const weight = weights[row]!;
        if (weight === 0) continue;
        const a = rows[row * width + left]!;
        const b = rows[row * width + right]!;
        tally.set(a - b, (tally.get(a - b) ?? 0) + weight);
        if (a === 2 * b) double += weight;
        if (b === 2 * a) half += weight;
        if (a === 3 * b) triple += weight;
        if (b === 3 * a) third += weight;
      }
      const [value, kept] = mode();
      const candidates: CountInvariant[] = [];
      const pair = (
        kind: 'difference' | 'ratio',
        first: number,
        second: number,
        factor: number,
        mass: number,
      ): void => {
        if (accept(mass)) {
          candidates.push({
            kind,
            left: first,
            right: second,
            value: factor,
            kept: mass,
            judged: total,
            bits: evidence(mass),
          });
        }
      };
      pair('difference', left, right, value, kept);
      pair('ratio', left, right, 2, double);
      pair('ratio', right, left, 2, half);
      pair('ratio', left, right, 3, triple);
      pair('ratio', right, left, 3, third);
      const impliedByConstants = settled[left] === 1 && settled[right] === 1;
      if (candidates.length === 0 || impliedByConstants) continue;
      candidates.sort((a, b) => b.kept - a.kept);
      invariants.push(candidates[0]!);
    }
  }
  // A relation that holds for no other reason than that both counts are constant adds nothing;
  // neither does a weaker one between templates that a stronger one already ties.
  const relations = invariants.slice(constants).sort((a, b) => b.kept - a.kept || a.left - b.left);
  const parent = Array.from({ length: width }, (_, column) => column);
  const find = (column: number): number => {
    let at = column;
    while (parent[at] !== at) at = parent[at]!;
    return at;
  };
  const chosen = invariants.slice(0, constants);
  for (const relation of relations) {
    const left = find(relation.left);
    const right = find(relation.right);
    if (left === right) continue;
    parent[left] = right;
    chosen.push(relation);
  }

  const violated: number[][] = [];
  for (let row = 0; row < rowCount; row += 1) {
    const list: number[] = [];
    for (const [index, invariant] of chosen.entries()) {
      if (!keeps(rows, row * width, invariant)) list.push(index);
    }
    list.sort((a, b) => chosen[b]!.bits - chosen[a]!.bits || a - b);
    violated.push(list);
  }
  return { invariants: chosen, violated };
}
