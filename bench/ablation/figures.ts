/** What is measured of each variant; the mean of five seeds. */
export interface VariantFigures {
  readonly alertAp: number;
  readonly sessionAp: number;
  readonly sessionF1: number;
  /** At most one false finding in 10,000 lines. */
  readonly faultRecall: number;
  readonly faultMarked: number;
  /** Marked, in 10,000 lines. */
  readonly faultFalse: number;
  readonly ordinaryHigh: number;
  readonly ordinaryMarked: number;
}
