import type { AnalysedLog } from '../../engine/explain/analysedLog.ts';
import { recordAtLine } from '../../engine/explain/readLines.ts';
import type { ScenarioCase } from '../scenarios/generateScenario.ts';

/** Where a line is planted: behind a line (0-based) of a log. */
interface Place {
  readonly path: string;
  readonly line: number;
}

/** Logs with a planted message, and where its first copy stands (1-based, inclusive). */
export interface Planted {
  readonly made: ScenarioCase;
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
}

/** Right behind the first line of the cause, where evidence is taken from; in a twin in the middle. */
function placeIn({ logs, gold }: ScenarioCase): Place {
  const cause = gold.find(({ isCause }) => isCause)?.at[0];
  if (cause !== undefined) return { path: cause.path, line: cause.line - 1 };
  const [log] = logs;
  return { path: log?.path ?? '', line: (log?.lines.length ?? 0) >> 1 };
}

/**
 * The logs with a message more, three times, with the header of the line before it: a program that
 * logs what a stranger sent it.
 *
 * @param analyses of the logs as they are: they say where the header ends
 */
export function plantLine(
  made: ScenarioCase,
  analyses: readonly AnalysedLog[],
  message: string,
): Planted {
  const { path, line } = placeIn(made);
  const view = analyses.find((each) => each.view.log.path === path)?.view;
  if (view === undefined) return { made, path, line: 1, endLine: 1 };
  const { records, log } = view;
  const record = recordAtLine(records, line);
  const head = records.firstLine[record]!;
  const start = log.lineStarts[head]!;
  const header = new TextDecoder().decode(
    log.bytes.subarray(start, Math.max(start, records.messageStart[record]!)),
  );
  const planted = message.split('\n').map((part, index) => (index === 0 ? header : '  ') + part);
  const behind = records.firstLine[record + 1] ?? line + 1;
  const logs = {
    ...made,
    logs: made.logs.map((each) =>
      each.path === path
        ? {
            ...each,
            lines: [
              ...each.lines.slice(0, behind),
              ...planted,
              ...planted,
              ...planted,
              ...each.lines.slice(behind),
            ],
          }
        : each,
    ),
  };
  return { made: logs, path, line: behind + 1, endLine: behind + planted.length };
}
