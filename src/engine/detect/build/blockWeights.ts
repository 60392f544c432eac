/**
 * What each feature of a block is worth, in nats, in the conditional logit of `rankBlocks`.
 * Printed by bench/build/fitBlockWeights.ts: fitted on half of the projects of the labelled build logs.
 */
export const blockWeights: Readonly<Record<string, number>> = {
  'in:expectation': 2.48,
  'in:cause': 1.667,
  'in:location': 2.395,
  'in:caret': 0.686,
  'in:frame': 0.132,
  'in:assertion': 0.819,
  'in:heading': 0.65,
  'in:failWord': 1.084,
  'in:errorPrefix': 2.672,
  'in:exception': 1.07,
  'in:errorCode': 0.613,
  'in:failToken': 0.838,
  'in:ok': -1.165,
  'in:progress': -0.276,
  'in:exitLine': 1.557,
  'in:warning': -0.401,
  'in:failedCount': 1.23,
  'in:excerpt': 2.497,
  'in:infoLevel': -3.334,
  consequenceAfter: 0.786,
  linesToEnd: -0.136,
  evidenceAbove: -0.336,
  commonness: -0.265,
  elsewhere: -1.329,
  laterRegion: -0.597,
  strongLines: 1.66,
  endsClose: 0.291,
  endsNearSilent: 2.188,
};
