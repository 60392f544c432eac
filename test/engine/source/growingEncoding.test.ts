import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSource } from '../../../src/engine/source/adapters/openSource.ts';
import type { SourceEncoding } from '../../../src/engine/source/byteSource.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faultline-growing-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** The encoding of a log that begins and goes on with these bytes. */
async function encodingOf(...pieces: readonly Uint8Array[]): Promise<SourceEncoding> {
  const [first = new Uint8Array(0), ...more] = pieces;
  const path = join(folder, 'a.log');
  await writeFile(path, first);
  const source = await openSource(path, { spoolDir: join(folder, 'spool') });
  for (const piece of more) {
    await appendFile(path, piece);
    expect((await source.refresh()).kind).toBe('grew');
  }
  const { encoding } = source;
  await source.close();
  return encoding;
}

const utf8 = (text: string): Uint8Array => Buffer.from(text);
const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('a log that was plain ASCII', () => {
  it('becomes what its first letter beyond that is written in', async () => {
    const plain = utf8('a plain line\n');
    expect(await encodingOf(plain, plain, latin1('f\u00fcr\n'))).toBe('latin1');
    expect(await encodingOf(plain, utf8('f\u00fcr\n'))).toBe('utf-8');
  });

  it('stays UTF-8 once it has shown that', async () => {
    expect(await encodingOf(utf8('f\u00fcr alle\n'), latin1('f\u00fcr\n'))).toBe('utf-8');
  });
});
