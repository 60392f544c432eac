import { decodeLog } from '../../engine/record/decodeLog.ts';
import { parseRecords } from '../../engine/record/parseRecords.ts';
import { mineTemplates } from '../../engine/template/mineTemplates.ts';
import type { Benchmark, BenchmarkResult } from '../benchmark.ts';
import { readLabelledLogs } from '../data/parsedLogs.ts';
import type { LabelledLog } from '../data/parsedLogs.ts';
import { parsingScores } from '../metrics/parsingScores.ts';
import type { ParsingScores } from '../metrics/parsingScores.ts';
import { mean, row } from '../rows.ts';

const targets = [
  { key: 'ga', measure: 'GA: lines in a right group', must: 0.97 },
  { key: 'fga', measure: 'FGA: F1 of groups', must: 0.97 },
  { key: 'pa', measure: 'PA: lines with the right template', must: 0.92 },
  { key: 'fta', measure: 'FTA: F1 of templates', must: 0.9 },
] as const;

export const parsing: Benchmark = {
  name: 'parsing',
  title: 'Templates of raw lines against a ground truth, mean of the systems',
  dataSet: 'loghub_2k',
  run: async ({ folder, peers, onProgress }): Promise<BenchmarkResult> => {
    const logs = readLabelledLogs(folder);
    const scores: ParsingScores[] = [];
    const floors: ParsingScores[] = [];
    const notes = ['Header inferred. Halves: every second system by name.'];
    for (const log of logs) {
      onProgress(log.system);
      const reached = parsingScores(log.truth, await fromRawLines(log));
      scores.push(reached);
      floors.push(parsingScores(log.truth, log.messages.map(digitsMasked)));
      const figures = targets.map(({ key }) => reached[key].toFixed(3)).join(' / ');
      notes.push(`${log.system}: GA / FGA / PA / FTA ${figures}.`);
    }
    const beside = Object.entries(peers?.templates ?? {})
      .filter(([, templates]) =>
        logs.every(({ system, truth }) => templates[system]?.length === truth.length),
      )
      .map(([name, templates]) => ({
        name,
        scores: logs.map(({ system, truth }) => parsingScores(truth, templates[system] ?? [])),
      }));
    return {
      rows: targets.map(({ key, measure, must }) =>
        row({
          measure,
          floors: [
            { name: 'words with digits masked', value: mean(floors.map((each) => each[key])) },
            ...beside.map(({ name, scores: each }) => ({
              name,
              value: mean(each.map((of) => of[key])),
            })),
          ],
          development: mean(scores.filter((_, at) => at % 2 === 0).map((each) => each[key])),
          other: mean(scores.filter((_, at) => at % 2 === 1).map((each) => each[key])),
          all: mean(scores.map((each) => each[key])),
          must,
          wholeJudged: true,
        }),
      ),
      notes,
    };
  },
};

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

/** Floor: every word with a digit is a value. */
function digitsMasked(message: string): string {
  return message.replaceAll(/\S*\d\S*/g, '<*>');
}
