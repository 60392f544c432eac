import * as v from 'valibot';
import { EngineError } from '../../base/engineError.ts';
import { decodeLog } from '../../record/decodeLog.ts';
import type { LogText } from '../../record/logText.ts';
import { forgetValues } from './forgetValues.ts';

const version = 1;
const formatName = 'faultline-baseline';
const opening = `{"format":"${formatName}"`;
const lineFeed = 10;

const stamp = v.object({ format: v.literal(formatName), version: v.number() });
const size = v.pipe(v.number(), v.integer(), v.minValue(0));
const heading = v.object({
  format: v.literal(formatName),
  version: v.literal(version),
  runs: v.array(v.object({ name: v.string(), bytes: size, check: size })),
});

/**
 * Good runs as one file to keep: a line of JSON that names them, then their texts without values
 * (`forgetValues`), to be gzipped.
 */
export function writeBaseline(good: readonly LogText[]): Uint8Array {
  const texts = good.map((run) => forgetValues(run));
  const runs = good.map((run, index) => ({
    name: run.path.split(/[\\/]/).at(-1)!,
    bytes: texts[index]!.length,
    check: checksum(texts[index]!),
  }));
  const head = JSON.stringify({ format: formatName, version, runs });
  return Buffer.concat([new TextEncoder().encode(`${head}\n`), ...texts]);
}

/**
 * The good runs in a file of `writeBaseline`; null for any other text.
 * @throws EngineError `unreadable` for a damaged file and for one of a newer version
 */
export function readBaseline(file: LogText): LogText[] | null {
  const { bytes, path } = file;
  const decoder = new TextDecoder();
  if (decoder.decode(bytes.subarray(0, opening.length)) !== opening) return null;
  const end = bytes.indexOf(lineFeed);
  const head = parsed(decoder.decode(bytes.subarray(0, end < 0 ? bytes.length : end)));
  const stated = v.safeParse(stamp, head);
  if (stated.success && stated.output.version > version) {
    throw new EngineError(
      'unreadable',
      `${path} is a baseline of a newer version of Faultline.`,
      'Update Faultline, or train it again.',
    );
  }
  const read = v.safeParse(heading, head);
  if (!read.success) throw damaged(path);
  let at = end + 1;
  const runs = read.output.runs.map((run) => {
    const text = bytes.subarray(at, at + run.bytes);
    at += run.bytes;
    if (text.length !== run.bytes || checksum(text) !== run.check) throw damaged(path);
    return decodeLog(run.name, text);
  });
  if (at !== bytes.length) throw damaged(path);
  return runs;
}

function damaged(path: string): EngineError {
  return new EngineError(
    'unreadable',
    `${path} is a damaged baseline.`,
    'Train it again with faultline train.',
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** FNV-1a (Fowler, Noll, Vo, 1991). */
function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
