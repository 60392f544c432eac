import { analyseLog } from '../../src/engine/analysis/analyseLog.ts';
import { inThisThread } from '../../src/engine/analysis/stream/analyseSegment.ts';
import { StreamedLog } from '../../src/engine/analysis/stream/streamedLog.ts';
import type { Finding } from '../../src/engine/detect/finding.ts';
import { decodeLog } from '../../src/engine/record/decodeLog.ts';
import { logStyles } from '../../src/eval/faults/allStyles.ts';
import { generateLog } from '../../src/eval/faults/generateLog.ts';
import { everyKind, plantFaults } from '../../src/eval/faults/plantFaults.ts';
import { scored } from '../../src/eval/faults/runFaults.ts';
import { figuresMarked, judgeLog, type JudgedLog } from '../../src/eval/faults/scoreFaults.ts';
import type { ByteSource } from '../../src/engine/source/byteSource.ts';

const lines = 30_000;
const segments = 8;
/** Context of a segment as a share of its core, as in a log of the usual sizes. */
const contextShare = 1 / 32;

const deps = {
  embedder: null,
  embedderStatus: { id: 'none', state: 'off', detail: '' },
  now: () => 0,
} as const;

/** What a log in segments says of what it says as a whole, over generated logs with planted faults. */
export interface Overlap {
  /** Share of the high findings of whole logs that are marked in segments as well. */
  readonly keptHigh: number;
  /** High findings of segments that are not marked in the whole log, per 10,000 lines. */
  readonly extraHigh: number;
  /** Share of the planted faults that are marked, mean over their kinds. */
  readonly recall: { readonly whole: number; readonly segments: number };
  /** Marked findings that show no planted fault, per 10,000 lines. */
  readonly falseMarks: { readonly whole: number; readonly segments: number };
}

export async function measureOverlap(onProgress: (style: string) => void): Promise<Overlap> {
  const whole: JudgedLog[] = [];
  const pieces: JudgedLog[] = [];
  let high = 0;
  let kept = 0;
  let extra = 0;
  let read = 0;
  for (const [number, style] of logStyles.entries()) {
    onProgress(style.name);
    const { text, faults } = plantFaults(generateLog(style, lines, number), everyKind, 2, number);
    const bytes = new TextEncoder().encode(text);
    const log = decodeLog('whole.log', bytes);
    const atOnce = (await analyseLog(log, deps)).findings;
    const inPieces = await streamed(bytes);
    read += log.lineCount;
    whole.push(judgeLog(log.lineCount, faults, atOnce.map(scored)));
    pieces.push(judgeLog(log.lineCount, faults, inPieces.map(scored)));
    const marked = inPieces.filter(isMarked);
    for (const finding of atOnce.filter(isHigh)) {
      high += 1;
      if (marked.some((other) => saysTheSame(finding, other))) kept += 1;
    }
    const known = atOnce.filter(isMarked);
    extra += inPieces.filter(
      (finding) => isHigh(finding) && !known.some((other) => saysTheSame(finding, other)),
    ).length;
  }
  const [one, other] = [figuresMarked(whole), figuresMarked(pieces)];
  return {
    keptHigh: kept / high,
    extraHigh: (extra / read) * 10_000,
    recall: { whole: one.macroRecall, segments: other.macroRecall },
    falseMarks: { whole: one.falsePer10k, segments: other.falsePer10k },
  };
}

async function streamed(bytes: Uint8Array): Promise<readonly Finding[]> {
  const core = Math.ceil(bytes.length / segments);
  const sizes = { core, context: Math.ceil(core * contextShare) };
  const log = new StreamedLog(inMemory(bytes), { analyser: inThisThread, now: () => 0, sizes });
  let findings: readonly Finding[] = [];
  for await (const known of log.analyse()) findings = known.findings;
  return findings;
}

function inMemory(bytes: Uint8Array): ByteSource {
  return {
    path: 'pieces.log',
    parts: [],
    encoding: 'utf-8',
    notes: [],
    size: bytes.length,
    read: (into, at) => {
      const part = bytes.subarray(at, at + into.length);
      into.set(part);
      return Promise.resolve(part.length);
    },
    refresh: () => Promise.resolve({ kind: 'same' }),
    close: () => Promise.resolve(),
  };
}

function isHigh({ severity }: Finding): boolean {
  return severity === 'high';
}

function isMarked({ severity }: Finding): boolean {
  return severity !== 'low';
}

/** The same pattern for the same kind of reason, or one of them where the other stands. */
function saysTheSame(one: Finding, other: Finding): boolean {
  if (one.template === other.template && one.reasons[0]?.family === other.reasons[0]?.family) {
    return true;
  }
  return linesOf(one).includes(other.line) || linesOf(other).includes(one.line);
}

function linesOf({ line, repeats, reasons }: Finding): number[] {
  return [line, ...repeats, ...reasons.flatMap((reason) => reason.lines)];
}
