import { isCommonWord } from './commonWords.ts';
import type { Kind } from './kinds.ts';
import { secretKey } from './secretKeys.ts';
import type { Finder, Span } from './span.ts';

/** `--password hunter2`, `"--token", "…"`, `-Dkey.password hunter2`. */
const flag =
  /(?<![A-Za-z0-9_])--?([A-Za-z][A-Za-z0-9_.-]{1,63})["'`]?(?:,\s{0,4}|[ \t]{1,4})["'`]?(?=([^\s"'`]{1,1024}))/g;

/** `machine … login … password …` of netrc; `password hunter2`, `passphrase is "…"`, `PIN 4711`. */
const spoken =
  /(?<![A-Za-z0-9_-])(pass ?word|passwort|passwd|passphrase|passcode|pwd|pin|secret|token|(?:api|access|secret|private|auth|license|encryption|signing|account|shared)[ _-]?key|credentials?|session ?id|identified by(?: password)?|requirepass|masterauth|(?:one.time|security|verification|recovery|reset|auth(?:entication|orization)?|mfa|2fa|otp) ?(?:code|pin|password))((?:[ \t]{1,4}(?:is|was|has been set to|set to|changed to|reset to|of|equals|being|value|now)){0,2})[ \t]{1,4}(["'`“‘«([]?)([^\s]{2,512})/gi;

/** `the secret key base is "…"`. */
const stated =
  /(?<![A-Za-z])([A-Za-z]{2,16}[ _-]?[A-Za-z]{0,16}[ _-]?[A-Za-z]{0,16})[ \t]{1,4}(?:is|was|set to|equals|to|=)[ \t]{1,4}(["'`])([^"'`\s]{2,512})\2/g;

/** `<password>hunter2</password>`, with attributes. */
const element =
  /<([A-Za-z][A-Za-z0-9_.:-]{1,63})(?:\s[^<>]{0,200})?>(?:<!\[CDATA\[)?([^<>\]]{1,4096})(?=<\/|\]\]>)/g;

/** Name and value side by side: `name="db.password" value="…"`, `<name>…</name><value>…</value>`. */
const pair =
  /(?:\b(?:name|key|id|property|param|field|header|option|setting|variable|env)[\\"']{0,4}\s{0,3}[:=]\s{0,3}[\\"']{0,4}([A-Za-z_][A-Za-z0-9_.-]{1,63})[\\"']{0,4}|<(?:name|key|string)>([A-Za-z_][A-Za-z0-9_.-]{1,63})<\/(?:name|key|string)>)[\s,;/<>]{1,40}[\\"']{0,4}(?:value|val|content|default|string)[\\"']{0,4}\s{0,3}[:=>]\s{0,3}[\\"']{0,4}([^\\"'<>\n]{1,4096})/gi;

const preposition = /^(?:for|from|to|in|is|was|by)$/i;

/** A word of the sentence rather than a secret. */
function isProse(value: string): boolean {
  return /^[A-Za-z]+$/.test(value) && isCommonWord(value);
}

/** Secrets that stand behind their name without a sign of assignment. */
export const spokenSecrets: Finder = (text) => {
  const spans: Span[] = [];
  const add = (end: number, value: string, kind: Kind): void => {
    spans.push({ start: end - value.length, end, kind });
  };
  for (const match of text.matchAll(flag)) {
    const said = secretKey(match[1] ?? '');
    const value = match[2] ?? '';
    if (said === null || said.trust === 'random') continue;
    if (said.trust === 'likely' && isProse(value)) continue;
    // Another option follows: this one has no value.
    if (/^--?[A-Za-z][a-z-]*(?:=|$)/.test(value)) continue;
    add(match.index + match[0].length + value.length, value, said.kind);
  }
  for (const match of text.matchAll(spoken)) {
    const [whole, name = '', verb = '', quote = '', found = ''] = match;
    const kind: Kind = /pass|pwd|pin|identified|auth$/i.test(name)
      ? 'PASSWORD'
      : /key/i.test(name)
        ? 'KEY'
        : 'TOKEN';
    const from = match.index + whole.length - found.length;
    if (/^[:=]/.test(found)) continue;
    const value =
      quote === '' ? found.replace(/[.,;:)\]}"'`]+$/, '') : quotedPart(text, from, quote);
    if (value === '' || value.split(' ').every(isProse)) {
      // In netrc any word is a password; in quotes one word is.
      const alone = quote !== '' && kind === 'PASSWORD' && !value.includes(' ');
      const inNetrc = isLogin(text, match.index) && !preposition.test(value);
      if (value === '' || (!alone && !inNetrc)) continue;
    }
    if (quote === '' && verb === '' && kind !== 'PASSWORD' && /^[A-Za-z]+$/.test(value)) continue;
    if (kind === 'TOKEN' && /^[0-9]{1,3}$|^[0-9.]+(?:ms|s|%)$/.test(value)) continue;
    spans.push({ start: from, end: from + value.length, kind });
  }
  for (const match of text.matchAll(stated)) {
    const said = secretKey(match[1] ?? '');
    const value = match[3] ?? '';
    if (said === null || said.trust === 'random') continue;
    if (said.trust === 'likely' && said.kind !== 'PASSWORD' && isProse(value)) continue;
    add(match.index + match[0].length - 1, value, said.kind);
  }
  for (const match of text.matchAll(element)) {
    const said = secretKey((match[1] ?? '').replace(/^.*:/, ''));
    const value = match[2] ?? '';
    if (said === null || said.trust === 'random' || value.trim() === '') continue;
    add(match.index + match[0].length, value, said.kind);
  }
  for (const match of text.matchAll(pair)) {
    const said = secretKey(match[1] ?? match[2] ?? '');
    const value = match[3] ?? '';
    if (said === null || said.trust === 'random' || value.trim() === '') continue;
    add(match.index + match[0].length, value, said.kind);
  }
  return spans;
};

/** Said in a line of netrc, where any word is a password. */
function isLogin(text: string, at: number): boolean {
  return /\b(?:machine|login)\s+\S+\s+(?:account\s+\S+\s+)?$/.test(
    text.slice(Math.max(0, at - 200), at),
  );
}

function quotedPart(text: string, from: number, quote: string): string {
  const close = { '“': '”', '‘': '’', '«': '»', '(': ')', '[': ']' }[quote] ?? quote;
  const rest = text.slice(from, from + 512);
  const end = rest.indexOf(close);
  const line = rest.indexOf('\n');
  return end === -1 || (line !== -1 && line < end) ? '' : rest.slice(0, end);
}
