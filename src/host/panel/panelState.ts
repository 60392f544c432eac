import type {
  FollowUp,
  PanelReport,
  PanelState,
  PanelSubject,
  ReportKind,
} from '../../protocol/panelApi.ts';
import type { ExplainResult } from '../../protocol/workerApi.ts';

const kinds = {
  root_cause_found: 'found',
  probable: 'probable',
  inconclusive: 'inconclusive',
  no_incident: 'nothing-wrong',
} as const satisfies Record<ExplainResult['explanation']['verdict'], ReportKind>;

/** The state that shows an answer. `now` is ISO 8601. */
export function reportState(
  subject: PanelSubject,
  { explanation, timeline, similar, milliseconds }: ExplainResult,
  now: string,
): PanelState {
  return {
    kind: kinds[explanation.verdict],
    subject,
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
    },
  };
}

/** The report of a state, or null where it shows none. */
export function reportOf(state: PanelState): PanelReport | null {
  return 'report' in state ? state.report : null;
}

/** The state with a changed report; a state without one stays as it is. */
export function withReport(state: PanelState, change: Partial<PanelReport>): PanelState {
  return 'report' in state ? { ...state, report: { ...state.report, ...change } } : state;
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
 * does not name its logs cannot be shown or asked again and counts as nothing. A question that was
 * being worked on when the window closed was not answered.
 */
export function restoredState(kept: unknown): PanelState | null {
  if (typeof kept !== 'object' || kept === null) return null;
  const state = kept as PanelState;
  const kind: unknown = state.kind;
  if (!isSubject((kept as Record<string, unknown>)['subject'])) return null;
  const interrupted = {
    reason: 'disconnected',
    message: 'The window was closed before the answer was there.',
    advice: 'Ask again.',
  } as const;
  if (kind === 'working') return { kind: 'error', subject: state.subject, failure: interrupted };
  if (kind === 'error') return state;
  const report: unknown = reportOf(state);
  if (typeof report !== 'object' || report === null || !('explanation' in report)) return null;
  const { followUps } = report as PanelReport;
  return withReport(state, {
    followUps: followUps.map((followUp) =>
      followUp.state === 'working'
        ? { ...followUp, state: 'failed', failure: interrupted }
        : followUp,
    ),
  });
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
