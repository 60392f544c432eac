import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { EngineError } from '../../src/engine/base/engineError.ts';

export interface LogFiles {
  readonly folder: string;
  /** Writes a file. @returns its path */
  readonly file: (name: string, content: string | Uint8Array) => string;
}

/** A folder for the files of one test file, removed after it. */
export function logFiles(): LogFiles {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-files-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  return {
    folder,
    file: (name, content) => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
  };
}

/** Why work on a file failed; it has to say what happened and what to do. */
export async function reasonOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!EngineError.is(error)) throw new Error('an EngineError was expected', { cause: error });
  expect(error.message).not.toBe('');
  expect(error.advice).not.toBe('');
  return error.reason;
}
