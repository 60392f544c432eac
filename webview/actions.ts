import type {
  ExplainMode,
  ExportFormat,
  Grade,
  IncidentText,
  Suspect,
} from '../src/protocol/panelApi.ts';
import type { OpenForm, Section } from './state.ts';

/** What the reader can do. Views call these and know no transport. */
export interface Actions {
  readonly open: (path: string, line: number, endLine: number) => void;
  readonly openSource: (suspect: Suspect) => void;
  readonly toggle: (section: Section) => void;
  readonly showForm: (form: OpenForm) => void;
  readonly save: (text: IncidentText) => void;
  readonly confirm: (id: string, status: 'confirmed' | 'rejected', text: IncidentText) => void;
  readonly grade: (grade: Grade) => void;
  readonly type: (question: string) => void;
  readonly recall: (step: -1 | 1) => void;
  readonly ask: (question: string) => void;
  readonly cancelAsk: () => void;
  readonly lookAtMark: (mark: number) => void;
  readonly copy: (as: 'markdown' | 'issue') => void;
  /** Puts a piece of the report on the clipboard, such as a command; it is never run. */
  readonly copyText: (text: string) => void;
  readonly exportAs: (format: ExportFormat) => void;
  readonly setMode: (mode: ExplainMode) => void;
  readonly chooseModel: () => void;
  readonly askModel: () => void;
  readonly stopModel: () => void;
  readonly showPayload: () => void;
  readonly retry: () => void;
  readonly cancel: () => void;
  readonly dismissNotice: () => void;
}
