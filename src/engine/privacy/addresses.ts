import type { Finder, Span } from './span.ts';

const scheme = /(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{1,32}:\/\//g;
/** The longest part before the host: user, password and the signs between. */
const longest = 2048;

/** Users and passwords in front of a host: `postgres://user:password@db/orders`. */
export const addressSecrets: Finder = (text) => {
  const spans: Span[] = [];
  for (const match of text.matchAll(scheme)) {
    const start = match.index + match[0].length;
    const info = userInfo(text, start);
    if (info === null) continue;
    const colon = text.slice(start, info).indexOf(':');
    if (colon === -1) {
      const value = text.slice(start, info);
      if (value.length >= 16 && /[0-9]/.test(value))
        spans.push({ start, end: info, kind: 'TOKEN' });
    } else if (start + colon + 1 < info) {
      spans.push({ start: start + colon + 1, end: info, kind: 'PASSWORD' });
    }
  }
  for (const [pattern, group] of bare) {
    for (const match of text.matchAll(pattern)) {
      const value = match[group] ?? '';
      const start = match.index + match[0].lastIndexOf(value);
      if (notSecret.test(match[1] ?? '')) continue;
      spans.push({ start, end: start + value.length, kind: 'PASSWORD' });
    }
  }
  return spans;
};

/** Where the `@` before the host stands; null where there is none. */
function userInfo(text: string, start: number): number | null {
  const limit = Math.min(text.length, start + longest);
  let at = -1;
  let slash = -1;
  for (let index = start; index < limit; index += 1) {
    const char = text.charAt(index);
    if (/[\s"'<>`]/.test(char)) break;
    if (char === '@' && (slash === -1 || at === -1)) at = index;
    if (slash === -1 && /[/?#]/.test(char)) slash = index;
  }
  if (at === -1) return null;
  if (slash === -1 || at < slash) return lastBefore(text, start, slash === -1 ? limit : slash, at);
  // A slash before the sign is part of a password only if no port stands before it.
  return /^[^/@]{0,128}:(?![0-9]{1,5}\/)[^@]{0,512}@/.test(text.slice(start, at + 1)) &&
    !/^[^/@:]{1,128}[/?]/.test(text.slice(start, at + 1))
    ? at
    : null;
}

/** A password may hold an `@`: the last one before the path counts. */
function lastBefore(text: string, start: number, end: number, found: number): number {
  let at = found;
  for (let index = start; index < end; index += 1) {
    const char = text.charAt(index);
    if (/[\s"'<>`]/.test(char)) break;
    if (char === '@') at = index;
  }
  return at;
}

/** Words in front of a colon that name an address of a person, not a user with a password. */
const notSecret =
  /^(?:mailto|sip|sips|xmpp|acct|to|from|cc|bcc|email|mail|user|login|by|author|contact|sender|recipient|for|git|ssh|https?)$/i;

/** Users and passwords without a scheme in front, and where passwords stand with other signs. */
const bare: readonly (readonly [RegExp, number])[] = [
  // Go, MySQL: user:password@tcp(host:3306)/db
  [
    /(?<![A-Za-z0-9_.-])([A-Za-z0-9_.-]{1,64}):([^\s:"'<>`]{1,256})@(?:tcp|udp|unix|cloudsql)\(/g,
    2,
  ],
  [
    /(?<![A-Za-z0-9_.:/+-])([A-Za-z0-9_.+-]{1,64}):([^\s:@/"'<>`,;()]{3,128})@[A-Za-z0-9][A-Za-z0-9.-]{2,253}/g,
    2,
  ],
  // Oracle: user/password@host
  [/(?:thin|oci8?|sqlplus):?\s?@?([A-Za-z0-9_.$#-]{1,64})\/([^\s"'<>`/@]{1,128})@/gi, 2],
  // curl -u user:password
  [/(?<![\w-])(?:-u|--user|--proxy-user|-U)[ =]?["']?([^\s:"']{0,64}):([^\s"']{1,256})/g, 2],
  // mysql -psecret, sshpass -p secret, redis-cli -a secret
  [
    /\b(mysql|mysqldump|mysqladmin|mariadb|sshpass|mongo|mongodump|7z|zip|unzip|docker login|podman login|helm)\b[^\n]{0,200}?\s(?:-p|-P)[ ]?["']?([^\s"'-][^\s"']{2,255})/g,
    2,
  ],
  [/\b(redis-cli)\b[^\n]{0,200}?\s-a[ ]?["']?([^\s"']{3,255})/g, 2],
  // .pgpass: host:port:database:user:password
  [
    /(?<![A-Za-z0-9_.:-])([A-Za-z0-9_.*-]{1,128}):(?:543[0-9]|6432|\*):[A-Za-z0-9_.*-]{1,64}:[A-Za-z0-9_.*-]{1,64}:([^\s"'<>]{1,256})/g,
    2,
  ],
];
