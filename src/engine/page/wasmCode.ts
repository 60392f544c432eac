/** Instructions of WebAssembly as bytes, as far as the loops of `scanModule.ts` need them. */
export const i32 = 0x7f;
export const v128 = 0x7b;
const empty = 0x40;

export const get = (local: number): number[] => [0x20, local];
export const set = (local: number): number[] => [0x21, local];
export const tee = (local: number): number[] => [0x22, local];
export const constant = (value: number): number[] => [0x41, ...signed(value)];
export const call = (index: number): number[] => [0x10, index];

export const loadByte = [0x2d, 0x00, 0x00];
export const store = [0x36, 0x02, 0x00];
export const add = [0x6a];
export const subtract = [0x6b];
export const bitAnd = [0x71];
export const isZero = [0x45];
export const equal = [0x46];
export const different = [0x47];
export const lessThan = [0x49];
export const atLeast = [0x4f];
export const lessThanSigned = [0x48];
export const leadingZeros = [0x67];
export const trailingZeros = [0x68];
export const select = [0x1b];

export const block = [0x02, empty];
export const loop = [0x03, empty];
export const when = [0x04, empty];
export const end = [0x0b];
export const branch = (depth: number): number[] => [0x0c, depth];
export const branchIf = (depth: number): number[] => [0x0d, depth];
export const done = [0x0f];

/** Sixteen bytes at once. */
export const splat = [0xfd, 0x0f];
export const load = [0xfd, 0x00, 0x00, 0x00];
export const equalBytes = [0xfd, 0x23];
export const or = [0xfd, 0x50];
export const and = [0xfd, 0x4e];
export const subtractBytes = [0xfd, 0x71];
export const bitmask = [0xfd, 0x64];
export const noZeroByte = [0xfd, 0x63];
export const sumPairsOfBytes = [0xfd, 0x7d];
export const sumPairsOfShorts = [0xfd, 0x7f];
export const lane = (index: number): number[] => [0xfd, 0x1b, index];
export const zeros = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];

/** Local variables of a function, in groups of a number and a type. */
export function locals(...groups: readonly (readonly [number, number])[]): number[] {
  return [groups.length, ...groups.flat()];
}

export function section(id: number, content: readonly number[]): number[] {
  return [id, ...vector(content)];
}

/** Bytes with their number before them. */
export function vector(content: readonly number[]): number[] {
  return [...unsigned(content.length), ...content];
}

export function letters(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

/** LEB128. */
export function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** LEB128. */
function signed(value: number): number[] {
  const last = value >= -64 && value < 64;
  return last ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
