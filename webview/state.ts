import type { PanelState } from '../src/protocol/panelApi.ts';

/** Sections that open on demand. */
export type Section = 'evidence' | 'timeline' | 'confidence';

/** Which form is open: remembering the report, or correcting what was remembered. */
export type OpenForm = 'none' | 'save' | 'confirm';

/** Everything the page shows: what the host said and what the reader opened here. */
export interface ViewState {
  /** Null until the host has answered once. */
  readonly panel: PanelState | null;
  readonly open: readonly Section[];
  readonly form: OpenForm;
  /** What the reader typed and has not sent yet. */
  readonly question: string;
  /** The answer to the last thing the reader did here, or what went wrong; empty when there is none. */
  readonly notice: string;
}

export type ViewEvent =
  | { readonly kind: 'told'; readonly panel: PanelState }
  | { readonly kind: 'toggled'; readonly section: Section }
  | { readonly kind: 'form'; readonly form: OpenForm }
  | { readonly kind: 'typed'; readonly question: string }
  | { readonly kind: 'asked' }
  | { readonly kind: 'noticed'; readonly notice: string };

export const initialState: ViewState = {
  panel: null,
  open: [],
  form: 'none',
  question: '',
  notice: '',
};

/** The next state of the page. Pure: the same state and event give the same result. */
export function reduce(state: ViewState, event: ViewEvent): ViewState {
  switch (event.kind) {
    case 'told':
      // A new run starts without the forms and words that belong to the old report.
      return event.panel.kind === 'working'
        ? { ...state, panel: event.panel, form: 'none', notice: '' }
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
      return { ...state, question: event.question };
    case 'asked':
      return { ...state, question: '' };
    case 'noticed':
      return { ...state, notice: event.notice };
  }
}

/** What a reload may bring back; anything of another shape starts afresh. */
export function restore(kept: unknown): ViewState {
  if (typeof kept !== 'object' || kept === null) return initialState;
  const { panel, open, question } = kept as Partial<ViewState>;
  const known = typeof panel === 'object' && panel !== null && 'kind' in panel ? panel : null;
  return {
    ...initialState,
    panel: known,
    open: Array.isArray(open) ? open : [],
    question: typeof question === 'string' ? question : '',
  };
}
