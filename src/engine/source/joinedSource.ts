import type { ByteSource, SourceChange, SourceEncoding, SourcePart } from './byteSource.ts';
import { isSingleByte } from './textEncoding.ts';

const newline = 0x0a;

/** A part and where its text begins; `gap` is 1 where a line end is put behind it. */
interface Part {
  readonly source: ByteSource;
  readonly start: number;
  readonly gap: number;
}

/** The files of a rotated set as they were found, oldest first. */
export interface FoundParts {
  readonly sources: readonly ByteSource[];
  readonly notes: readonly string[];
}

/** Looks at the last part from one look at the others to the next: these change when a log is rotated. */
const looksBetween = 20;

/**
 * Several sources one behind the other. Only the last one grows; when it was rotated, by another name or
 * by a copy, or when an older part was renamed, packed or removed, the set is found anew.
 */
export class JoinedSource implements ByteSource {
  readonly path: string;
  readonly #find: () => Promise<FoundParts>;
  #parts: readonly Part[] = [];
  #notes: readonly string[] = [];
  #looks = 0;
  /** The parts are no longer the files of their names, and finding them anew has failed. */
  #isStale = false;

  private constructor(path: string, find: () => Promise<FoundParts>) {
    this.path = path;
    this.#find = find;
  }

  static async open(path: string, find: () => Promise<FoundParts>): Promise<JoinedSource> {
    const joined = new JoinedSource(path, find);
    await joined.#restart();
    return joined;
  }

  get parts(): readonly SourcePart[] {
    return this.#parts.flatMap(({ source, start }) =>
      source.parts.map((part) => ({ ...part, start: start + part.start })),
    );
  }

  get encoding(): SourceEncoding {
    return this.#parts.at(-1)?.source.encoding ?? 'utf-8';
  }

  get size(): number {
    const last = this.#parts.at(-1);
    return last === undefined ? 0 : last.start + last.source.size;
  }

  get notes(): readonly string[] {
    return [...this.#notes, ...this.#parts.flatMap(({ source }) => source.notes)];
  }

  async read(into: Uint8Array, at: number): Promise<number> {
    let done = 0;
    for (const { source, start, gap } of this.#parts) {
      const inPart = at + done - start;
      if (done === into.length || inPart < 0) break;
      if (inPart < source.size) done += await source.read(into.subarray(done), inPart);
      if (gap === 1 && done < into.length && at + done === start + source.size) {
        into[done] = newline;
        done += 1;
      }
    }
    return done;
  }

  async refresh(): Promise<SourceChange> {
    const last = this.#parts.at(-1);
    if (last === undefined) return { kind: 'same' };
    const change = await last.source.refresh();
    const isRotated = change.kind === 'replaced' || change.kind === 'truncated';
    if (isRotated || this.#isStale || (await this.#olderChanged())) {
      this.#isStale = true;
      await this.#restart();
      this.#isStale = false;
      return { kind: 'replaced', to: this.size };
    }
    if (change.kind !== 'grew') return change;
    return { ...change, from: last.start + change.from, to: last.start + change.to };
  }

  async close(): Promise<void> {
    const parts = this.#parts;
    this.#parts = [];
    for (const { source } of parts) await source.close();
  }

  async #olderChanged(): Promise<boolean> {
    this.#looks += 1;
    if (this.#looks % looksBetween !== 0) return false;
    for (const { source } of this.#parts.slice(0, -1)) {
      if ((await source.refresh()).kind !== 'same') return true;
    }
    return false;
  }

  async #restart(): Promise<void> {
    const found = await this.#find();
    await this.close();
    const parts: Part[] = [];
    let start = 0;
    for (const [index, source] of found.sources.entries()) {
      const last = index === found.sources.length - 1;
      const gap = last || (await endsWithLine(source)) ? 0 : 1;
      parts.push({ source, start, gap });
      start += source.size + gap;
    }
    this.#parts = parts;
    const mixed = new Set(found.sources.map(({ encoding }) => isSingleByte(encoding))).size > 1;
    this.#notes = mixed
      ? [...found.notes, 'The parts have different encodings: letters of some may look wrong.']
      : found.notes;
  }
}

/** A part that was cut inside a line must not run into the next one. */
async function endsWithLine(source: ByteSource): Promise<boolean> {
  if (source.size === 0) return true;
  const end = new Uint8Array(1);
  await source.read(end, source.size - 1);
  return end[0] === newline;
}
