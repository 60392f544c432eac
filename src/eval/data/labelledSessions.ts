import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { decodeLog } from '../../engine/record/decodeLog.ts';
import type { LogText } from '../../engine/record/logText.ts';
import { logsIn, readLog, readText } from './files.ts';

/** A log and, per session id, whether the session is anomalous. */
export interface LabelledSessions {
  readonly log: LogText;
  readonly anomalous: ReadonlyMap<string, boolean>;
}

const labelFile = /^anomaly_label\.csv(\.gz)?$/;

export function holdsLabelledSessions(folder: string): boolean {
  return readdirSync(folder).some((name) => labelFile.test(name)) && logsIn(folder).length > 0;
}

/**
 * The log of a folder with `anomaly_label.csv`: rows of an id and `Normal` or `Anomaly`.
 * @throws Error when a file cannot be read
 */
export function labelledSessions(folder: string): LabelledSessions {
  const anomalous = new Map<string, boolean>();
  for (const line of readText(join(folder, 'anomaly_label.csv')).split('\n').slice(1)) {
    const [id = '', label = ''] = line.trim().split(',');
    if (id !== '') anomalous.set(id, label === 'Anomaly');
  }
  return { log: readLog(join(folder, logsIn(folder)[0] ?? '')), anomalous };
}

/** The lines of the sessions that are wanted, as a log of their own. */
export function linesOfSessions(
  { log, anomalous }: LabelledSessions,
  wanted: (id: string) => boolean,
): LogText {
  const kept: string[] = [];
  for (const line of Buffer.from(log.bytes).toString('utf8').split('\n')) {
    const id = sessionOf(line, anomalous);
    if (id !== undefined && wanted(id)) kept.push(line);
  }
  return decodeLog(log.path, new TextEncoder().encode(`${kept.join('\n')}\n`));
}

/** Ids of the earlier half of the labelled sessions, by their first line. */
export function earlySessions({ log, anomalous }: LabelledSessions): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const line of Buffer.from(log.bytes).toString('utf8').split('\n')) {
    const id = sessionOf(line, anomalous);
    if (id !== undefined) seen.add(id);
  }
  return new Set([...seen].slice(0, anomalous.size >> 1));
}

/** Ids are words of a line; which ones is what the labels say. */
function sessionOf(line: string, anomalous: ReadonlyMap<string, boolean>): string | undefined {
  return line.match(/[\w-]+/g)?.find((word) => anomalous.has(word));
}
