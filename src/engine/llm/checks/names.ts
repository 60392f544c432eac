import { errnoRules } from '../../explain/knowledge/errno.ts';

/** What a name in prose is, when it is one that must stand in the log. */
export type NameKind = 'id' | 'placeholder' | 'time' | 'host' | 'path' | 'code';

/** A name that a claim states as a fact of the log. */
export interface Name {
  readonly text: string;
  readonly kind: NameKind;
}

/** Technical words with digits, dots or slashes that name nothing in particular. */
const common = new Set(
  (
    'e.g i.e etc vs a.m p.m node.js .net asp.net vue.js ' +
    'ipv4 ipv6 http/1.0 http/1.1 http/2 http/3 http2 http3 h2 tls1.2 tls1.3 utf-8 utf8 utf-16 utf16 latin1 ' +
    'sha-1 sha1 sha-256 sha256 sha512 md5 base64 x86 x64 x86-64 x86_64 amd64 arm64 win32 i/o n/a ' +
    's3 ec2 k8s log4j log4j2 oauth2 python2 python3 java8 ext4 ext3 l4 l7 p50 p90 p95 p99 r/w tcp/ip client/server ' +
    'posix gc1 g1 4xx 5xx 2xx 3xx i18n b2b p2p 24/7 9p v1 v2 v3'
  ).split(' '),
);

/** Last labels of host names on the internet and in companies; file names end in others. */
const hostEnds =
  /\.(?:com|net|org|io|dev|co|info|biz|xyz|ru|cn|top|app|cloud|site|online|me|ai|edu|gov|eu|de|uk|fr|local|lan|internal|corp|example|test|invalid|svc|cluster|consul|onion)$/i;

/** Parts of names that single-label machines carry: `orders-db`. */
const machineEnd = /-(?:db|svc|srv|prod|stage|staging|node|vm|host)$/i;

/**
 * The names in prose that must stand in the log to be true: ids of evidence, placeholders, times of
 * day, machines, paths, addresses, error codes and kinds of exceptions. Plain words are none.
 */
export function namesIn(prose: string): readonly Name[] {
  const names: Name[] = [];
  for (const raw of prose.split(/[\s|]+/)) {
    const token = trimmed(raw);
    if (token === '') continue;
    const kind = kindOf(token);
    if (kind !== null) names.push({ text: token, kind });
  }
  return names;
}

/** Without the punctuation of the sentence around it. */
function trimmed(raw: string): string {
  let token = raw.replace(/^[("'“”‘’[{*,;:!?–—-]+/u, '').replace(/[)"'“”‘’\]}*,;:!?.(…–—]+$/u, '');
  token = token.replace(/['’]s$/u, '');
  return token;
}

function kindOf(token: string): NameKind | null {
  const lower = token.toLowerCase();
  if (/^[EP][1-9]\d{0,2}$/.test(token)) return 'id';
  if (/^<[A-Z]{2,10}_\d{1,6}>$/.test(token)) return 'placeholder';
  if (isTime(token)) return 'time';
  if (isCommon(lower)) return null;
  if (/^[a-z][a-z0-9+.-]{1,12}:\/\//i.test(token) || token.includes('@')) return 'host';
  if (/^\[?[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}\]?$/i.test(token) && /[a-f]|::/i.test(token)) {
    return 'host';
  }
  if (/^\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?(?:\/\d{1,2})?$/.test(token)) return 'host';
  if (/^(?:[~.]{0,2}\/|[A-Za-z]:\\|\\\\)\S/.test(token)) return 'path';
  if ((token.match(/[/\\]/g) ?? []).length >= 2) return 'path';
  if (/[/\\]/.test(token)) return /[\d_.]/.test(token) && !isFraction(token) ? 'path' : null;
  if (isCode(token)) return 'code';
  if (/^v?\d+(?:\.\d+){2,5}$/.test(lower)) return 'code';
  if (!/\p{L}/u.test(token)) return null;
  if (isDotted(token)) return hostEnds.test(token.replace(/:\d+$/, '')) ? 'host' : 'path';
  if (machineEnd.test(token) || /^[a-z][a-z_-]*\d[\w-]*(?::\d{1,5})?$/i.test(token)) {
    return isUnit(token) ? null : 'host';
  }
  return /^[a-z][\w-]*:\d{2,5}$/i.test(token) ? 'host' : null;
}

function isCommon(lower: string): boolean {
  return (
    common.has(lower) || /^[a-z]{2,12}\.js$/.test(lower) || /^\d{1,3}(?:st|nd|rd|th|x)$/.test(lower)
  );
}

/** A text without technical words that hold digits, which are no numbers of the log. */
export function withoutCommonNames(prose: string): string {
  return prose
    .split(/(\s+)/)
    .map((part) => (isCommon(trimmed(part).toLowerCase()) ? ' ' : part))
    .join('');
}

function isTime(token: string): boolean {
  return (
    /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?Z?$/.test(token) ||
    /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(
      token,
    )
  );
}

function isFraction(token: string): boolean {
  return /^\d+\/\d+$/.test(token);
}

/** `ECONNREFUSED`, `ORA-00600`, `0x1f`, `java.io.IOException`, `PoolTimeoutError`, long hex, a UUID. */
function isCode(token: string): boolean {
  return (
    (/^E[A-Z]{3,15}$/.test(token) && isErrno(token)) ||
    /^[A-Z]{2,10}[-_]?\d{2,8}$/.test(token) ||
    /^0x[0-9a-f]+$/i.test(token) ||
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(token) ||
    (/^[0-9a-f]{8,64}$/i.test(token) && /\d/.test(token) && /[a-f]/i.test(token)) ||
    /^(?:[\w$]+\.)*[A-Z][\w$]*[a-z][\w$]*(?:Exception|Error|Fault|Failure)$/.test(token)
  );
}

const errnoNames = new Set(
  errnoRules.flatMap(({ any }) => any).filter((word) => /^e[a-z]{3,15}$/.test(word)),
);

function isErrno(token: string): boolean {
  return errnoNames.has(token.toLowerCase());
}

/**
 * Other words for an error number: a log that says "no space left on device" says ENOSPC.
 * @param code in lower case
 */
export function otherWordsFor(code: string): readonly string[] {
  return errnoRules.filter(({ any }) => any.includes(code)).flatMap(({ any }) => any);
}

function isDotted(token: string): boolean {
  return /^[\p{L}\p{N}_$-]+(?:\.[\p{L}\p{N}_$-]+)+(?::\d{1,7}(?:-\d{1,7})?)?$/u.test(token);
}

/** `4812ms`, `12GB`: begins with a digit, so it is read as a number. */
function isUnit(token: string): boolean {
  return /^\d/.test(token);
}

/** Machines and addresses in a text that recommends something: files and numbers are free there. */
export function hostsIn(text: string): readonly string[] {
  return namesIn(text.replaceAll('`', ' '))
    .filter(({ kind }) => kind === 'host')
    .map((name) => name.text)
    .filter(
      (name) =>
        /:\/\/|@/.test(name) ||
        /^\d{1,3}(?:\.\d{1,3}){3}/.test(name) ||
        hostEnds.test(name.replace(/:\d+$/, '')),
    );
}
