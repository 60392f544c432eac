import { yieldToEventLoop } from '../base/abort.ts';
import { bytesText, lineEndOffset } from '../record/decodeLog.ts';
import type { LogText } from '../record/logText.ts';
import type { ByteSource } from '../source/byteSource.ts';
import type { Skew, Stay, Stays } from './clockSkew.ts';
import { noteStay, skewsBetween } from './clockSkew.ts';
import { shiftsToOneAxis } from './commonAxis.ts';
import { sharedIdsIn } from './identifiersIn.ts';
import type { LogSurvey } from './surveyLog.ts';
import { readText, recordsOf, surveyLog } from './surveyLog.ts';

/** Text that is read for identifiers at one place of a log; smaller logs are read whole. */
const windowBytes = 1 << 20;
/** Where the windows lie in the time that the logs share. */
const windowShares = [0, 0.25, 0.5, 0.75];
/** Text that tells the time at a place. */
const probeBytes = 64 << 10;
/** Records of one window that are read. */
const mostRecords = 4000;
/** Characters of a record in which identifiers are looked for. */
const reach = 1200;

/** Clocks of several logs as far as their identifiers tell. */
export interface SkewEstimate {
  /** Milliseconds to add to the times of each log; 0 where nothing speaks for it. */
  readonly skews: readonly number[];
  /** A sentence each for what is not 0. */
  readonly notes: readonly string[];
}

/**
 * Estimates which of several logs have clocks that go wrong, from identifiers that they share, in at
 * most four megabytes of each: whatever their size, it takes well under a second for a few logs.
 * @throws EngineError `aborted`, and as the sources do
 */
export async function estimateSkews(
  inputs: readonly { readonly source: ByteSource; readonly name: string }[],
  signal?: AbortSignal,
): Promise<SkewEstimate> {
  const surveys: LogSurvey[] = [];
  for (const { source } of inputs) surveys.push(await surveyLog(source, signal));
  const shifts = shiftsToOneAxis(surveys.map(({ span }) => span));
  const spans = surveys.flatMap(({ span }, log) => {
    const shift = shifts[log] ?? null;
    return span === null || shift === null
      ? []
      : [{ from: span.from + shift, to: span.to + shift }];
  });
  const stays: Stays[] = [];
  if (spans.length < 2) return { skews: inputs.map(() => 0), notes: [] };
  const from = Math.max(...spans.map((span) => span.from));
  const to = Math.max(from, Math.min(...spans.map((span) => span.to)));
  for (const [log, { source }] of inputs.entries()) {
    const shift = shifts[log] ?? null;
    const own = new Map<string, Stay>();
    stays.push(own);
    if (shift === null) continue;
    for (const start of await windowsOf(source, surveys[log]!, from - shift, to - shift, signal)) {
      await yieldToEventLoop(signal);
      noteWindow(own, await readText(source, start, windowBytes), surveys[log]!, shift);
    }
  }
  const found = skewsBetween(stays);
  const skews = inputs.map((_, log) => {
    const ahead = found.find((skew) => skew.log === log)?.ahead ?? 0;
    return ahead === 0 ? 0 : -Math.round(ahead);
  });
  return { skews, notes: found.map((skew) => sentence(skew, inputs)) };
}

function sentence(
  { log, reference, ahead, ids }: Skew,
  inputs: readonly { readonly name: string }[],
): string {
  const seconds = Math.abs(ahead) / 1000;
  const way = ahead > 0 ? 'ahead of' : 'behind';
  return `${inputs[log]!.name}: its clock seems ${seconds.toFixed(seconds < 60 ? 1 : 0)} s ${way} that of ${inputs[reference]!.name} (from ${ids} shared ids).`;
}

/** Bytes at which to read a log, ascending and apart. */
async function windowsOf(
  source: ByteSource,
  survey: LogSurvey,
  from: number,
  to: number,
  signal?: AbortSignal,
): Promise<readonly number[]> {
  const most = windowShares.length * windowBytes;
  if (source.size <= most)
    return windowShares.map((share) => share * most).filter((at) => at < source.size);
  const starts: number[] = [];
  for (const share of windowShares) {
    await yieldToEventLoop(signal);
    const at = await byteAtTime(source, survey, from + share * (to - from));
    if (starts.every((start) => at >= start + windowBytes)) starts.push(at);
  }
  return starts;
}

/** A place shortly before a time, by bisection: as near as a window, where times ascend. */
async function byteAtTime(source: ByteSource, survey: LogSurvey, time: number): Promise<number> {
  let low = 0;
  let high = source.size;
  while (high - low > windowBytes / 2) {
    const middle = Math.floor((low + high) / 2);
    const records = recordsOf(await readText(source, middle, probeBytes), survey.inferred);
    const there = records.time.find((value) => !Number.isNaN(value)) ?? NaN;
    if (there < time) low = middle;
    else high = middle;
  }
  return low;
}

function noteWindow(stays: Stays, text: LogText, survey: LogSurvey, shift: number): void {
  const { count, firstLine, time } = recordsOf(text, survey.inferred);
  for (let record = 0; record < Math.min(count, mostRecords); record += 1) {
    if (Number.isNaN(time[record])) continue;
    const line = firstLine[record]!;
    const start = text.lineStarts[line]!;
    const end = Math.min(lineEndOffset(text, line), start + reach);
    for (const id of sharedIdsIn(bytesText(text, start, end))) {
      noteStay(stays, id, time[record]! + shift);
    }
  }
}
