import type { SessionTable } from '../detect/logView.ts';
import { grouped } from '../explain/words.ts';

/** How the records of a log were grouped, as the reader is told. */
export interface SessionsSummary {
  readonly kind: SessionTable['kind'];
  /** `blk_<*>`; for windows their size: `100 records`. */
  readonly identifier: string;
  readonly count: number;
  /** Share of the records that belong to a session, 0..1. */
  readonly share: number;
}

export function sessionsSummary(sessions: SessionTable): SessionsSummary {
  const { kind, identifier, ids, coverage } = sessions;
  return { kind, identifier, count: ids.length, share: coverage };
}

/**
 * `sessions by blk_<*> (5,750)`, or that there is no id and what stands in; empty for a log without
 * records.
 * @param count the number of sessions as the reader's locale writes it
 */
export function sessionsText(
  summary: Pick<SessionsSummary, 'kind' | 'identifier' | 'count'>,
  count = grouped(summary.count),
): string {
  if (summary.count === 0) return '';
  return summary.kind === 'identifier'
    ? `sessions by ${summary.identifier} (${count})`
    : `no session id found: windows of ${summary.identifier}`;
}
