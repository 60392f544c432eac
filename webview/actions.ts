import type { IncidentText } from '../src/protocol/panelApi.ts';
import type { OpenForm, Section } from './state.ts';

/** What the reader can do. Views call these and know no transport. */
export interface Actions {
  readonly open: (path: string, line: number, endLine: number) => void;
  readonly toggle: (section: Section) => void;
  readonly showForm: (form: OpenForm) => void;
  readonly save: (text: IncidentText) => void;
  readonly confirm: (id: string, status: 'confirmed' | 'rejected', text: IncidentText) => void;
  readonly type: (question: string) => void;
  readonly ask: (question: string) => void;
  readonly copy: () => void;
  readonly exportReport: () => void;
  readonly retry: () => void;
  readonly cancel: () => void;
}
