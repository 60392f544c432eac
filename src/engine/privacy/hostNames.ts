import type { Finder, Span } from './span.ts';

/** Runs of what a host name is made of; what is no name is left out below. */
const candidate = /(?<![A-Za-z0-9._@/\\-])[A-Za-z0-9][A-Za-z0-9.-]{2,252}(?![A-Za-z0-9_(-])/g;
const inAddress =
  /(?<=:\/\/|[^\s@/]@)[A-Za-z0-9][A-Za-z0-9.-]{0,252}(?=[/?#\s"'<>,;)\]]|:(?:[0-9]|$)|\\|$)/g;
const keyed =
  /(?<![A-Za-z0-9])(?:host|hostname|host_?name|server|node|peer|remote_?host|machine|computer|computer_?name|fqdn|domain|vhost|upstream|broker|rhost)["'`]{0,2}[ \t]{0,2}[=:][ \t]{0,2}["'`]?([A-Za-z0-9][A-Za-z0-9.-]{1,252})(?=[:/\s"'`,;)\]}]|$)/gi;

/** Ends of names of machines. Others end names of files, packages and fields. */
const domains = new Set(
  `com net org edu gov mil int info biz name pro io dev cloud online site tech store xyz club
  local localdomain internal intranet intra corp lan home private arpa test invalid svc cluster
  consul priv node ad dc prod staging example
  ac ae at au be bg br ca cc ch cl cn co cz de dk ee es eu fi fr gr hk hr hu ie il in ir is it jp
  kr lt lu lv me mx my nl no nz pe pl pt ro rs ru se sg si sk su th tr tv tw ua uk us vn za`.split(
    /\s+/,
  ),
);

/** With these endings two labels are no machine yet: a class, a script, a field. */
const alsoElsewhere = new Set(
  `name info pro me io is in it no so py rs node test home private internal local site store cloud
  dev cc co id my be at us de se si es pe prod staging ad dc int`.split(/\s+/),
);

/** Packages of Java, Go and others begin with the domain: `com.example.Main`. */
const packageRoot =
  /^(?:com|org|net|io|edu|gov|java|javax|sun|jdk|scala|kotlin|android|de|at|ch|fr|uk)$/i;

/** Machines of nobody in particular. */
const nobodys =
  /^(?:localhost(?:\.localdomain)?|localdomain|null|none|unknown|undefined|true|false|default|[0-9.:-]+)$/i;

/** Behind the class of an object of Java: `OrderService@712d093`. */
const identityHash = /^[0-9a-f]{4,8}$/;

function isQualified(name: string): boolean {
  const labels = name.toLowerCase().split('.');
  const last = labels.at(-1) ?? '';
  if (labels.length < 2 || labels.length > 9 || !domains.has(last) || nobodys.test(name))
    return false;
  if (packageRoot.test(labels[0] ?? '') || /[a-z][A-Z]/.test(name)) return false;
  if (labels.length === 2 && alsoElsewhere.has(last)) return false;
  return labels.every((label) => label !== '' && !label.startsWith('-') && !label.endsWith('-'));
}

/** Names of machines: qualified ones, those in addresses and those behind a key. */
export const hostNames: Finder = (text) => {
  const spans: Span[] = [];
  const add = (end: number, found: string, fits: (name: string) => boolean): void => {
    const name = found.replace(/[.-]+$/, '');
    if (!fits(name)) return;
    const start = end - found.length;
    spans.push({ start, end: start + name.length, kind: 'HOST' });
  };
  const named = (name: string): boolean => name !== '' && !nobodys.test(name);
  for (const { 0: name, index } of text.matchAll(candidate)) {
    if (name.includes('.')) add(index + name.length, name, isQualified);
  }
  for (const { 0: name, index } of text.matchAll(inAddress)) {
    if (!identityHash.test(name)) add(index + name.length, name, named);
  }
  for (const match of text.matchAll(keyed)) {
    add(match.index + match[0].length, match[1] ?? '', named);
  }
  return spans;
};
