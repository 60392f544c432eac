import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { throwIfAborted } from '../../base/abort.ts';
import type { SourceEncoding } from '../byteSource.ts';
import { Spool } from './spool.ts';

/** What was found out about a text while it was unpacked. */
export interface TextFacts {
  readonly encoding: SourceEncoding;
  readonly notes: readonly string[];
}

export interface SpooledText extends TextFacts {
  readonly spool: Spool;
}

/** Milliseconds between two looks at a file that another thread fills. */
const lookEvery = 50;
/** Looks without growth after which nobody seems to fill it any more. */
const mostLooks = 40;

/**
 * The text of an archive in a file that all threads of the process read: the first one makes it, those
 * that come meanwhile wait for it. Whoever waits in vain makes a file of its own.
 * @param name what the archive is called and was last written; the same for the same bytes
 * @param fill writes the text; @throws as `fill` and `Spool.create` do, and `aborted`
 */
export async function sharedText(
  folder: string,
  name: string,
  fill: (spool: Spool) => Promise<TextFacts>,
  signal: AbortSignal | undefined,
): Promise<SpooledText> {
  const unfinished = `${name}.part`;
  for (;;) {
    const shared = await Spool.openShared(folder, name);
    // The facts were written by `share` below.
    if (shared !== null) return { spool: shared.spool, ...(shared.facts as TextFacts) };
    const own = await Spool.createNamed(folder, unfinished);
    if (own !== null) {
      return filled(own, async (spool) => {
        const facts = await fill(spool);
        await spool.share(folder, name, facts);
        return facts;
      });
    }
    if (!(await finished(join(folder, unfinished), signal))) {
      return filled(await Spool.create(folder), fill);
    }
  }
}

/** The spool with its text; without it, where that fails. */
export async function filled(
  spool: Spool,
  fill: (spool: Spool) => Promise<TextFacts>,
): Promise<SpooledText> {
  try {
    return { spool, ...(await fill(spool)) };
  } catch (error) {
    await spool.close();
    throw error;
  }
}

/** Whether the file got another name or was given up; false where nothing happens to it for long. */
async function finished(path: string, signal: AbortSignal | undefined): Promise<boolean> {
  let size = -1;
  for (let looks = 0; looks < mostLooks; looks += 1) {
    throwIfAborted(signal);
    const now = await stat(path).then(
      (stats) => stats.size,
      () => null,
    );
    if (now === null) return true;
    if (now !== size) looks = 0;
    size = now;
    await pause(lookEvery);
  }
  return false;
}
