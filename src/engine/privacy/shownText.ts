import { escapeEndIn } from '../base/ansi.ts';

/** A text as a reader sees it, and where each of its characters stands in the text as it is. */
export interface ShownText {
  readonly text: string;
  /** Null where both are the same. */
  readonly offsets: Uint32Array | null;
}

/** What takes no room: controls but tab and line ends, zero-width and bidirectional marks, tags. */
const unseen =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]/u;

/**
 * The text without escape sequences and characters that cannot be seen, so that a value is found
 * although colours or zero-width characters were put into it, or it is written in other widths.
 */
export function shownText(raw: string): ShownText {
  if (!unseen.test(raw)) return { text: inOneWidth(raw), offsets: null };
  const kept: string[] = [];
  const offsets = new Uint32Array(raw.length);
  let length = 0;
  for (let at = 0; at < raw.length;) {
    const code = raw.codePointAt(at) ?? 0;
    const width = code > 0xffff ? 2 : 1;
    if (code === 0x1b) {
      at = escapeEndIn(raw, at);
      continue;
    }
    const char = raw.slice(at, at + width);
    if (!unseen.test(char)) {
      kept.push(char);
      for (let unit = 0; unit < width; unit += 1) offsets[length++] = at + unit;
    }
    at += width;
  }
  return { text: inOneWidth(kept.join('')), offsets };
}

/** Full-width letters and signs as ASCII ones: `ｐａｓｓｗｏｒｄ＝` is `password=`. */
function inOneWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (char) =>
    String.fromCharCode(char.charCodeAt(0) - 0xfee0),
  );
}
