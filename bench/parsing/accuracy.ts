import { decodeLog } from '../../src/engine/record/decodeLog.ts';
import { parseRecords } from '../../src/engine/record/parseRecords.ts';
import { mineTemplates } from '../../src/engine/template/mineTemplates.ts';
import { logOf } from '../../test/support/logs.ts';
import { dataFolder, readLabelledLogs } from './loghub.ts';
import type { LabelledLog } from './loghub.ts';
import { parsingScores } from './parsingScores.ts';
import type { ParsingScores } from './parsingScores.ts';

/** Raw lines in, as a reader opens them: the header is inferred. One template per line out. */
async function fromRawLines({ system, bytes, truth }: LabelledLog): Promise<string[]> {
  const log = decodeLog(`${system}.log`, bytes);
  const records = await parseRecords(log);
  const { templates, ofRecord } = await mineTemplates(log, records);
  const ofLine: string[] = [];
  for (let record = 0; record < records.count; record++) {
    for (let line = records.firstLine[record]!; line < records.firstLine[record + 1]!; line++) {
      // A line folded into another record counts as one that no template was found for.
      const head = line === records.firstLine[record];
      ofLine[line] = head ? templates[ofRecord[record]!]!.text : '(continuation)';
    }
  }
  return truth.map((_, line) => ofLine[line] ?? '(missing)');
}

/** Messages as the ground truth cuts them: what templates alone reach. */
async function fromMessages({ messages }: LabelledLog): Promise<string[]> {
  const { log, records } = logOf(messages);
  const { templates, ofRecord } = await mineTemplates(log, records);
  return Array.from(ofRecord, (id) => templates[id]!.text);
}

function row(name: string, scores: ParsingScores): string {
  const figures = [scores.ga, scores.fga, scores.pa, scores.fta].map((value) => value.toFixed(3));
  return `| ${[name.padEnd(12), ...figures].join(' | ')} |`;
}

function mean(all: readonly ParsingScores[]): ParsingScores {
  const of = (key: keyof ParsingScores): number =>
    all.reduce((sum, scores) => sum + scores[key], 0) / all.length;
  return { ga: of('ga'), fga: of('fga'), pa: of('pa'), fta: of('fta') };
}

const folder = dataFolder('loghub_2k');
if (folder === null) {
  console.log('loghub_2k is not on this machine: set FAULTLINE_DATA to the folder that holds it.');
} else {
  const logs = readLabelledLogs(folder);
  for (const [title, parse] of [
    ['raw lines', fromRawLines],
    ['messages given', fromMessages],
  ] as const) {
    console.log(`\n| ${title.padEnd(12)} | GA    | FGA   | PA    | FTA   |\n|---|---|---|---|---|`);
    const all: ParsingScores[] = [];
    for (const log of logs) {
      const scores = parsingScores(log.truth, await parse(log));
      all.push(scores);
      console.log(row(log.system, scores));
    }
    console.log(row('mean', mean(all)));
  }
}
