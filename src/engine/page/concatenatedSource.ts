import type { ByteSource, SourceChange, SourceEncoding, SourcePart } from '../source/byteSource.ts';

const newline = 0x0a;

/** A source and where it stands in the whole. */
interface Placed {
  readonly source: ByteSource;
  readonly start: number;
  /** Bytes of it that are shown. */
  readonly size: number;
  /** A line end is put behind it, as its last line has none and another source follows. */
  readonly ended: boolean;
}

/**
 * Several sources, one behind the other, as one. Each begins on a line of its own. What is added to the
 * last one is added to the whole; what is added to another one would move all that is behind it, and
 * waits until the sources are opened again.
 */
export class ConcatenatedSource implements ByteSource {
  readonly path: string;
  readonly encoding: SourceEncoding;
  #placed: readonly Placed[];

  private constructor(placed: readonly Placed[]) {
    this.#placed = placed;
    this.path = placed.map(({ source }) => source.path).join(', ');
    this.encoding = sharedEncoding(placed.map(({ source }) => source.encoding));
  }

  /** @param sources at least one. @throws EngineError as `ByteSource.read` */
  static async of(sources: readonly ByteSource[]): Promise<ConcatenatedSource> {
    return new ConcatenatedSource(await place(sources));
  }

  get parts(): readonly SourcePart[] {
    return this.#placed.flatMap(({ source, start }) =>
      source.parts.map((part) => ({ ...part, start: start + part.start })),
    );
  }

  get size(): number {
    const last = this.#placed.at(-1);
    return last === undefined ? 0 : last.start + last.size;
  }

  get notes(): readonly string[] {
    const encodings = new Set(this.#placed.map(({ source }) => source.encoding));
    const mixed = encodings.size > 1 && [...encodings].some((one) => one !== this.encoding);
    return [
      ...this.#placed.flatMap(({ source }) => source.notes),
      ...(mixed && encodings.has('latin1')
        ? ['Some of the logs are in Latin-1: their accented letters are shown as replacements.']
        : []),
    ];
  }

  /** How many sources there are. */
  get count(): number {
    return this.#placed.length;
  }

  /** Where a source begins; the end of the whole for one behind the last. */
  startOf(index: number): number {
    return this.#placed[index]?.start ?? this.size;
  }

  /** Index of the source that the byte belongs to. */
  partAt(byte: number): number {
    return Math.max(
      0,
      this.#placed.findLastIndex(({ start }) => start <= byte),
    );
  }

  async read(into: Uint8Array, at: number): Promise<number> {
    let done = 0;
    while (done < into.length && at + done < this.size) {
      const { source, start, size, ended } = this.#placed[this.partAt(at + done)]!;
      const inside = at + done - start;
      if (inside >= size) {
        if (ended) into[done] = newline;
        done += 1;
        continue;
      }
      const read = await source.read(
        into.subarray(done, Math.min(into.length, done + size - inside)),
        inside,
      );
      if (read === 0) return done;
      done += read;
    }
    return done;
  }

  async refresh(): Promise<SourceChange> {
    const from = this.size;
    const changes: SourceChange[] = [];
    for (const { source } of this.#placed) changes.push(await source.refresh());
    if (changes.some(({ kind }) => kind === 'truncated' || kind === 'replaced')) {
      this.#placed = await place(this.#placed.map(({ source }) => source));
      return { kind: 'replaced', to: this.size };
    }
    const last = this.#placed.at(-1);
    if (last !== undefined && changes.at(-1)?.kind === 'grew') {
      this.#placed = [...this.#placed.slice(0, -1), { ...last, size: last.source.size }];
      return { kind: 'grew', from, to: this.size };
    }
    return changes.find(({ kind }) => kind === 'gone' || kind === 'unreadable') ?? { kind: 'same' };
  }

  async close(): Promise<void> {
    await Promise.all(this.#placed.map(({ source }) => source.close()));
  }
}

async function place(sources: readonly ByteSource[]): Promise<Placed[]> {
  const placed: Placed[] = [];
  let start = 0;
  for (const [index, source] of sources.entries()) {
    const { size } = source;
    const lastByte = new Uint8Array(1);
    if (size > 0) await source.read(lastByte, size - 1);
    const ended = size > 0 && lastByte[0] !== newline && index < sources.length - 1;
    placed.push({ source, start, size, ended });
    start += size + (ended ? 1 : 0);
  }
  return placed;
}

/** UTF-8 where any of them is: its letters are the ones that single bytes cannot write. */
function sharedEncoding(encodings: readonly SourceEncoding[]): SourceEncoding {
  const [first = 'utf-8'] = encodings;
  return encodings.every((one) => one === first) ? first : 'utf-8';
}
