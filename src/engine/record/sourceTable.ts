/** A log with more names than this has put something else in their place; further ones stay unnamed. */
const mostSources = 20_000;
const longestName = 120;

const utf8 = new TextDecoder();

/** Gives each distinct name a number in order of appearance, comparing bytes; 0 is the empty name. */
export class SourceTable {
  readonly #names: string[] = [''];
  readonly #bytes: Uint8Array[] = [new Uint8Array(0)];
  readonly #hashes: number[] = [0];
  #slots = new Uint32Array(1024);
  /** The name seen last per sampled hash: most lines repeat one of a few names. */
  readonly #recent = new Uint32Array(256);

  get count(): number {
    return this.#names.length;
  }

  names(): readonly string[] {
    return this.#names.slice();
  }

  /** Number of the name in `bytes[start, end)` after `trimName`. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    const from = nameStart(bytes, start, end);
    const to = nameEnd(bytes, from, end);
    if (to <= from || to - from > longestName) return 0;
    const middle = bytes[(from + to) >> 1]!;
    const sampled = (to - from + middle * 7 + bytes[to - 1]! * 31 + bytes[to - 2]! * 57) & 255;
    const known = this.#recent[sampled]!;
    if (known !== 0 && equals(this.#bytes[known]!, bytes, from, to)) return known;
    const id = this.#internWhole(bytes, from, to);
    this.#recent[sampled] = id;
    return id;
  }

  #internWhole(bytes: Uint8Array, from: number, to: number): number {
    let hash = 0;
    for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
    let slot = spread(hash) & (this.#slots.length - 1);
    for (;;) {
      const id = this.#slots[slot]!;
      if (id === 0) break;
      if (this.#hashes[id] === hash && equals(this.#bytes[id]!, bytes, from, to)) return id;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
    if (this.#names.length >= mostSources) return 0;
    const name = bytes.slice(from, to);
    this.#names.push(utf8.decode(name));
    this.#bytes.push(name);
    this.#hashes.push(hash);
    if (this.#names.length * 2 > this.#slots.length) this.#rehash(this.#slots.length * 2);
    else this.#slots[slot] = this.#names.length - 1;
    return this.#names.length - 1;
  }

  /** Forgets the names from number `count` on. */
  truncate(count: number): void {
    if (count >= this.#names.length) return;
    this.#names.length = count;
    this.#bytes.length = count;
    this.#hashes.length = count;
    this.#recent.fill(0);
    this.#rehash(this.#slots.length);
  }

  #rehash(size: number): void {
    this.#slots = new Uint32Array(size);
    for (let id = 1; id < this.#names.length; id += 1) {
      let slot = spread(this.#hashes[id]!) & (size - 1);
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (size - 1);
      this.#slots[slot] = id;
    }
  }
}

function spread(hash: number): number {
  return hash ^ (hash >>> 15);
}

function equals(name: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let at = 0; at < name.length; at += 1) if (name[at] !== bytes[start + at]) return false;
  return true;
}

/** A name begins with a letter, `_`, `/` or `.`: numbers and brackets in front say nothing about who wrote. */
function nameStart(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && !isNameStart(bytes[at]!)) at += 1;
  // `1234#0` is a process, not a component.
  return at > start && bytes[start]! >= 0x30 && bytes[start]! <= 0x39 ? end : at;
}

/** Without process ids, line numbers and spaces behind: `sshd[123]`, `main.go:12`, `Election@774`, `Tag( 7)`. */
function nameEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && bytes[at - 1]! <= 0x20) at -= 1;
  const whole = at;
  if (at > start && (bytes[at - 1] === 0x5d || bytes[at - 1] === 0x29)) at -= 1;
  const digits = at;
  while (at > start && bytes[at - 1]! >= 0x30 && bytes[at - 1]! <= 0x39) at -= 1;
  if (at === digits) return bytes[digits] === 0x5d && digits < whole ? digits : whole;
  while (at > start && bytes[at - 1] === 0x20) at -= 1;
  const mark = at > start ? bytes[at - 1]! : 0;
  const numbered = mark === 0x5b || mark === 0x3a || mark === 0x40 || mark === 0x28;
  return numbered ? at - 1 : whole;
}

function isNameStart(byte: number): boolean {
  const letter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  return letter || byte === 0x5f || byte === 0x2f || byte === 0x2e || byte >= 0x80;
}
