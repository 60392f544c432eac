import type { Random } from '../../engine/base/random.ts';
import type { Family } from '../../engine/detect/finding.ts';
import type { Entry, FaultBase } from './logStyle.ts';

/** The kinds of fault that are planted, with the families of evidence that name each. */
export const faultKinds = {
  'new error': ['severity', 'rarity', 'text'],
  'wrong order': ['order', 'count'],
  'missing event': ['count', 'order'],
  'value outlier': ['value'],
  'rare category': ['value', 'rarity'],
  burst: ['rate'],
  silence: ['gap'],
  'slow gap': ['gap'],
  'level shift': ['severity', 'rarity'],
  'stack trace': ['severity', 'rarity', 'text'],
  'duplicated event': ['count', 'order', 'rate'],
  'truncated session': ['count', 'order'],
} as const satisfies Record<string, readonly Family[]>;

export type FaultKind = keyof typeof faultKinds;

/** What was done to a log. */
export interface Plant {
  readonly kind: FaultKind;
  /** Entries that show it. */
  readonly shows: readonly Entry[];
  /** Entries whose neighbours in the file show it as well, because it is about what is not there. */
  readonly beside: readonly Entry[];
  /** A session that as a whole shows it, or null. */
  readonly session: number | null;
}

/** A log while faults are planted. Entries are its own copies and change in place. */
export interface Workpiece {
  readonly base: FaultBase;
  readonly random: Random;
  entries: Changing[];
  /** Entries that a fault concerns already. */
  readonly used: Set<Entry>;
}

export type Changing = { -readonly [Key in keyof Entry]: Entry[Key] };

/** Plants one fault, or returns null where this log offers no place for it. */
export type Planter = (work: Workpiece) => Plant | null;
