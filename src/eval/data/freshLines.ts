import { seededRandom } from '../../engine/base/random.ts';
import type { LabelledLog } from './parsedLogs.ts';

/**
 * Line by line from each system in turn, the whole several times over, every digit drawn anew so
 * that no value was seen before.
 */
export function interleaved(systems: readonly LabelledLog[], rounds: number): string[] {
  const random = seededRandom(1);
  const lines: string[] = [];
  const longest = Math.max(...systems.map(({ messages }) => messages.length));
  for (let at = 0; at < rounds * longest; at++) {
    for (const { messages } of systems) {
      const message = messages[at % longest];
      if (message !== undefined) {
        lines.push(message.replaceAll(/\d/g, () => String(Math.floor(random() * 10))));
      }
    }
  }
  return lines;
}
