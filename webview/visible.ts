/**
 * Characters that act on a page instead of standing in it: C0 and C1 controls, bidirectional
 * overrides (Unicode TR 36), zero-width and tag characters, line separators. Tabs and line ends stay.
 */
const invisible =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

function picture(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 32) return String.fromCodePoint(0x2400 + code);
  if (code === 127) return '␡';
  return `‹${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}

/** Text in which nothing is hidden and nothing turns the direction of what stands beside it. */
export function visible(text: string): string {
  return text.replace(invisible, picture);
}

/** What the host recognises by its exact characters; views make it visible where they show it. */
const names: ReadonlySet<string> = new Set(['id', 'path', 'uri', 'file', 'function']);

/** A value with every text in it made visible, except what names something. */
export function visibleIn<T>(value: T): T {
  return mapped(value) as T;
}

function mapped(value: unknown): unknown {
  if (typeof value === 'string') return visible(value);
  if (Array.isArray(value)) return value.map(mapped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      names.has(key) && typeof inner === 'string' ? inner : mapped(inner),
    ]),
  );
}
