import type { FollowUp, PanelState } from '../src/protocol/panelApi.ts';
import { notRecalling, recall, type Recall } from './recall.ts';

/** Parts that open on demand. */
export type Section = 'why' | 'removed' | 'compare' | 'timeline' | 'evidence';

/** Which form is open: remembering the report, confirming it, or confirming a past incident by its id. */
export type OpenForm = 'none' | 'save' | 'confirm' | `incident:${string}`;

/** Everything the page shows: what the host said and what the reader opened here. */
export interface ViewState {
  /** Null until the host has answered once. */
  readonly panel: PanelState | null;
  readonly open: readonly Section[];
  readonly form: OpenForm;
  /** What the reader typed and has not sent yet. */
  readonly question: string;
  /** Where the reader is among the questions asked before. */
  readonly recall: Recall;
  /** Which mark of the timeline the reader looks at, counted from 0; null until one is chosen. */
  readonly mark: number | null;
  /** The answer to the last thing the reader did here, or what went wrong; empty when there is none. */
  readonly notice: string;
}

export type ViewEvent =
  | { readonly kind: 'told'; readonly panel: PanelState }
  | { readonly kind: 'toggled'; readonly section: Section }
  | { readonly kind: 'form'; readonly form: OpenForm }
  | { readonly kind: 'typed'; readonly question: string }
  /** `-1` is the question before, `1` the one after. */
  | { readonly kind: 'recalled'; readonly step: -1 | 1 }
  | { readonly kind: 'asked' }
  | { readonly kind: 'marked'; readonly mark: number }
  | { readonly kind: 'noticed'; readonly notice: string };

export const initialState: ViewState = {
  panel: null,
  open: [],
  form: 'none',
  question: '',
  recall: notRecalling,
  mark: null,
  notice: '',
};

/** The next state of the page. Pure: the same state and event give the same result. */
export function reduce(state: ViewState, event: ViewEvent): ViewState {
  switch (event.kind) {
    case 'told':
      // A new run starts without the forms and words that belong to the old report.
      return event.panel.kind === 'working'
        ? { ...state, panel: event.panel, form: 'none', mark: null, notice: '' }
        : { ...state, panel: event.panel };
    case 'toggled':
      return {
        ...state,
        open: state.open.includes(event.section)
          ? state.open.filter((section) => section !== event.section)
          : [...state.open, event.section],
      };
    case 'form':
      return { ...state, form: event.form, notice: '' };
    case 'typed':
      return { ...state, question: event.question, recall: notRecalling };
    case 'recalled': {
      const next = recall(asked(state.panel), state.recall, state.question, event.step);
      return { ...state, question: next.text, recall: next.recall };
    }
    case 'asked':
      return { ...state, question: '', recall: notRecalling, notice: '' };
    case 'marked':
      return { ...state, mark: event.mark };
    case 'noticed':
      return { ...state, notice: event.notice };
  }
}

/** The questions asked so far, oldest first. */
export function asked(panel: PanelState | null): readonly string[] {
  return followUpsOf(panel).map(({ question }) => question);
}

/** Whether a question is being answered: another one waits until it is. */
export function isAnswering(panel: PanelState | null): boolean {
  return followUpsOf(panel).some(({ state }) => state === 'working');
}

function followUpsOf(panel: PanelState | null): readonly FollowUp[] {
  return panel !== null && 'report' in panel ? panel.report.followUps : [];
}

/**
 * What a reload may bring back; anything of another shape starts afresh. A report of an older version
 * lacks fields that the views read, so it counts as unknown: the host says what to show instead.
 */
export function restore(kept: unknown): ViewState {
  if (typeof kept !== 'object' || kept === null) return initialState;
  const { panel, open, question } = kept as Partial<Record<keyof ViewState, unknown>>;
  return {
    ...initialState,
    panel: isPanelState(panel) ? panel : null,
    open: Array.isArray(open) ? open : [],
    question: typeof question === 'string' ? question : '',
  };
}

function isPanelState(value: unknown): value is PanelState {
  if (!isRecord(value) || !isRecord(value['choices'])) return false;
  if (!('report' in value)) return typeof value['kind'] === 'string';
  const { report } = value;
  return (
    isRecord(report) &&
    isRecord(report['model']) &&
    isRecord(report['explanation']) &&
    Array.isArray(report['explanation']['sentences'])
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
