import type { LogView, SessionTable } from '../detect/logView.ts';
import { SessionGrouping } from '../detect/sessions.ts';
import { scoreSessions, type SessionScore } from '../detect/sessionScores.ts';
import { decodeLog } from '../record/decodeLog.ts';
import type { LogText } from '../record/logText.ts';
import type { AnalysisOptions } from './options.ts';
import { readView, signalOf } from './readView.ts';

const newline = 10;

/** Good runs and the log as one text, so that both are mined into the same templates. */
function joinLogs(log: LogText, good: readonly LogText[]): { joined: LogText; goodLines: number } {
  const parts: Uint8Array[] = [];
  let goodLines = 0;
  for (const run of good) {
    if (run.bytes.length === 0) continue;
    parts.push(run.bytes);
    goodLines += run.lineCount;
    if (run.bytes.at(-1) !== newline) parts.push(Uint8Array.of(newline));
  }
  parts.push(log.bytes);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { joined: decodeLog(log.path, bytes), goodLines };
}

/**
 * The view with the log's records grouped as the good runs are. Where the log repeats the identifiers
 * of these, in both together they look like names of places, which stay.
 */
function regrouped(view: LogView, boundary: number): LogView {
  const { log, records, templates } = view;
  const grouping = new SessionGrouping(log, { ...records, count: boundary }, templates);
  return { ...view, sessions: grouping.extend(log, records, templates, boundary) };
}

/** Sessions cut where the good runs end: what continues in the log is a session of its own. */
function splitSessions(
  view: LogView,
  boundary: number,
): { sessions: SessionTable; trains: Uint8Array } {
  const { sessions } = view;
  const ids: string[] = [];
  const offsets: number[] = [0];
  const trains: number[] = [];
  const members: number[] = [];
  for (const [session, id] of sessions.ids.entries()) {
    const all = sessions.members.subarray(sessions.offsets[session], sessions.offsets[session + 1]);
    for (const good of [true, false]) {
      const part = all.filter((record) => record < boundary === good);
      if (part.length === 0) continue;
      ids.push(id);
      for (const record of part) members.push(record);
      offsets.push(members.length);
      trains.push(good ? 1 : 0);
    }
  }
  return {
    sessions: {
      ...sessions,
      ids,
      offsets: Uint32Array.from(offsets),
      members: Uint32Array.from(members),
    },
    trains: Uint8Array.from(trains),
  };
}

/**
 * Scores every session of a log, with good runs as the only teachers where there are some.
 * @throws EngineError `aborted`
 */
export async function scoreLogSessions(
  log: LogText,
  options: AnalysisOptions = {},
): Promise<SessionScore[]> {
  const seed = options.seed === undefined ? {} : { seed: options.seed };
  const common = { ...signalOf(options), ...seed };
  const good = options.baseline ?? [];
  if (good.length === 0) return scoreSessions(await readView(log, options), common);
  const { joined, goodLines } = joinLogs(log, good);
  let view = await readView(joined, options);
  let boundary = 0;
  while (boundary < view.records.count && (view.records.firstLine[boundary] ?? 0) < goodLines) {
    boundary += 1;
  }
  if (view.sessions.kind === 'window') view = regrouped(view, boundary);
  const { sessions, trains } = splitSessions(view, boundary);
  // Windows of a joined text would mix both; they are judged without teachers.
  if (sessions.kind === 'window') return scoreSessions(await readView(log, options), common);
  const scores = await scoreSessions(
    { ...view, sessions },
    { ...common, teaching: { trains, runs: [0, boundary] } },
  );
  const shift = (lines: readonly number[]): number[] =>
    lines.filter((line) => line > goodLines).map((line) => line - goodLines);
  return scores
    .filter((_, session) => trains[session] === 0)
    .map((score) => ({
      ...score,
      lines: shift(score.lines),
      reasons: score.reasons.map((reason) => ({ ...reason, lines: shift(reason.lines) })),
    }));
}
