/** A text that can be read in pieces, in UTF-16 units. */
export interface SlicedText {
  readonly length: number;
  read(from: number, to: number): string;
}

/** Units per slice: at most 3 bytes of UTF-8 each, so a slice stays below 1 MB. */
const sliceUnits = 300_000;

/**
 * The text as UTF-8, piece by piece; each piece is a buffer of its own that can be transferred. A pair
 * of surrogates is never cut in two. The host encodes one piece at a time between two messages, so
 * typing goes on while a large untitled log is handed over.
 */
export function* utf8Slices(
  text: SlicedText,
  unitsPerSlice = sliceUnits,
): Generator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let held = '';
  for (let from = 0; from < text.length; from += unitsPerSlice) {
    const to = Math.min(from + unitsPerSlice, text.length);
    let piece = held + text.read(from, to);
    held = '';
    if (to < text.length && isHighSurrogate(piece.charCodeAt(piece.length - 1))) {
      held = piece.slice(-1);
      piece = piece.slice(0, -1);
    }
    if (piece.length > 0) yield encoder.encode(piece);
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
