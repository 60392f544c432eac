/** What can speak for or against the first hypothesis. */
export type SignName =
  | 'weight'
  | 'margin'
  | 'strength'
  | 'trace'
  | 'effects'
  | 'marked'
  | 'isNew'
  | 'first'
  | 'similar'
  | 'changed'
  | 'undone'
  | 'severalLogs'
  | 'unknown'
  | 'symptom'
  | 'unclocked'
  | 'alone'
  | 'contested';

export interface ConfidenceTable {
  /** Log odds, to the base e, of a hypothesis for which nothing speaks. */
  readonly base: number;
  /** What each sign adds where it holds in full. */
  readonly signs: Readonly<Record<SignName, number>>;
  /** Log odds that logs in which nothing was found have no incident, and what each weak sign takes. */
  readonly quiet: { readonly base: number; readonly weakSign: number };
}

/** Before anything was measured: the fit is held to these. */
export const expectedConfidence: ConfidenceTable = {
  base: -2.1,
  signs: {
    weight: 2.4,
    margin: 1.1,
    strength: 0.8,
    trace: 0.5,
    effects: 0.4,
    marked: 0.3,
    isNew: 0.5,
    first: 0.3,
    similar: 0.6,
    changed: 0.2,
    undone: 0.4,
    severalLogs: 0.3,
    unknown: -1.1,
    symptom: -0.5,
    unclocked: -0.3,
    alone: -0.5,
    contested: -0.2,
  },
  quiet: { base: 2.2, weakSign: -0.15 },
};

/** What computed confidence rests on. */
export const confidenceTable: ConfidenceTable = expectedConfidence;
