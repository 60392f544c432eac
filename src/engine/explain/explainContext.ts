import type { SimilarIncident } from '../incident/incident.ts';
import type { AnalysedLog } from './analysedLog.ts';
import type { EvidenceList } from './evidence.ts';
import type { Coverage, ExplainMode } from './explanation.ts';
import type { OwnNames } from './ownCode.ts';
import type { Mention } from './question.ts';

/** What every part of an explanation draws on. */
export interface ExplainContext {
  readonly mode: ExplainMode;
  readonly analyses: readonly AnalysedLog[];
  readonly own: OwnNames;
  readonly evidence: EvidenceList;
  readonly similar: readonly SimilarIncident[];
  readonly mentions: readonly Mention[];
  readonly answer: string;
  readonly coverage: Coverage;
  /** The logs lie in more than one folder. */
  readonly severalFolders: boolean;
}
