import type { Embedder } from '../../engine/embed/embedder.ts';
import type { AnalysedLog } from '../../engine/explain/analysedLog.ts';
import { explainLogs } from '../../engine/explain/explainLogs.ts';
import type { Explanation } from '../../engine/explain/explanation.ts';
import { decodeLog } from '../../engine/record/decodeLog.ts';
import { scan } from '../scan.ts';
import type { ScenarioCase } from './generateScenario.ts';

/** What is done to logs before they are read. */
export type Damage = 'cut lines' | 'CRLF' | 'UTF-16' | 'shuffled files';

/** Longer lines are cut here, as some collectors do. */
const cutAt = 120;

/** The logs of a case, analysed as the product does; no embedder leaves embeddings out. */
export async function analysedScenario(
  { logs }: ScenarioCase,
  damage: Damage | null = null,
  embedder: Embedder | null = null,
): Promise<readonly AnalysedLog[]> {
  const ordered = damage === 'shuffled files' ? logs.toReversed() : logs;
  const analyses: AnalysedLog[] = [];
  for (const { path, lines } of ordered) {
    analyses.push(await scan(decodeLog(path, encoded(lines, damage)), {}, embedder));
  }
  return analyses;
}

/** Explains the logs of a case without a model. */
export async function explainScenario(
  made: ScenarioCase,
  damage: Damage | null = null,
): Promise<Explanation> {
  return explainLogs({ analyses: await analysedScenario(made, damage) });
}

function encoded(lines: readonly string[], damage: Damage | null): Uint8Array {
  const kept = damage === 'cut lines' ? lines.map((line) => line.slice(0, cutAt)) : lines;
  const text = kept.map((line) => `${line}${damage === 'CRLF' ? '\r\n' : '\n'}`).join('');
  if (damage !== 'UTF-16') return new TextEncoder().encode(text);
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, true);
  for (let at = 0; at < text.length; at += 1) view.setUint16(2 + at * 2, text.charCodeAt(at), true);
  return bytes;
}
