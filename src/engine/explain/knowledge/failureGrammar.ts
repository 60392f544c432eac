import type { Category } from '../explanation.ts';
import type { Hit, Role } from './rule.ts';

/**
 * How programs say that something did not work: an operation and an outcome, in either order:
 * `failed to send`, `cannot open`, `error while parsing`, `upload failed`, `sync error`. What was
 * tried says what kind of failure it is where no better word does, so these hits are weak.
 */
interface Operation {
  readonly category: Category;
  readonly role: Role;
  readonly says: string;
  /** How the words for it begin, in lower case. */
  readonly stems: readonly string[];
}

const operation = (category: Category, role: Role, says: string, stems: string): Operation => ({
  category,
  role,
  says,
  stems: stems.split(' '),
});

/** The first row with a stem that fits wins. */
const operations: readonly Operation[] = [
  operation(
    'auth.denied',
    'effect',
    'a login, a token or a permission was not accepted',
    'auth login logon signin impersonat unauthori credential permission token',
  ),
  operation(
    'network.dns',
    'effect',
    'a name could not be resolved',
    'resolv lookup getaddrinfo dns',
  ),
  operation(
    'network.tls',
    'effect',
    'a protected connection could not be made',
    'handshak tls ssl certificat cert',
  ),
  operation(
    'dependency.unavailable',
    'effect',
    'something could not be handed to another service',
    'send deliver publish notif post export push upload forward report ship emit submit dispatch produc enqueue email mail webhook alert',
  ),
  operation(
    'dependency.unavailable',
    'effect',
    'something could not be had from another service',
    'connect reach contact dial fetch get retriev download pull list watch query poll subscrib consum scrap request ping probe discover call invok health import',
  ),
  operation(
    'data.corrupt',
    'effect',
    'something could not be read as what it should be',
    'pars decod deserial unmarshal unpack decompress inflat convert ingest checksum compact decrypt',
  ),
  operation(
    'data.missing',
    'effect',
    'something could not be read or found',
    'read load open find locat restor recover access stat lookup',
  ),
  operation(
    'resource.disk',
    'effect',
    'something could not be written or kept',
    'write writ persist save sav stor flush append fsync mount attach detach unmount provision snapshot backup archiv rotat spool spill buffer',
  ),
  operation(
    'data.corrupt',
    'effect',
    'copies of data were not brought to the same state',
    'replicat sync mirror resync reindex index',
  ),
  operation(
    'node.down',
    'effect',
    'a cluster could not agree on its members or its leader',
    'elect failover promot rebalanc join rejoin quorum raft gossip member',
  ),
  operation('concurrency', 'effect', 'a lock or lease could not be had', 'lock acquir unlock leas'),
  operation(
    'resource.quota',
    'effect',
    'no room was found for work',
    'schedul assign allocat reserv plac scal autoscal evict',
  ),
  operation(
    'process.crash',
    'effect',
    'a program could not be started or did not stay up',
    'start restart initiali init boot bootstrap launch spawn exec run fork startup worker process container job task step plugin module',
  ),
  operation(
    'config.invalid',
    'effect',
    'a setting or definition could not be put into effect',
    'configur config reload validat verif appl render templat bind listen register reconcil deploy rollout upgrad updat patch creat instal enabl provisi set setting rule policy migrat',
  ),
];

/** `healthcheck`, `precheck`: the word ends with what was tried. */
const aCheck = operation('dependency.unavailable', 'symptom', 'a check failed', 'check');

/** A weak sign: any better word about the same message leads. */
const strength = 0.42;

/** Words after which the operation comes: `failed to send`, `error while sending`. */
const before =
  /\b(?:failed|fails|failing|failure|unable|cannot|can not|can't|could not|couldn't|not able|error|errors|problem|trouble|refus(?:es|ed)|gave up|giving up|retries exceeded)(?:[ :]{1,2}(?:was|when|while|whilst|in|on|with|during|trying|attempting|for|of|occurred|the|a|an|to|be)){0,4}[ :]{1,2}([a-z]{3,20})/g;

/** Words before which the operation stands: `upload failed`, `sync error`, `backup was aborted`. */
const after =
  /\b([a-z]{3,20})(?:[ _-](?:attempt|request|operation|job|task|step|call|process|event))?(?:[ :=]{1,2}(?:has|have|had|was|were|is|status|state|result)){0,2}[ :="_-]{1,3}(?:failed|failure|failures|failing|fails|errors?|errored|unsuccessful|aborted|rejected|denied)\b/g;

/** A name as environment variables have it, and that it has no value: `SHOP_TOKEN is not set`. */
const unset =
  /\b[A-Z][A-Z0-9]{1,30}(?:_[A-Z0-9]{1,30}){1,6}\b["'`]?(?: (?:environment )?(?:variable|setting|key|value|option))?(?: (?:is|was|are|must|has|not|been|being)){0,3} (?:undefined|set|unset|defined|missing|required|configured|empty|provided|specified|found)\b/g;

/** A setting in the manner of an environment variable that a text says has no value. */
export function unsetHits(text: string): readonly Hit[] {
  for (const match of text.matchAll(unset)) {
    const words = match[0];
    if (/ (?:set|defined|configured|provided|specified|found)$/.test(words)) {
      if (!/ (?:not|must)\b/.test(words)) continue;
    }
    return [
      {
        category: 'config.invalid',
        role: 'cause',
        strength: 0.75,
        says: 'a setting was missing',
        words,
        at: match.index,
      },
    ];
  }
  return [];
}

/** What is done about a text that says that an operation did not work; at most two hits. */
export function grammarHits(lower: string): readonly Hit[] {
  const hits = new Map<string, Hit>();
  for (const pattern of [before, after]) {
    for (const match of lower.matchAll(pattern)) {
      const found = operationOf(match[1] ?? '');
      if (found === null || hits.has(found.says) || isSettled(lower, match)) continue;
      const { category, role, says } = found;
      hits.set(says, { category, role, strength, says, words: match[0].trim(), at: match.index });
      if (hits.size >= 2) return [...hits.values()];
    }
  }
  return [...hits.values()];
}

function operationOf(word: string): Operation | null {
  if (word.endsWith('check')) return aCheck;
  return operations.find(({ stems }) => stems.some((stem) => word.startsWith(stem))) ?? null;
}

/** `0 write errors`, `no sync failures`, `error: null`: nothing happened. */
function isSettled(lower: string, match: RegExpExecArray): boolean {
  const start = match.index;
  const head = lower.slice(Math.max(0, start - 12), start);
  if (/(?:^|[^0-9a-z_.])(?:0|no|without|zero|any|if|on|ignore) $/.test(head)) return true;
  return /^["']?[=:]\s?["']?(?:0|null|none|nil|false|""|'')(?![0-9a-z.])/.test(
    lower.slice(start + match[0].length, start + match[0].length + 12),
  );
}
