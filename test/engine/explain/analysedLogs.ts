import { analyseLog } from '../../../src/engine/analysis/analyseLog.ts';
import type { Analysis } from '../../../src/engine/analysis/analysis.ts';
import { decodeLog } from '../../../src/engine/record/decodeLog.ts';

/** A text analysed as a log, without vectors. */
export async function analysed(path: string, text: string): Promise<Analysis> {
  return analyseLog(decodeLog(path, new TextEncoder().encode(text)), {
    embedder: null,
    embedderStatus: { id: 'none', state: 'off', detail: '' },
    now: () => 0,
  });
}

/** `HH:MM:SS` lines of an ordinary service, from a given second on. */
export function ordinaryLines(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => {
    const second = from + index;
    const time = new Date(Date.UTC(2026, 2, 12, 12, 0, second)).toISOString();
    const user = 100 + ((index * 37) % 900);
    return index % 2 === 0
      ? `${time} INFO web.Orders - GET /orders/${user} answered 200 in ${12 + (index % 9)} ms`
      : `${time} INFO store.Cache - refreshed ${index % 13} entries for user ${user}`;
  });
}

/** Text of lines with a final line end. */
export function lines(...parts: readonly (string | readonly string[])[]): string {
  return `${parts.flat().join('\n')}\n`;
}

/** The same without findings, for golden files: they are about the explanation, not the detectors. */
export async function readOnly(path: string, text: string): Promise<Analysis> {
  return { ...(await analysed(path, text)), findings: [] };
}
