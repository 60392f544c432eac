import type { Finder, Span } from './span.ts';

/** Headers whose whole value is a secret, in every manner of writing them. */
const header =
  /(?<![A-Za-z0-9_])((?:proxy[-_]?)?authorization|set[-_]?cookie2?|cookies?)["'`\\\])]{0,4}[ \t]{0,4}(?:=>|[:=])[ \t]{0,4}([bBuU]?[\\]{0,3}["'`[({]{0,3})/gi;
const scheme = /^[A-Za-z][A-Za-z0-9-]{1,24}[ ]{1,4}(?=\S)/;
/** `Bearer …` wherever it stands. */
const bearer =
  /(?<![A-Za-z0-9])(?:bearer|basic|negotiate|ssws|apikey|hmac-sha256)[ ]{1,4}([A-Za-z0-9_.~+/=:-]{8,8192})/gi;
/** A cookie has a value. `cookie: 12` of a kernel is a number. */
const number = /^[0-9]{1,9}(?![0-9A-Za-z])/;

/** The values of headers that authorise, and of cookies, up to the end of the header. */
export const headers: Finder = (text) => {
  const spans: Span[] = [];
  for (const match of text.matchAll(header)) {
    const name = (match[1] ?? '').toLowerCase();
    const opening = match[2] ?? '';
    const kind = name.includes('cookie') ? 'COOKIE' : 'TOKEN';
    const before = /["'`]$/.exec(text.slice(Math.max(0, match.index - 1), match.index))?.[0] ?? '';
    let start = match.index + match[0].length;
    const end = valueEnd(text, start, opening === '' ? before : opening);
    if (number.test(text.slice(start, start + 12))) continue;
    if (kind === 'TOKEN') {
      const named = scheme.exec(text.slice(start, Math.min(end, start + 32)));
      if (named !== null) start += named[0].length;
      const bare =
        opening === '' && before === '' && !/^(?:digest|oauth|aws4)/i.test(named?.[0] ?? '');
      const blank = bare ? text.slice(start, end).search(/[\s,;'"]/) : -1;
      const stop = blank === -1 ? end : start + blank;
      if (/[0-9A-Z=+/.-]|.{16}/.test(text.slice(start, stop)))
        spans.push({ start, end: stop, kind });
    } else if (opening !== '' || before !== '' || /[=]/.test(text.slice(start, end))) {
      spans.push({ start, end, kind });
    }
  }
  for (const match of text.matchAll(bearer)) {
    const value = match[1] ?? '';
    if (!/[0-9=+/.]/.test(value) && !/[a-z][A-Z]/.test(value)) continue;
    const end = match.index + match[0].length;
    spans.push({ start: end - value.length, end, kind: 'TOKEN' });
  }
  return spans;
};

/** The header ends at the quote or bracket that closes what was opened before it, or with the line. */
function valueEnd(text: string, start: number, opening: string): number {
  let end = text.indexOf('\n', start);
  if (end === -1) end = text.length;
  if (text[end - 1] === '\r' && end > start) end -= 1;
  const close = { '[': ']', '(': ')', '{': '}' }[opening.at(-1) ?? ''] ?? opening.at(-1) ?? '';
  if (close !== '') {
    const closed = text.indexOf(close, start);
    if (closed !== -1 && closed < end)
      end = text[closed - 1] === '\\' && closed > start ? closed - 1 : closed;
  }
  return end;
}
