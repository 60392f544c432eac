import { compareRuns } from '../../src/engine/detect/compare/compareRuns.ts';
import { buildFindings } from '../../src/engine/detect/build/buildFindings.ts';
import { BuildLines } from '../../src/engine/detect/build/buildLine.ts';
import { maskLine } from '../../src/engine/detect/compare/maskLine.ts';
import { decodeLog } from '../../src/engine/record/decodeLog.ts';
import type { LogText } from '../../src/engine/record/logText.ts';
import { brokenRuns } from './brokenRuns.ts';
import { plainRecords } from './plainRecords.ts';
import type { BrokenRun } from './brokenRuns.ts';

type Method = (run: BrokenRun) => Set<number>;

const methods: readonly (readonly [string, Method])[] = [
  ['exact new lines', (run) => newLines(run, (text) => text)],
  ['masked new lines', (run) => newLines(run, maskLine)],
  ['findings', (run) => foundLines(run.fail, [run.pass])],
  ['findings, half a good run', (run) => foundLines(run.fail, [firstHalf(run.pass)])],
  ['findings, no good run', (run) => foundLines(run.fail, [])],
  ['build findings, no good run', (run) => buildLines(run.fail)],
  ['findings, all but low', (run) => foundLines(run.fail, [run.pass], true)],
];

function main(): void {
  const runs = brokenRuns();
  if (runs === null) {
    console.log('cidiff: no data; set FAULTLINE_DATA. Nothing measured.');
    return;
  }
  console.log('macro F1 of the error lines                dev    test   all');
  for (const [name, method] of methods) {
    const scored = runs.map((run) => ({ half: run.half, f1: f1(method(run), run) }));
    const cells = [
      scored.filter((each) => each.half === 'dev'),
      scored.filter((each) => each.half === 'test'),
      scored,
    ].map((cases) => (cases.reduce((sum, each) => sum + each.f1, 0) / cases.length).toFixed(3));
    console.log(`${name.padEnd(40)} ${cells.join('   ')}`);
  }
  const quiet = runs.filter(
    (run) => !compareRuns(run.pass, [run.pass]).some((finding) => finding.severity !== 'low'),
  );
  console.log(`passing run against itself: quiet in ${quiet.length} of ${runs.length}`);
}

function foundLines(log: LogText, good: readonly LogText[], marked = false): Set<number> {
  const lines = new Set<number>();
  for (const finding of compareRuns(log, good)) {
    if (marked && finding.severity === 'low') continue;
    for (const line of finding.lines ?? []) lines.add(line);
  }
  return lines;
}

/** What a scan without `--baseline` marks. */
function buildLines(log: LogText): Set<number> {
  const marked = (buildFindings(log, plainRecords(log)) ?? []).filter(
    (finding) => finding.severity !== 'low',
  );
  return new Set(marked.flatMap((finding) => finding.lines ?? []));
}

function firstHalf(log: LogText): LogText {
  return decodeLog(log.path, log.bytes.subarray(0, log.lineStarts[log.lineCount >> 1]));
}

/** Floor: lines of the failing run whose text is not in the passing one. */
function newLines(run: BrokenRun, mask: (text: string) => string): Set<number> {
  const known = new Set<string>();
  const pass = new BuildLines(run.pass);
  for (let line = 0; line < pass.count; line += 1) known.add(mask(pass.text(line)).trim());
  const found = new Set<number>();
  const fail = new BuildLines(run.fail);
  for (let line = 0; line < fail.count; line += 1) {
    const text = mask(fail.text(line)).trim();
    if (text !== '' && !known.has(text)) found.add(line + 1);
  }
  return found;
}

function f1(found: ReadonlySet<number>, run: BrokenRun): number {
  let right = 0;
  let wrong = 0;
  for (const line of found) {
    if (run.errorLines.has(line)) right += 1;
    else if (!run.contextLines.has(line)) wrong += 1;
  }
  return right === 0 ? 0 : (2 * right) / (right + wrong + run.errorLines.size);
}

main();
