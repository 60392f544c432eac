import type { LogText } from './logText.ts';

/**
 * The editor breaks lines at `\n`, `\r\n` and a lone `\r`; the engine at `\n` only. Gives for each
 * engine line (0-based) the editor line (0-based) where it starts; null when both count alike.
 */
export function editorLineNumbers(log: LogText): Uint32Array | null {
  const { bytes, lineStarts, lineCount } = log;
  let numbers: Uint32Array | null = null;
  let line = 0;
  let extra = 0;
  for (let at = bytes.indexOf(0x0d); at !== -1; at = bytes.indexOf(0x0d, at + 1)) {
    if (bytes[at + 1] === 0x0a) continue;
    numbers ??= new Uint32Array(lineCount);
    for (; line < lineCount && lineStarts[line]! <= at; line += 1) numbers[line] = line + extra;
    extra += 1;
  }
  if (numbers === null) return null;
  for (; line < lineCount; line += 1) numbers[line] = line + extra;
  return numbers;
}
