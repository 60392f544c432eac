/** How the bytes of a log were understood where they came from. */
export type SourceEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1' | 'binary';

/** What happened to a source since it was last looked at. */
export type SourceChange =
  | { readonly kind: 'same' }
  /** Bytes were added behind those that were there. */
  | { readonly kind: 'grew'; readonly from: number; readonly to: number }
  /** The same file was cut: what is known of it beyond `to` is gone. */
  | { readonly kind: 'truncated'; readonly to: number }
  /** Another file has its name now (rotation, replacement, an editor's save): read it from the start. */
  | { readonly kind: 'replaced'; readonly to: number }
  /** It has no file any more; what was read stays readable while the handle is open. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'unreadable'; readonly message: string; readonly advice: string };

/** A file that a source is made of. */
export interface SourcePart {
  readonly path: string;
  /** Where its text begins in the source, in bytes. */
  readonly start: number;
  /** gzip, zstd, bzip2, xz, or none. */
  readonly packing: 'none' | 'gzip' | 'zstd' | 'bzip2' | 'xz';
}

/**
 * The text of a log as bytes that can be read anywhere, whatever it is stored as: a file, an archive
 * (unpacked to a file of ours), a rotated set (oldest part first), a text in UTF-16 (transcoded). Lines
 * end at `\n`; bytes are UTF-8 or, for `latin1` and `binary`, single bytes. Offsets are below 2^53.
 */
export interface ByteSource {
  /** What the reader calls it. */
  readonly path: string;
  readonly parts: readonly SourcePart[];
  readonly encoding: SourceEncoding;
  /** Bytes that can be read now; changed by `refresh` only. */
  readonly size: number;
  /** What was given up, in short sentences: a truncated archive, a bound that was met. Mostly none. */
  readonly notes: readonly string[];
  /**
   * Fills `into` from byte `at` on.
   * @returns the bytes read: fewer than asked for at the end of the source
   * @throws EngineError `unreadable`, `changed-while-reading`, `no-permission`, `not-found`
   */
  read(into: Uint8Array, at: number): Promise<number>;
  /** Looks at the files again. Cheap: one or two system calls for each file that can change. */
  refresh(): Promise<SourceChange>;
  /** Closes files and removes those of ours. */
  close(): Promise<void>;
}
