// Every id that package.json contributes, once. test/manifest.test.ts compares the two.

export const commandIds = {
  explainRootCause: 'faultline.explainRootCause',
  explainFinding: 'faultline.explainFinding',
  explainWorkspace: 'faultline.explainWorkspace',
  askAboutLog: 'faultline.askAboutLog',
  nextFinding: 'faultline.nextFinding',
  previousFinding: 'faultline.previousFinding',
  nextOfKind: 'faultline.nextOfKind',
  showFindings: 'faultline.showFindings',
  markNormal: 'faultline.markNormal',
  showNormal: 'faultline.showNormal',
  saveIncident: 'faultline.saveIncident',
  searchIncidents: 'faultline.searchIncidents',
  manageIncidents: 'faultline.manageIncidents',
  chooseModel: 'faultline.chooseModel',
  setModelKey: 'faultline.setModelKey',
  removeModelKey: 'faultline.removeModelKey',
  forgetModelConsent: 'faultline.forgetModelConsent',
  toggle: 'faultline.toggle',
  analyseAgain: 'faultline.analyseAgain',
  cancelAnalysis: 'faultline.cancelAnalysis',
  showOutput: 'faultline.showOutput',
  getStarted: 'faultline.getStarted',
  openInViewer: 'faultline.openInViewer',
  openAsText: 'faultline.openAsText',
  openMerged: 'faultline.openMerged',
  openConcatenated: 'faultline.openConcatenated',
  openRotated: 'faultline.openRotated',
  followIdentifier: 'faultline.followIdentifier',
  followLog: 'faultline.followLog',
  viewerFind: 'faultline.viewer.find',
  viewerFindNext: 'faultline.viewer.findNext',
  viewerFindPrevious: 'faultline.viewer.findPrevious',
  viewerGoToLine: 'faultline.viewer.goToLine',
  viewerGoToTime: 'faultline.viewer.goToTime',
  viewerToggleWrap: 'faultline.viewer.toggleWrap',
  viewerHidePattern: 'faultline.viewer.hidePattern',
  viewerCopy: 'faultline.viewer.copy',
  viewerToggleDeltas: 'faultline.viewer.toggleDeltas',
  viewerToggleFollow: 'faultline.viewer.toggleFollow',
  toggleDeltas: 'faultline.toggleDeltas',
  goToTime: 'faultline.goToTime',
  sameMoment: 'faultline.sameMoment',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** Values of `faultline.model.provider`: none, an endpoint by name, a model of the editor. */
export const modelProviders = [
  'off',
  'openai',
  'groq',
  'gemini',
  'anthropic',
  'ollama',
  'lmstudio',
  'llamacpp',
  'custom',
  'editor',
] as const;

export const privacySettings = ['automatic', 'secrets', 'personal', 'templates'] as const;

export const explainModes = ['full', 'fast'] as const;

export const severityFloors = ['high', 'medium', 'low'] as const;

/** Settings with their defaults, without the prefix `faultline.`. */
export const settingDefaults = {
  enable: true,
  gutter: true,
  background: true,
  ruler: true,
  notes: true,
  deltas: false,
  minimumSeverity: 'medium',
  embeddings: true,
  formats: [],
  'offer.viewer': true,
  'offer.rotated': true,
  'explain.mode': 'full',
  'model.provider': 'off',
  'model.name': '',
  'model.url': '',
  'model.contextTokens': 0,
  'privacy.level': 'automatic',
  'incidents.similarity': 0.7,
  'incidents.limit': 5,
  'incidents.learning': true,
} as const;

/** Keys for `when` clauses; they speak of the active editor. */
export const contextKeys = {
  isLog: 'faultline.isLog',
  hasFindings: 'faultline.hasFindings',
  /** The editor shows it and hands it to no extension. */
  isOversized: 'faultline.isOversized',
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

/** The type of the log viewer, a custom editor. */
export const viewerViewType = 'faultline.viewer';

/** Names the walkthrough among those of all extensions. */
export const walkthroughId = 'faultline.faultline#start';

/** Addresses of documents that show what a language model would be sent. */
export const payloadScheme = 'faultline-payload';

/** Their language: it only wraps long lines, so that all of it can be read. */
export const payloadLanguage = 'faultline-payload';

export const logLanguage = 'log';
