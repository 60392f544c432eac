import type { Stay, Stays } from '../merge/clockSkew.ts';
import { noteStay, skewsBetween } from '../merge/clockSkew.ts';
import { sharedIdsIn } from '../merge/identifiersIn.ts';
import type { AnalysedLog } from './analysedLog.ts';
import type { Clocks } from './clocks.ts';
import { commonAxis, moment } from './clocks.ts';
import { readLine } from './readLines.ts';

/** Records that are read for identifiers: of one log, and of all together. */
const maxRecords = 2000;
const maxAll = 8000;

/** The common axis of several logs, with clocks that go wrong put right. */
export function alignClocks(analyses: readonly AnalysedLog[]): Clocks {
  const shifts = commonAxis(analyses);
  const plain: Clocks = { shifts, skews: [] };
  const usable = shifts.filter((shift) => shift !== null).length;
  if (usable < 2) return plain;
  const each = Math.min(maxRecords, Math.floor(maxAll / usable));
  const stays = analyses.map((analysis, log) =>
    shifts[log] === null ? new Map<string, Stay>() : staysOf(analysis, log, plain, each),
  );
  const skews = skewsBetween(stays);
  const corrected = [...shifts];
  for (const { log, ahead } of skews) corrected[log] = (shifts[log] ?? 0) - ahead;
  return { shifts: corrected, skews };
}

function staysOf(analysis: AnalysedLog, log: number, clocks: Clocks, most: number): Stays {
  const { view } = analysis;
  const { records } = view;
  const stays: Stays = new Map();
  // A stretch around the middle where the log is long: what belongs together stands together.
  const from = Math.max(0, Math.floor((records.count - most) / 2));
  for (let record = from; record < Math.min(records.count, from + most); record++) {
    const time = moment(clocks, log, records.time[record] ?? Number.NaN);
    if (Number.isNaN(time)) continue;
    for (const id of sharedIdsIn(readLine(view.log, records.firstLine[record] ?? 0))) {
      noteStay(stays, id, time);
    }
  }
  return stays;
}
