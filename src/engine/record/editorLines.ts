import type { LogText } from './logText.ts';

/**
 * The editor breaks lines at `\n`, `\r\n` and a lone `\r`; the engine at `\n` only. Gives for each
 * engine line (0-based) the editor line (0-based) where it starts; null when both count alike.
 *
 * @param from byte offset before which no lone `\r` stands
 */
export function editorLineNumbers(log: LogText, from = 0): Uint32Array | null {
  const { lineStarts, lineCount } = log;
  // By the native search of Buffer: that of a plain array takes ten times as long.
  const { buffer, byteOffset, byteLength } = log.bytes;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  let numbers: Uint32Array | null = null;
  let line = 0;
  let extra = 0;
  for (let at = bytes.indexOf(0x0d, from); at !== -1; at = bytes.indexOf(0x0d, at + 1)) {
    if (bytes[at + 1] === 0x0a) continue;
    numbers ??= new Uint32Array(lineCount);
    for (; line < lineCount && lineStarts[line]! <= at; line += 1) numbers[line] = line + extra;
    extra += 1;
  }
  if (numbers === null) return null;
  for (; line < lineCount; line += 1) numbers[line] = line + extra;
  return numbers;
}
