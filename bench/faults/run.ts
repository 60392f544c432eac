/**
 * Faults planted into clean logs: what is found of each kind, and what is found that is not there.
 * Usage: npm run bench -- faults [--quick] [--style=NAME] [--misses]
 */
import { logStyles } from '../../src/eval/faults/allStyles.ts';
import { dataFolder } from '../../src/eval/data/files.ts';
import { faultFloors } from '../../src/eval/faults/faultFloors.ts';
import { generateLog } from '../../src/eval/faults/generateLog.ts';
import { everyKind } from '../../src/eval/faults/plantFaults.ts';
import { realBases } from '../../src/eval/faults/realBases.ts';
import { runFaults, type FaultRun } from '../../src/eval/faults/runFaults.ts';
import {
  figuresAtRate,
  figuresByLog,
  figuresHigh,
  figuresMarked,
  type FaultFigures,
  type JudgedLog,
} from '../../src/eval/faults/scoreFaults.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const arguments_ = process.argv.slice(2);
const quick = arguments_.includes('--quick');
const only = arguments_.find((word) => word.startsWith('--style='))?.slice('--style='.length);
const styles = logStyles.filter(({ name }) => only === undefined || name.includes(only));

/** Lines of a log, faults of each kind planted into it, and how many such logs of each style. */
const sizes = quick
  ? [{ lines: 6000, perKind: 1, logs: 2 }]
  : [
      { lines: 2000, perKind: 1, logs: 5 },
      { lines: 10_000, perKind: 2, logs: 5 },
      { lines: 50_000, perKind: 4, logs: 1 },
    ];
const misses = arguments_.includes('--misses');

const cell = (value: number | undefined): string =>
  value === undefined ? '   – ' : value.toFixed(3);

function table(title: string, figures: FaultFigures): void {
  say(
    `  ${title.padEnd(34)} macro recall ${cell(figures.macroRecall)}, false per 10k lines ${figures.falsePer10k.toFixed(2)}, first reason names it ${cell(figures.named)}`,
  );
}

function report(name: string, runs: readonly FaultRun[]): void {
  const ours = runs.map((run) => run.ours);
  const untouched = runs.map((run) => run.untouched).filter((log) => log !== null);
  const best = figuresAtRate(ours, 1);
  const marked = figuresMarked(ours);
  const high = figuresHigh(ours);
  if (runs.length === 0) return;
  say(`${name}: ${runs.length} logs, ${marked.planted} faults`);
  table('at most 1 false per 10k lines', best);
  table('the same log by log', figuresByLog(ours, 1));
  table('marked (medium and high)', marked);
  table('high', high);
  for (const floor of faultFloors) {
    const logs: JudgedLog[] = runs.map((run) => run.floors[floor]);
    table(`floor: ${floor}`, figuresAtRate(logs, 1));
  }
  if (untouched.length > 0) {
    say(
      `  clean logs: high per 10k lines ${figuresHigh(untouched).falsePer10k.toFixed(2)}, marked ${figuresMarked(untouched).falsePer10k.toFixed(2)}`,
    );
  }
  say(`  ${'kind'.padEnd(20)} best   log    marked high`);
  const byLog = figuresByLog(ours, 1);
  for (const kind of everyKind) {
    say(
      `  ${kind.padEnd(20)} ${cell(best.recall[kind])}  ${cell(byLog.recall[kind])}  ${cell(marked.recall[kind])}  ${cell(high.recall[kind])}`,
    );
  }
}

/** Every fault that no marked finding shows, and every marked finding that shows none. */
function tellMisses({ name, faulty, findings, ours }: FaultRun): void {
  const lines = faulty.text.split('\n');
  const text = (line: number): string => `${line}: ${(lines[line - 1] ?? '').slice(0, 150)}`;
  say(`-- ${name}, ${lines.length - 1} lines`);
  for (const [index, { kind, lines: shown }] of faulty.faults.entries()) {
    const hits = ours.findings.filter((finding) => finding.faults.includes(index));
    if (hits.some((finding) => finding.marked)) continue;
    const best = Math.max(0, ...hits.map((finding) => finding.score));
    say(`   missed ${kind} (best score ${best.toFixed(2)})`);
    for (const line of shown.slice(0, 3)) say(`      ${text(line)}`);
  }
  const wrong = new Set(
    ours.findings
      .filter(({ marked, faults }) => marked && faults.length === 0)
      .map(({ score }) => score),
  );
  const shown = new Set(faulty.faults.flatMap((fault) => fault.lines));
  for (const finding of findings) {
    if (finding.severity === 'low' || !wrong.has(finding.score) || shown.has(finding.line))
      continue;
    say(`   false ${finding.severity} ${finding.score.toFixed(2)} ${text(finding.line)}`);
    for (const reason of finding.reasons) {
      say(`      ${reason.family} ${reason.bits.toFixed(1)}: ${reason.text}`);
    }
  }
}

const all: FaultRun[] = [];
for (const style of styles) {
  const runs: FaultRun[] = [];
  for (const { lines, perKind, logs } of sizes) {
    for (let seed = 1; seed <= logs; seed += 1) {
      const base = generateLog(style, lines, seed * 1000 + lines);
      runs.push(await runFaults({ base, perKind, seed, clean: true }));
    }
  }
  all.push(...runs);
  if (misses) for (const run of runs) tellMisses(run);
  const best = figuresByLog(
    runs.map((run) => run.ours),
    1,
  );
  const missed = everyKind
    .filter((kind) => (best.recall[kind] ?? 1) < 0.8)
    .map((kind) => `${kind} ${best.recall[kind]!.toFixed(2)}`);
  const clean = runs.map((run) => run.untouched).filter((log) => log !== null);
  say(
    `${style.name.padEnd(16)} recall log by log ${cell(best.macroRecall)}, marked ${cell(figuresMarked(runs.map((run) => run.ours)).macroRecall)} with ${figuresMarked(runs.map((run) => run.ours)).falsePer10k.toFixed(1)} false per 10k; clean: high ${figuresHigh(clean).falsePer10k.toFixed(2)} marked ${figuresMarked(clean).falsePer10k.toFixed(2)}; weak: ${missed.join(', ')}`,
  );
}
report('generated logs', all);

const folder = dataFolder();
if (folder === null) {
  say('No evaluation data, so no faults in real logs.');
} else {
  const real: FaultRun[] = [];
  for (const seed of quick ? [1, 4] : [1, 2, 3, 4, 5]) {
    for (const { base, clean } of realBases(folder, seed)) {
      if (only !== undefined && !base.name.includes(only)) continue;
      const run = await runFaults({ base, perKind: quick ? 1 : 2, seed, clean });
      if (misses) tellMisses(run);
      real.push(run);
    }
  }
  report('real logs', real);
}
