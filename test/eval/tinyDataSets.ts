import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { healthyService, write } from '../engine/detect/syntheticLog.ts';

/** Writes files below a folder; those whose name ends in `.gz` are packed. */
async function files(folder: string, contents: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(contents)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, name.endsWith('.gz') ? gzipSync(text) : text);
  }
}

const bricks = 160;

/** Sessions of a store of bricks; every twentieth one loses its brick. */
export async function writeSessions(folder: string): Promise<void> {
  const lines: { at: number; text: string }[] = [];
  const labels = ['BlockId,Label'];
  for (let index = 0; index < bricks; index += 1) {
    const id = `brick_${(index * 7919 + 1000) % 100_000}`;
    const fails = index % 20 === 7;
    const at = index * 900;
    const say = (after: number, text: string): void => {
      lines.push({ at: at + after, text: `INFO store.Keeper: ${text}` });
    };
    say(0, `Allocated ${id} for volume ${index % 9}`);
    for (let copy = 0; copy < 3; copy += 1) say(100 + copy * 90, `Receiving ${id} copy ${copy}`);
    if (fails) say(500, `Lost contact while writing ${id}, giving up`);
    else for (let copy = 0; copy < 3; copy += 1) say(500 + copy * 40, `Stored ${id} of size 4096`);
    if (!fails) say(800, `Closed ${id}`);
    labels.push(`${id},${fails ? 'Anomaly' : 'Normal'}`);
  }
  await files(folder, {
    'store.log.gz': write(lines),
    'anomaly_label.csv': labels.join('\n').concat('\n'),
  });
}

function build(project: string, failing: boolean): string[] {
  const steps = Array.from({ length: 40 }, (_, index) => `Compiling ${project} unit ${index}`);
  const tests = Array.from({ length: 30 }, (_, index) => `test case ${index} ... ok`);
  const failure = [
    'test ledger sums ... FAILED',
    'AssertionError: expected 12 to equal 13',
    '    at sums (ledger/sums.test.js:14:9)',
    '1 failed, 30 passed',
    'The command "make test" exited with 1.',
  ];
  const end = failing ? failure : ['31 passed', 'The command "make test" exited with 0.'];
  return ['$ make', ...steps, 'The command "make" exited with 0.', '$ make test', ...tests, ...end];
}

/** Three failing builds of two projects. */
export async function writeBuildLogs(folder: string): Promise<void> {
  const labels: string[] = [];
  for (const [index, project] of ['amber', 'amber', 'birch'].entries()) {
    const lines = build(project, true);
    const log = `logs/${project}/${index}.log`;
    const at = lines.findIndex((line) => line.startsWith('AssertionError')) + 1;
    await files(folder, { [`${log}.gz`]: lines.join('\n').concat('\n') });
    labels.push(JSON.stringify({ project, log, line_start: at, line_end: at + 1 }));
  }
  await files(folder, { 'labels.jsonl': labels.join('\n') });
}

/** Two breakages, one with lone carriage returns, which the labels count as breaks. */
export async function writeBrokenRuns(folder: string): Promise<void> {
  for (const [name, prefix] of [
    ['one', []],
    ['two', ['loading\rloading\rloaded']],
  ] as const) {
    const fail = [...prefix, ...build(name, true)];
    const shown = fail.flatMap((line) => line.split('\r'));
    const at = shown.findIndex((line) => line.endsWith('FAILED')) + 1;
    await files(join(folder, name), {
      'pass.log.gz': [...prefix, ...build(name, false)].join('\n'),
      'fail.log.gz': fail.join('\n'),
      groundtruth: `TINY\nE ${at}-${at + 2}\nC ${at + 3}\n`,
    });
  }
}

/** Two systems with true templates; the second one marks its alerts in the first column. */
export async function writeParsedLogs(folder: string): Promise<void> {
  const service = healthyService(40, 3).map(({ text }) => text);
  const structured = ['LineId,Content,EventTemplate'];
  const alerts: string[] = [];
  for (let index = 0; index < 200; index += 1) {
    const fails = index % 50 === 20;
    const content = fails ? `FATAL parity error at unit ${index}` : `INFO unit ${index} is ready`;
    const template = fails ? 'FATAL parity error at unit <*>' : 'INFO unit <*> is ready';
    alerts.push(`${fails ? 'PARITY' : '-'} ${content}`);
    structured.push(`${index + 1},"${content}",${template}`);
  }
  await files(folder, {
    'Calm/Calm_2k.log.gz': service.join('\n'),
    'Calm/Calm_2k.log_structured_corrected.csv.gz': [
      'LineId,Content,EventTemplate',
      ...service.map((text, index) => `${index + 1},"${text}",${text.replaceAll(/\d+/g, '<*>')}`),
    ].join('\n'),
    'Loud/Loud_2k.log.gz': alerts.join('\n').concat('\n'),
    'Loud/Loud_2k.log_structured_corrected.csv.gz': structured.join('\n'),
  });
}

/** A log that nobody labelled. */
export async function writePlainLogs(folder: string): Promise<void> {
  await files(folder, { 'service.log': write(healthyService(60, 5)) });
}
