import type { LogView } from '../detect/logView.ts';
import { httpHits, httpStatuses } from './knowledge/httpStatus.ts';
import type { Hit } from './knowledge/rule.ts';
import { readMessage } from './readLines.ts';

/** Records of one pattern that state the same failing status. */
export interface StatusRecord {
  readonly status: number;
  readonly record: number;
  readonly lastRecord: number;
  readonly count: number;
  readonly facts: readonly Hit[];
}

/** Lines that are decoded to make sure that a number is a status. */
const maxVerified = 20_000;

/**
 * Statuses that say nothing of trouble: who has not logged in yet is asked to, and clients look for
 * what may not be there.
 */
const ordinaryRefusals: ReadonlySet<number> = new Set([401, 404, 407]);

/**
 * Whether a status tells of a request that was answered but not served: a client's mistake, or a
 * server that could not make sense of what it was given.
 */
export function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && !ordinaryRefusals.has(status);
}

/**
 * The HTTP statuses of failed and refused requests that records state, per template and status with
 * the first record of each. A pattern masks the number, so that failing and good responses share it.
 */
export function statusRecords(view: LogView): ReadonlyMap<number, readonly StatusRecord[]> {
  const { templates, ofRecord } = view.templates;
  const stating = templates.map((template) => statesStatus(view, template.firstRecord));
  const first = new Map<
    string,
    { template: number; status: number; record: number; lastRecord: number; count: number }
  >();
  let verified = 0;
  for (let record = 0; record < view.records.count && verified < maxVerified; record++) {
    const template = ofRecord[record] ?? 0;
    if (stating[template] !== true || !mayFail(view, record)) continue;
    verified++;
    for (const { status } of httpStatuses(readMessage(view.log, view.records, record))) {
      if (status < 500 && !isRefusal(status)) continue;
      const key = `${template} ${status}`;
      const known = first.get(key);
      if (known === undefined) {
        first.set(key, { template, status, record, lastRecord: record, count: 1 });
      } else {
        known.count++;
        known.lastRecord = record;
      }
    }
  }
  const found = new Map<number, StatusRecord[]>();
  for (const { template, ...rest } of first.values()) {
    const stated = { ...rest, facts: httpHits(readMessage(view.log, view.records, rest.record)) };
    const list = found.get(template);
    if (list === undefined) found.set(template, [stated]);
    else list.push(stated);
  }
  return found;
}

/** Whether the pattern's lines state a status at all, good or bad. */
function statesStatus(view: LogView, record: number): boolean {
  const text = readMessage(view.log, view.records, record);
  return /HTTP\/[0-9]|\bstatus\b|\bresponse\b|\breturn(?:ed|ing)\b/i.test(text);
}

/**
 * A status that tells of trouble between two separators, looked for in the bytes: most lines need
 * no decoding.
 */
function mayFail(view: LogView, record: number): boolean {
  const { bytes } = view.log;
  const start = view.records.messageStart[record] ?? 0;
  const end = Math.min(view.records.messageEnd[record] ?? 0, start + 2000);
  for (let i = start; i + 2 < end; i++) {
    const first = bytes[i];
    if ((first !== 52 && first !== 53) || !isDigit(bytes[i + 1]) || !isDigit(bytes[i + 2]))
      continue;
    // 401, 404 and 407 are many in a healthy log, and are not told.
    if (first === 52 && bytes[i + 1] === 48 && ordinaryLastDigit(bytes[i + 2])) continue;
    const before = i === start ? 32 : (bytes[i - 1] ?? 32);
    const after = i + 3 >= end ? 32 : (bytes[i + 3] ?? 32);
    if (!isDigit(before) && !isDigit(after) && before !== 46 && after !== 46) return true;
  }
  return false;
}

/** `1`, `4` or `7`. */
function ordinaryLastDigit(byte: number | undefined): boolean {
  return byte === 49 || byte === 52 || byte === 55;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

/** Whether nearly all that a log says is which requests it answered: refusals are its daily bread. */
export function isAccessLog(view: LogView): boolean {
  const stated = view.templates.templates.reduce(
    (sum, { firstRecord, count }) => sum + (statesStatus(view, firstRecord) ? count : 0),
    0,
  );
  return view.records.count >= 20 && stated > view.records.count * 0.8;
}
