import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Benchmark, BenchmarkResult, Floor, Row, Unit } from '../../src/eval/benchmark.ts';
import { row } from '../../src/eval/rows.ts';
import type { VariantFigures } from './figures.ts';

interface Variant {
  readonly name: string;
  /** File in `without/` that takes the place of a detector, or none. */
  readonly left: string | null;
  readonly vectors: 'none' | 'hashing' | 'model';
  /** What the left-out detector can change at all. */
  readonly what: 'lines' | 'sessions' | 'both';
}

const whole: Variant = { name: 'everything', left: null, vectors: 'none', what: 'both' };

const without = (name: string, left: string, what: Variant['what']): Variant => ({
  name: `without ${name}`,
  left,
  vectors: 'none',
  what,
});

const variants: readonly Variant[] = [
  without('rarity', 'rarity', 'lines'),
  without('levels and failure words', 'severity', 'lines'),
  without('next event', 'nextEvent', 'lines'),
  without('values', 'slotValues', 'lines'),
  without('word variants', 'wordVariants', 'lines'),
  without('gaps', 'gaps', 'lines'),
  without('silences', 'silences', 'lines'),
  without('bursts', 'bursts', 'lines'),
  without('level shifts', 'levelShifts', 'lines'),
  without('following lines', 'followingLines', 'lines'),
  without('repeats', 'repeats', 'lines'),
  without('count rules', 'countInvariants', 'sessions'),
  without('order rules', 'orderInvariants', 'sessions'),
  without('session autoencoder', 'sessionAutoencoder', 'sessions'),
  without('pauses of sessions', 'sessionPauses', 'sessions'),
  { name: 'with hashed words', left: null, vectors: 'hashing', what: 'lines' },
  { name: 'with embeddings', left: null, vectors: 'model', what: 'lines' },
  {
    name: 'with embeddings, without neighbours',
    left: 'neighbours',
    vectors: 'model',
    what: 'lines',
  },
  {
    name: 'with embeddings, without line autoencoder',
    left: 'lineAutoencoder',
    vectors: 'model',
    what: 'lines',
  },
];

const measures: readonly {
  readonly key: keyof VariantFigures;
  readonly measure: string;
  readonly unit?: Unit;
  readonly better?: 'less';
}[] = [
  { key: 'alertAp', measure: 'BGL lines: AP' },
  { key: 'sessionAp', measure: 'HDFS sessions: AP' },
  { key: 'sessionF1', measure: 'HDFS sessions: F1' },
  { key: 'faultRecall', measure: 'planted faults: recall at 1 false' },
  { key: 'faultMarked', measure: 'planted faults: recall of marks' },
  {
    key: 'faultFalse',
    measure: 'the same: false in 10,000 lines',
    unit: 'count',
    better: 'less',
  },
  { key: 'ordinaryHigh', measure: 'ordinary logs: high', unit: 'count', better: 'less' },
  { key: 'ordinaryMarked', measure: 'ordinary logs: marked', unit: 'count', better: 'less' },
];

/** Every detector left out in turn, and every kind of vector: what each of them earns. */
export const ablation: Benchmark = {
  name: 'ablation',
  title: 'What each detector earns: left out in turn; base without embeddings',
  dataSet: 'all',
  alone: true,
  run: async ({ onProgress }): Promise<BenchmarkResult> => {
    const base = await figuresOf(whole);
    const figures = new Map<string, Partial<VariantFigures>>();
    const left = [...variants];
    const failed: string[] = [];
    const worker = async (): Promise<void> => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const { name } = next;
        onProgress(name);
        try {
          figures.set(name, await figuresOf(next));
        } catch (error) {
          failed.push(`${name} failed: ${String(error)}`);
        }
      }
    };
    // Two cores; nothing here is timed.
    await Promise.all([worker(), worker()]);
    return {
      rows: measures.map(({ key, measure, unit, better }): Row => {
        const floors = variants.flatMap(({ name }): Floor[] => {
          const value = figures.get(name)?.[key];
          return value === undefined ? [] : [{ name, value }];
        });
        return row({
          measure,
          ...(unit === undefined ? {} : { unit }),
          ...(better === undefined ? {} : { better }),
          floors,
          all: base[key] ?? Number.NaN,
        });
      }),
      notes: [
        'Means over five seeds. Planted faults: twice 2,000 lines of each style, all kinds once. "–": the detector has no part in it.',
        ...failed,
      ],
    };
  },
};

function figuresOf({ left, vectors, what }: Variant): Promise<Partial<VariantFigures>> {
  const name = left === null ? 'variant' : `variant-${left}`;
  const program = join('.cache', 'bench', `${name}.mjs`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, vectors, what], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(JSON.parse(said) as Partial<VariantFigures>);
      else reject(new Error(`${program} ended with status ${status ?? 'none'}`));
    });
  });
}
