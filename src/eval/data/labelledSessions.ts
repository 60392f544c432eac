import { readdirSync } from 'node:fs';
import { join } from 'node:path';
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
