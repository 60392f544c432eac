import type { LogText } from '../../record/logText.ts';
import { BuildLines } from './buildLine.ts';
import { signal, signalsOf } from './lineSignals.ts';
import { readSectionMark } from './sectionReaders.ts';

/** Lines that are looked at, spread over the log: enough to know its kind at any size. */
const sampled = 3000;

/** A clock on this share of the lines is how programs that keep running write. */
const stampedShare = 0.4;

const clockAtStart =
  /^.{0,24}?(?:\d{4}[-/.]\d\d[-/.]\d\d[T ,]|[A-Z][a-z]{2} {1,2}\d{1,2} |\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})? )?\d{1,2}:\d\d:\d\d\b|^\W{0,2}\d{9,13}(?:\.\d+)?\W|^.{0,24}?\d{4}-\d\d-\d\d|^\W?\d{6,8}[ T]\d{6}\b|^.{0,80}?\b1\d{9}\b/;

/** `[11:02:31]W: [Step 1/2] ` */
const stepAtStart = /^.{0,40}?\[Step \d{1,3}\/\d{1,3}\] /;

const verdictBits = signal.consequence | signal.summary | signal.failedCount;
const workBits = signal.progress | signal.ok | signal.excerpt | signal.caret;

/**
 * Whether a log is the output of one build, test run or CI job, and not of a program that keeps
 * running. Conservative: lines with a clock need section marks of a build service beside them.
 * @param stampedAndLevelled that records were found to carry a time and a level throughout
 */
export function isBuildLog(log: LogText, stampedAndLevelled = false): boolean {
  const lines = new BuildLines(log);
  const step = Math.max(1, Math.floor(lines.count / sampled));
  let shown = 0;
  let stamped = 0;
  let opened = 0;
  let judgements = 0;
  let echoed = 0;
  let working = 0;
  let verdicts = 0;
  let passing = 0;
  let stepped = 0;
  for (let line = 0; line < lines.count; line += nextStep(line, lines.count, step)) {
    const read = lines.at(line);
    if (read.text.trim() === '') continue;
    shown += 1;
    const raw = lines.rawText(line);
    if (clockAtStart.test(raw)) stamped += 1;
    if (stepAtStart.test(raw)) stepped += 1;
    const mark = readSectionMark(read);
    if (mark !== null) {
      if (mark.kind === 'open') opened += /^[$+]/.test(read.text) ? 0 : 1;
      else judgements += mark.kind === 'outcome' && line >= lines.count - 5 ? 2 : 1;
      if (/^[$+]/.test(read.text)) echoed += 1;
      continue;
    }
    const signals = signalsOf(read.text);
    if ((signals & workBits) !== 0) working += 1;
    if ((signals & verdictBits) !== 0) verdicts += 1;
    if ((signals & signal.ok) !== 0) passing += 1;
  }
  if (shown === 0) return false;
  const structured =
    opened >= 2 || judgements >= 2 || (judgements >= 1 && (opened >= 1 || echoed >= 1));
  if (stepped >= Math.max(3, shown * stampedShare)) return true;
  if (structured && opened + judgements >= shown * minimumStructure) return true;
  if (stampedAndLevelled || stamped > shown * stampedShare) return false;
  if (echoed >= 2 && echoed >= shown * minimumStructure) return true;
  if (passing >= Math.max(5, shown * checksOnly)) return true;
  return verdicts >= 1 && working + verdicts + echoed >= Math.max(2, shown * minimumWork);
}

/** Share of lines that must be section marks before they count as structure. */
const minimumStructure = 0.0005;
/** Share of lines with passed checks from which on a log is a test run, whatever else it says. */
const checksOnly = 0.6;
/** Share of lines that must look like work being done (progress, passed checks, excerpts). */
const minimumWork = 0.12;

/** Ends of a log say most about its kind: they are read line by line, the middle in steps. */
function nextStep(line: number, count: number, step: number): number {
  return line < 400 || line > count - 600 ? 1 : step;
}
