import type {
  FollowUp,
  ModelState,
  PanelChoices,
  PanelReport,
  PanelState,
  PanelSubject,
  ReportKind,
} from '../../protocol/panelApi.ts';
import type { Failure } from '../../protocol/rpc.ts';
import type { ExplainResult } from '../../protocol/workerApi.ts';

const kinds = {
  root_cause_found: 'found',
  probable: 'probable',
  inconclusive: 'inconclusive',
  no_incident: 'nothing-wrong',
} as const satisfies Record<ExplainResult['explanation']['verdict'], ReportKind>;

const interrupted: Failure = {
  reason: 'disconnected',
  message: 'The window was closed before the answer was there.',
  advice: 'Ask again.',
};

/** The state before anything is known. */
export function workingState(subject: PanelSubject, choices: PanelChoices): PanelState {
  return { kind: 'working', subject, choices, activity: 'reading the log', share: null };
}

/** The state that shows an answer. `now` is ISO 8601. */
export function reportState(
  subject: PanelSubject,
  choices: PanelChoices,
  { explanation, timeline, similar, milliseconds }: ExplainResult,
  now: string,
): PanelState {
  return {
    kind: kinds[explanation.verdict],
    subject,
    choices,
    report: {
      explanation,
      timeline,
      similar,
      writtenBy: explanation.source,
      privacy: 'nothing left this machine',
      writtenAt: now,
      milliseconds,
      stale: false,
      saved: null,
      followUps: [],
      model: { state: 'off' },
      offline: null,
      grade: null,
    },
  };
}

/** The report of a state, or null where it shows none. */
export function reportOf(state: PanelState): PanelReport | null {
  return 'report' in state ? state.report : null;
}

/** The state with a changed report; a state without one stays as it is. */
export function withReport(state: PanelState, change: Partial<PanelReport>): PanelState {
  if (!('report' in state)) return state;
  const report = { ...state.report, ...change };
  return { ...state, kind: kinds[report.explanation.verdict], report };
}

/** The state with what the language model is doing; a state without a report stays as it is. */
export function withModel(state: PanelState, model: ModelState): PanelState {
  return withReport(state, { model });
}

/** The state after something was sent to somebody, whatever came back. */
export function withReceiver(state: PanelState, provider: string): PanelState {
  return withReport(state, { privacy: `sent to ${provider}` });
}

/** The state with one follow-up added, or replaced where its id is known. */
export function withFollowUp(state: PanelState, followUp: FollowUp): PanelState {
  const report = reportOf(state);
  if (report === null) return state;
  const known = report.followUps.some(({ id }) => id === followUp.id);
  return withReport(state, {
    followUps: known
      ? report.followUps.map((other) => (other.id === followUp.id ? followUp : other))
      : [...report.followUps, followUp],
  });
}

/**
 * What a reload brings back. The page kept it for us, but an older version may have written it: what
 * does not name its logs and choices cannot be shown or asked again and counts as nothing. A question
 * that was being worked on when the window closed was not answered, by a model neither.
 */
export function restoredState(kept: unknown): PanelState | null {
  if (typeof kept !== 'object' || kept === null) return null;
  const state = kept as PanelState;
  const { subject, choices } = kept as Record<string, unknown>;
  if (!isSubject(subject) || !isChoices(choices)) return null;
  if (state.kind === 'working') {
    return { kind: 'error', subject, choices, failure: interrupted };
  }
  if (state.kind === 'error') return state;
  const report: unknown = reportOf(state);
  if (!isReport(report)) return null;
  const { followUps, model } = report;
  return withReport(state, {
    followUps: followUps.map((followUp) =>
      followUp.state === 'working'
        ? {
            id: followUp.id,
            question: followUp.question,
            state: 'failed',
            failure: interrupted,
          }
        : followUp,
    ),
    model:
      model.state === 'writing'
        ? {
            state: 'unavailable',
            provider: model.provider,
            message: interrupted.message,
            advice: interrupted.advice,
          }
        : model,
  });
}

function isReport(value: unknown): value is PanelReport {
  if (typeof value !== 'object' || value === null) return false;
  const { explanation, followUps, model } = value as Record<string, unknown>;
  return (
    typeof explanation === 'object' &&
    explanation !== null &&
    'sentences' in explanation &&
    Array.isArray(followUps) &&
    typeof model === 'object' &&
    model !== null
  );
}

function isChoices(value: unknown): value is PanelChoices {
  if (typeof value !== 'object' || value === null) return false;
  const { mode, model } = value as Record<string, unknown>;
  return (mode === 'full' || mode === 'fast') && typeof model === 'string';
}

function isSubject(value: unknown): value is PanelSubject {
  if (typeof value !== 'object' || value === null) return false;
  const { logs, line } = value as Record<string, unknown>;
  return (
    Array.isArray(logs) &&
    logs.length > 0 &&
    logs.every(
      (log: unknown) =>
        typeof log === 'object' && log !== null && 'uri' in log && typeof log.uri === 'string',
    ) &&
    (line === null || typeof line === 'number')
  );
}
