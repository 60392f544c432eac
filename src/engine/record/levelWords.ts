import { levelRank } from './levels.ts';

const { unknown, trace, debug, info, notice, warning, error, fatal } = levelRank;

/** Words that programs write as a level, upper case. `unknown` ones stand in a level's place without being one. */
const words: readonly (readonly [number, string])[] = [
  [trace, 'TRACE TRC TRCE FINE FINER FINEST VERBOSE VERB VRB'],
  [debug, 'DEBUG DBG DBUG DEBU DEBUGGING CONFIG'],
  [info, 'INFO INF INFORMATION INFORMATIONAL LOG'],
  [notice, 'NOTICE NOTI NOTE SUCCESS AUDIT'],
  [warning, 'WARN WARNING WARNINGS WRN'],
  [error, 'ERROR ERR ERRO ERRS SEVERE FAILURE FAIL'],
  [fatal, 'FATAL FTL CRIT CRITICAL ALERT EMERG EMERGENCY PANIC DPANIC'],
  [unknown, 'DETAIL HINT STATEMENT CONTEXT QUERY LOCATION'],
];

const longest = 13;
const slots = 256;
const hashes = new Int32Array(slots);
const values = new Int8Array(slots).fill(-1);
const lengths = new Uint8Array(slots);

for (const [level, names] of words) {
  for (const name of names.split(' ')) {
    let hash = 0;
    for (const letter of name) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
    let slot = hash & (slots - 1);
    while (values[slot] !== -1) slot = (slot + 1) & (slots - 1);
    hashes[slot] = hash;
    values[slot] = level;
    lengths[slot] = name.length;
  }
}

/** Offset behind the word that `levelWordAt` read last. */
let wordEnd = 0;

/** Offset behind the letters that the last call of `levelWordAt` looked at. */
export function levelWordEnd(): number {
  return wordEnd;
}

/** Level of the run of letters at `at` in any case, -1 when it is no level word. */
export function levelWordAt(bytes: Uint8Array, at: number, end: number): number {
  let hash = 0;
  let next = at;
  while (next < end && next - at <= longest) {
    const letter = bytes[next]! & 0xdf;
    if (letter < 0x41 || letter > 0x5a) break;
    hash = (Math.imul(hash, 31) + letter) | 0;
    next += 1;
  }
  wordEnd = next;
  const length = next - at;
  if (length < 3 || length > longest) return -1;
  let slot = hash & (slots - 1);
  while (values[slot] !== -1) {
    if (hashes[slot] === hash && lengths[slot] === length) return values[slot]!;
    slot = (slot + 1) & (slots - 1);
  }
  return -1;
}

/** Level of the single letters of logcat, glog and others; -1 for every other letter. */
export function levelLetter(byte: number): number {
  switch (byte) {
    case 0x56: // V
    case 0x54: // T
      return trace;
    case 0x44: // D
      return debug;
    case 0x49: // I
      return info;
    case 0x4e: // N
      return notice;
    case 0x57: // W
      return warning;
    case 0x45: // E
      return error;
    case 0x46: // F
    case 0x43: // C
      return fatal;
    default:
      return -1;
  }
}

/** Level of a syslog priority (RFC 5424): the severity is its lowest three bits. */
export function syslogLevel(priority: number): number {
  const severity = priority & 7;
  if (severity <= 2) return fatal;
  return [error, warning, notice, info, debug][severity - 3]!;
}

/** Level of Redis's marks: `.` debug, `-` verbose, `*` notice, `#` warning. */
export function markLevel(byte: number): number {
  switch (byte) {
    case 0x2e:
      return debug;
    case 0x2d:
      return info;
    case 0x2a:
      return notice;
    case 0x23:
      return warning;
    default:
      return unknown;
  }
}

/** Level of an HTTP status: 5xx is an error of ours, 4xx a warning. */
export function statusLevel(status: number): number {
  if (status >= 500) return error;
  return status >= 400 ? warning : info;
}

/** Level of a number as JSON loggers write it: pino and bunyan 10..60, Python 10..50, syslog 0..7. */
export function numericLevel(value: number): number {
  if (value >= 0 && value <= 7) return syslogLevel(value);
  if (value < 10 || value > 60) return unknown;
  return [trace, debug, info, warning, error, fatal][Math.floor(value / 10) - 1]!;
}

/** Level of OpenTelemetry's severity numbers: four to each, from 1 for the finest trace to 24. */
export function severityNumber(value: number): number {
  if (!(value >= 1 && value <= 24)) return unknown;
  return [trace, debug, info, warning, error, fatal][Math.floor((value - 1) / 4)]!;
}
