/**
 * What each feature of a block is worth, in nats, in the conditional logit of `rankBlocks`.
 * Printed by bench/build/fitBlockWeights.ts: fitted on half of the projects of the labelled build logs.
 */
export const blockWeights: Readonly<Record<string, number>> = {
  'in:expectation': 2.472,
  'in:cause': 1.67,
  'in:location': 2.392,
  'in:caret': 0.67,
  'in:frame': 0.132,
  'in:assertion': 0.829,
  'in:heading': 0.648,
  'in:failWord': 1.081,
  'in:errorPrefix': 2.666,
  'in:exception': 1.063,
  'in:errorCode': 0.596,
  'in:failToken': 0.826,
  'in:ok': -1.16,
  'in:progress': -0.249,
  'in:exitLine': 1.482,
  'in:warning': -0.394,
  'in:failedCount': 1.216,
  'in:excerpt': 2.505,
  'in:infoLevel': -3.307,
  consequenceAfter: 0.806,
  linesToEnd: -0.136,
  evidenceAbove: -0.336,
  commonness: -0.28,
  elsewhere: -1.209,
  laterRegion: -0.583,
  strongLines: 1.651,
  endsClose: 0.302,
  endsNearSilent: 2.193,
};
