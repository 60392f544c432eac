import type { Category } from '../../engine/explain/explanation.ts';
import type { ScenarioLog } from './generateScenario.ts';

/**
 * What asks for no skill: words that a category brings to mind, counted. Written for this table alone;
 * the engine does not know it.
 */
const words: readonly (readonly [Category, RegExp])[] = [
  ['resource.disk', /disk|no space|volume/i],
  ['resource.memory', /memory|heap|oom/i],
  ['resource.cpu', /cpu|load average|throttl/i],
  ['resource.handles', /too many open|descriptor|sockets?/i],
  ['resource.quota', /quota|rate limit|too many requests/i],
  ['network.disconnect', /connection reset|link is down|disconnect|connection lost/i],
  ['network.timeout', /time[d ]?-?out/i],
  ['network.dns', /resolve|dns|unknown host|lookup/i],
  ['network.tls', /ssl|tls|certificate|handshake/i],
  ['node.down', /node|host down|heartbeat/i],
  ['process.crash', /crash|segfault|sigsegv|core dump/i],
  ['process.killed', /kill/i],
  ['dependency.unavailable', /unavailable|refused|503/i],
  ['auth.denied', /denied|forbidden|password|authoriz/i],
  ['config.invalid', /config|property|directive/i],
  ['version.mismatch', /version|incompatible/i],
  ['code.exception', /exception|traceback|nullpointer|typeerror/i],
  ['code.assertion', /assert/i],
  ['test.failure', /tests?\b.*fail/i],
  ['build.compile', /compil|error:/i],
  ['build.dependency', /dependenc|artifact/i],
  ['data.missing', /missing|not found|no such file/i],
  ['data.corrupt', /corrupt|checksum|invalid page/i],
  ['concurrency', /deadlock|concurrent|race/i],
];

const complaint =
  /\b(error|fatal|fail\w*|emerg|panic|exception)\b|\b[EF]\d{4}\b|<[EF]>|"level":[56]0|\[(ERR|FTL)\]/i;

/** What a floor says of a case: a category, and the line it cites. */
export interface FloorAnswer {
  readonly category: Category;
  readonly cited: { readonly path: string; readonly line: number } | null;
}

/** The category whose words stand in most lines that complain; the first of those lines is cited. */
export function keywordAnswer(logs: readonly ScenarioLog[]): FloorAnswer {
  const lines = complaints(logs);
  return { category: commonest(lines.map(({ text }) => text)), cited: lines[0] ?? null };
}

/** The complaint that is made most often, digits aside: its words, and the first line that says it. */
export function loudestAnswer(logs: readonly ScenarioLog[]): FloorAnswer {
  const lines = complaints(logs);
  const counts = new Map<string, number>();
  for (const { text } of lines) counts.set(pattern(text), (counts.get(pattern(text)) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  const loudest = lines.find(({ text }) => counts.get(pattern(text)) === most) ?? null;
  return { category: loudest === null ? 'none' : commonest([loudest.text]), cited: loudest };
}

function complaints(
  logs: readonly ScenarioLog[],
): { readonly path: string; readonly line: number; readonly text: string }[] {
  return logs.flatMap(({ path, lines }) =>
    lines.flatMap((text, index) => (complaint.test(text) ? [{ path, line: index + 1, text }] : [])),
  );
}

function pattern(text: string): string {
  return text.replaceAll(/[\da-f]{6,}|\d+/gi, '0');
}

function commonest(texts: readonly string[]): Category {
  let best: Category = texts.length === 0 ? 'none' : 'unknown';
  let most = 0;
  for (const [category, expression] of words) {
    const count = texts.filter((text) => expression.test(text)).length;
    if (count > most) [best, most] = [category, count];
  }
  return best;
}
