import type { ByteSource, SourceChange, SourceEncoding, SourcePart } from '../byteSource.ts';
import { asEngineError } from './fileFailure.ts';
import type { ContentOptions, FileContent } from './fileContent.ts';
import { understand } from './fileContent.ts';
import type { RawFile } from './rawFile.ts';

/** The text of one file. What it is stored as is looked at again whenever the file is another one. */
export class FileSource implements ByteSource {
  readonly path: string;
  readonly #raw: RawFile;
  readonly #options: ContentOptions;
  #content: FileContent;

  private constructor(raw: RawFile, content: FileContent, options: ContentOptions) {
    this.path = raw.path;
    this.#raw = raw;
    this.#content = content;
    this.#options = options;
  }

  /** Takes `raw` over: it is closed with the source, and when the source cannot be made. */
  static async over(raw: RawFile, options: ContentOptions): Promise<FileSource> {
    try {
      return new FileSource(raw, await understand(raw, options), options);
    } catch (error) {
      await raw.close();
      throw asEngineError(raw.path, error);
    }
  }

  get parts(): readonly SourcePart[] {
    return [{ path: this.path, start: 0, packing: this.#content.packing }];
  }

  get encoding(): SourceEncoding {
    return this.#content.encoding;
  }

  get size(): number {
    return this.#content.size;
  }

  get notes(): readonly string[] {
    return this.#content.notes;
  }

  read(into: Uint8Array, at: number): Promise<number> {
    return this.#content.read(into, at);
  }

  async refresh(): Promise<SourceChange> {
    const before = this.size;
    const change = await this.#raw.refresh();
    try {
      switch (change.kind) {
        case 'grew':
          return await this.#grow(change.from, before);
        case 'truncated':
          return await this.#cut();
        case 'replaced':
          return await this.#restart();
        case 'same':
        case 'gone':
        case 'unreadable':
          return change;
      }
    } catch (error) {
      const { message, advice } = asEngineError(this.path, error);
      return { kind: 'unreadable', message, advice };
    }
  }

  async close(): Promise<void> {
    await this.#content.close();
    await this.#raw.close();
  }

  async #grow(from: number, before: number): Promise<SourceChange> {
    if (!(await this.#content.grow(from))) {
      const { kind, to } = await this.#restart();
      return before === 0 ? { kind: 'grew', from: 0, to } : { kind, to };
    }
    return this.size === before ? { kind: 'same' } : { kind: 'grew', from: before, to: this.size };
  }

  async #cut(): Promise<SourceChange> {
    // What is left of a spooled text cannot be told from the file's bytes alone.
    if (this.#content.inPlace === null) return this.#restart();
    return { kind: 'truncated', to: this.size };
  }

  async #restart(): Promise<{ readonly kind: 'replaced'; readonly to: number }> {
    const content = await understand(this.#raw, this.#options);
    await this.#content.close();
    this.#content = content;
    return { kind: 'replaced', to: this.size };
  }
}
