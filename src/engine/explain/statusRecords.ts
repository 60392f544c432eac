import type { LogView } from '../detect/logView.ts';
import { httpHits, httpStatuses } from './knowledge/httpStatus.ts';
import type { Hit } from './knowledge/rule.ts';
import { readMessage } from './readLines.ts';

/** Records of one pattern that state the same failing status. */
export interface StatusRecord {
  readonly record: number;
  readonly lastRecord: number;
  readonly count: number;
  readonly facts: readonly Hit[];
}

/** Lines that are decoded to make sure that a number is a status. */
const maxVerified = 20_000;

/**
 * The HTTP statuses of 500 and more that records state, per template and status with the first
 * record of each. A pattern masks the number, so that failing and good responses share it.
 */
export function statusRecords(view: LogView): ReadonlyMap<number, readonly StatusRecord[]> {
  const { templates, ofRecord } = view.templates;
  const stating = templates.map(
    (template) => template.count > 1 && statesStatus(view, template.firstRecord),
  );
  const first = new Map<
    string,
    { template: number; record: number; lastRecord: number; count: number }
  >();
  let verified = 0;
  for (let record = 0; record < view.records.count && verified < maxVerified; record++) {
    const template = ofRecord[record] ?? 0;
    if (stating[template] !== true || !mayFail(view, record)) continue;
    verified++;
    for (const { status } of httpStatuses(readMessage(view.log, view.records, record))) {
      if (status < 500) continue;
      const key = `${template} ${status}`;
      const known = first.get(key);
      if (known === undefined) first.set(key, { template, record, lastRecord: record, count: 1 });
      else {
        known.count++;
        known.lastRecord = record;
      }
    }
  }
  const found = new Map<number, StatusRecord[]>();
  for (const { template, record, lastRecord, count } of first.values()) {
    const facts = httpHits(readMessage(view.log, view.records, record));
    const list = found.get(template);
    if (list === undefined) found.set(template, [{ record, lastRecord, count, facts }]);
    else list.push({ record, lastRecord, count, facts });
  }
  return found;
}

/** Whether the pattern's lines state a status at all, good or bad. */
function statesStatus(view: LogView, record: number): boolean {
  const text = readMessage(view.log, view.records, record);
  return /HTTP\/[0-9]|\bstatus\b|\bresponse\b|\breturned\b/i.test(text);
}

/** A `5xx` between two separators, looked for in the bytes: most lines need no decoding. */
function mayFail(view: LogView, record: number): boolean {
  const { bytes } = view.log;
  const start = view.records.messageStart[record] ?? 0;
  const end = Math.min(view.records.messageEnd[record] ?? 0, start + 2000);
  for (let i = start; i + 2 < end; i++) {
    if (bytes[i] !== 53 || !isDigit(bytes[i + 1]) || !isDigit(bytes[i + 2])) continue;
    const before = i === start ? 32 : (bytes[i - 1] ?? 32);
    const after = i + 3 >= end ? 32 : (bytes[i + 3] ?? 32);
    if (!isDigit(before) && !isDigit(after) && before !== 46 && after !== 46) return true;
  }
  return false;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}
