import type { PanelLog } from '../protocol/panelApi.ts';
import { nameOf, pathOf } from './logDocuments.ts';
import type { OpenLog } from './openLog.ts';
import { logKey } from './openLog.ts';

/** A log as a report names it. */
export function panelLog(log: OpenLog): PanelLog {
  return { path: pathOf(log.uri), name: nameOf(log.uri), uri: logKey(log) };
}
