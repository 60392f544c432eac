import { seededRandom } from '../../engine/base/random.ts';
import type { Benchmark, BenchmarkResult } from '../benchmark.ts';
import { mutatedLog } from '../formats/mutateSample.ts';
import { sampledFormats as formats } from '../formats/sampledFormats.ts';
import type { SampledFormat } from '../formats/sampledFormats.ts';
import { readMutated } from '../formats/readMutated.ts';
import { mean, row } from '../rows.ts';

const repeats = 40;
const mutations = 20;

interface Shares {
  readonly asTheyStand: number;
  readonly mutated: number;
}

/** The samples of the table: they were looked at while the formats were written; what they become was not. */
export const sampleFormats: Benchmark = {
  name: 'formats',
  title: 'Right format and fields on the samples of the table, as they stand and mutated',
  dataSet: 'scenarios',
  run: async ({ onProgress }): Promise<BenchmarkResult> => {
    const reached: Shares[] = [];
    const notes = [
      `${formats.length} formats. Mutated: ${mutations} logs each of 4, 12 or 60 lines, with other messages, components, hosts, days and minutes, Windows line ends, traces between the lines, and containers around them. Halves: every second format.`,
    ];
    for (const entry of formats) {
      onProgress(entry.name);
      const { shares, wrong } = await sharesOf(entry);
      reached.push(shares);
      if (wrong !== null) notes.push(`${entry.name}: first wrong ${wrong.slice(0, 400)}.`);
    }
    const figures = (of: (shares: Shares) => number): Parameters<typeof row>[0] => ({
      measure: '',
      development: mean(reached.filter((_, at) => at % 2 === 0).map(of)),
      other: mean(reached.filter((_, at) => at % 2 === 1).map(of)),
      all: mean(reached.map(of)),
      must: 0.98,
      stretch: 0.998,
    });
    return {
      rows: [
        row({
          ...figures(({ asTheyStand }) => asTheyStand),
          measure: `samples, ${repeats} lines each: records read right`,
        }),
        row({
          ...figures(({ mutated }) => mutated),
          measure: 'mutated samples: records read right',
        }),
      ],
      notes,
    };
  },
};

async function sharesOf(
  entry: SampledFormat,
): Promise<{ readonly shares: Shares; readonly wrong: string | null }> {
  const { name, samples, opening } = entry;
  const above = opening === undefined ? 0 : 1;
  let wrong: string | null = null;
  const plain: number[] = [];
  for (const sample of samples) {
    const lines = Array.from({ length: repeats }, () => sample.line);
    const text = `${[...(opening === undefined ? [] : [opening]), ...lines].join('\n')}\n`;
    const records = lines.map(() => sample);
    const reading = await readMutated(name, { text, records, above, container: '' });
    plain.push(reading.right / reading.records);
    wrong ??= reading.wrong;
  }
  const mutated: number[] = [];
  for (let seed = 1; seed <= mutations; seed += 1) {
    const reading = await readMutated(name, mutatedLog(entry, seededRandom(seed)));
    mutated.push(reading.right / reading.records);
    wrong ??= reading.wrong;
  }
  return { shares: { asTheyStand: mean(plain), mutated: mean(mutated) }, wrong };
}
