import type { PanelLog, PanelSubject } from '../protocol/panelApi.ts';
import { nameOf, pathOf } from './logDocuments.ts';
import type { OpenLog } from './openLog.ts';
import { isFileLog, logKey } from './openLog.ts';
import type { Origin } from './shownLog.ts';

/** A log as a report names it. */
export function panelLog(log: OpenLog): PanelLog {
  // Evidence names what the engine read.
  const path = isFileLog(log) ? log.path : pathOf(log.uri);
  return { path, name: nameOf(log.uri), uri: logKey(log) };
}

/** A line of a log, beside other logs. */
export function subjectAt({ log, line }: Origin, beside: readonly OpenLog[]): PanelSubject {
  const others = beside.filter((other) => logKey(other) !== logKey(log));
  return { logs: [log, ...others].map(panelLog), line: line + 1 };
}
