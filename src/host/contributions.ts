// Every id that package.json contributes, once. test/manifest.test.ts compares the two.

export const commandIds = {
  explainRootCause: 'faultline.explainRootCause',
  explainFinding: 'faultline.explainFinding',
  nextFinding: 'faultline.nextFinding',
  previousFinding: 'faultline.previousFinding',
  nextOfKind: 'faultline.nextOfKind',
  showFindings: 'faultline.showFindings',
  markNormal: 'faultline.markNormal',
  showNormal: 'faultline.showNormal',
  saveIncident: 'faultline.saveIncident',
  toggle: 'faultline.toggle',
  analyseAgain: 'faultline.analyseAgain',
  cancelAnalysis: 'faultline.cancelAnalysis',
  showOutput: 'faultline.showOutput',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];

export const severityFloors = ['high', 'medium', 'low'] as const;

/** Settings with their defaults, without the prefix `faultline.`. */
export const settingDefaults = {
  enable: true,
  gutter: true,
  background: true,
  ruler: true,
  notes: true,
  minimumSeverity: 'medium',
  embeddings: true,
} as const;

/** Keys for `when` clauses; they speak of the active editor. */
export const contextKeys = {
  isLog: 'faultline.isLog',
  hasFindings: 'faultline.hasFindings',
} as const;

/** Colours that a theme may set. */
export const colorIds = {
  high: 'faultline.high',
  medium: 'faultline.medium',
  repeat: 'faultline.repeat',
  highBackground: 'faultline.highBackground',
  mediumBackground: 'faultline.mediumBackground',
  highBorder: 'faultline.highBorder',
  mediumBorder: 'faultline.mediumBorder',
} as const;

/** The type of the panel's webview, for its serializer. */
export const panelViewType = 'faultline.rootCause';

export const logLanguage = 'log';
