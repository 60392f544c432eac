import { detectFindings, defaultSeed } from './detectFindings.ts';
import type { Reason } from './finding.ts';
import type { LogView } from './logView.ts';
import { sessionReasons } from './sessionEvidence.ts';
import { learnSessions, type SessionTeaching } from './sessionModel.ts';
import { fitted } from './words.ts';

/** How unusual one session is; normal ones are scored as well. */
export interface SessionScore {
  readonly id: string;
  /** What groups the records, e.g. `blk_<*>` or `100 records`. */
  readonly identifier: string;
  /** 0..1: higher is more unusual; comparable within one log. */
  readonly score: number;
  readonly flagged: boolean;
  /** First line of each of its records, 1-based. */
  readonly lines: readonly number[];
  readonly reasons: readonly Reason[];
}

export interface ScoreOptions {
  readonly signal?: AbortSignal;
  readonly seed?: number;
  /** Which sessions teach what is usual, where some are known to be good. */
  readonly teaching?: SessionTeaching;
}

/** Bits to 0..1, ten bits to one half. */
function share(bits: number): number {
  return 1 - 2 ** (-Math.max(0, bits) / 10);
}

/**
 * Scores every session of a log: against all its sessions, or, where some are known to be good,
 * against those. Windows carry no rules of their own; they take the evidence of their lines.
 * @throws EngineError `aborted`
 */
export async function scoreSessions(
  view: LogView,
  options: ScoreOptions = {},
): Promise<SessionScore[]> {
  const { sessions, records } = view;
  const seed = options.seed ?? defaultSeed;
  const linesOf = (session: number): number[] =>
    Array.from(
      sessions.members.subarray(sessions.offsets[session], sessions.offsets[session + 1]),
      (record) => records.firstLine[record]! + 1,
    );
  const { identifier } = sessions;
  if (sessions.kind === 'window') return scoreWindows(view, options, linesOf);
  const model = learnSessions(view, seed, options.teaching);
  return sessions.ids.map((id, session) => {
    const lines = linesOf(session);
    if (model === null) return { id, identifier, score: 0, flagged: false, lines, reasons: [] };
    const verdict = model.judge(view, session);
    const reasons = sessionReasons(view, model, session, verdict);
    return {
      id,
      identifier,
      score: share(verdict.score),
      flagged: verdict.flagged,
      lines,
      reasons: reasons.map(({ evidence, weight }) => ({
        family: evidence.family,
        bits: evidence.bits * weight,
        ...fitted(evidence.describe()),
        lines: evidence.shows.map((record) => records.firstLine[record]! + 1),
      })),
    };
  });
}

async function scoreWindows(
  view: LogView,
  options: ScoreOptions,
  linesOf: (session: number) => number[],
): Promise<SessionScore[]> {
  const findings = await detectFindings(view, options);
  const { identifier } = view.sessions;
  // Each line that a finding covers, with the finding's place in the list.
  const findingAt = new Map<number, number>();
  for (const [index, finding] of findings.entries()) {
    for (const line of [finding.line, ...finding.repeats]) {
      if (!findingAt.has(line)) findingAt.set(line, index);
    }
  }
  return view.sessions.ids.map((id, session) => {
    const lines = linesOf(session);
    let best = findings.length;
    for (const line of lines) best = Math.min(best, findingAt.get(line) ?? best);
    const finding = findings[best];
    return {
      id,
      identifier,
      score: finding?.score ?? 0,
      flagged: finding !== undefined && finding.severity !== 'low',
      lines,
      reasons: finding?.reasons ?? [],
    };
  });
}
