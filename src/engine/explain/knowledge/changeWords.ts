/** What kind of change a line reports. */
export type ChangeKind =
  | 'setting'
  | 'release'
  | 'rollback'
  | 'restart'
  | 'configuration'
  | 'migration'
  | 'scale'
  | 'failover'
  | 'certificate'
  | 'flag';

/** A change that somebody or something made to a running system, as one line reports it. */
export interface ChangeFact {
  readonly kind: ChangeKind;
  /** What changed from which value to which; null where the line does not state both. */
  readonly setting: { readonly key: string; readonly from: string; readonly to: string } | null;
}

/** Longest text that is looked at, in characters: a change is announced at the beginning of a line. */
const maxChars = 300;

/** Words of one kind of change. Each pattern is linear: no quantifier stands inside another. */
const wordRules: readonly { readonly kind: ChangeKind; readonly pattern: RegExp }[] = [
  {
    kind: 'rollback',
    pattern: /\b(?:roll(?:ed|ing)?[- ]?back|revert(?:ed|ing) (?:to|release|deploy))\b/,
  },
  {
    kind: 'release',
    pattern:
      /\b(?:deploy(?:ed|ing)|deployment of|roll(?:ed|ing) out|rollout of|upgrad(?:ed|ing) (?:to|from)|downgrad(?:ed|ing) (?:to|from)|releas(?:e|ed|ing) v?[0-9]+\.[0-9]|switch(?:ed|ing) to version|new version)\b/,
  },
  {
    kind: 'restart',
    pattern:
      /\b(?:restarted|restarting|rebooted|rebooting|start(?:ed|ing) [\w.-]{1,60} with v?[0-9]+\.[0-9])/,
  },
  {
    kind: 'configuration',
    pattern:
      /\b(?:config|configuration|settings?|parameters?|polic(?:y|ies)|limits?|quota|rules?|firewall|routes?|routing table)\b[\w "'.:/-]{0,40}\b(?:changed|updated|reloaded|replaced|modified|applied|overridden|lowered|raised|reduced)\b|\b(?:reloaded|reloading|applied|applying|changed|updated|replaced) (?:the )?(?:new )?(?:config|configuration|settings?|polic(?:y|ies)|rules)\b/,
  },
  {
    kind: 'migration',
    pattern:
      /\b(?:schema|database|data)? ?migrat(?:ion [\w.-]{1,60} (?:applied|started|done|complete[d]?)|ed (?:to|from))\b|\b(?:applied|applying|running) migrations?\b/,
  },
  {
    kind: 'scale',
    pattern:
      /\bscal(?:ed|ing) (?:up|down|out|in|to|from)\b|\breplicas? (?:changed|set|increased|reduced)\b/,
  },
  {
    kind: 'failover',
    pattern:
      /\b(?:failed over|failing over|failover (?:to|started|complete[d]?)|switchover|promoted to (?:primary|leader|master)|new (?:leader|primary|master) elected)\b/,
  },
  {
    kind: 'certificate',
    pattern:
      /\b(?:certificate|cert|credentials?|secret|password|signing key)\b[\w "'.:/-]{0,40}\b(?:rotated|replaced|renewed|installed|reissued|changed)\b|\b(?:rotated|replaced|renewed) (?:the )?(?:certificate|cert|credentials?|secret|password)\b/,
  },
  {
    kind: 'flag',
    pattern:
      /\b(?:feature|flag|toggle|feature[- ]flag)\b[\w "'.:/-]{0,60}\b(?:enabled|disabled|switched (?:on|off)|turned (?:on|off)|set to)\b|\b(?:enabled|disabled) (?:the )?(?:feature|flag|toggle)\b/,
  },
];

/** What is denied, planned or only spoken of has not been done. */
const undone =
  /\b(?:no|not|never|without|nothing|would|will|should|must|may|can|cannot|needs?|if|unless|before|when|after|until|dry[- ]run|skip(?:ped|ping)?|cancel(?:led|ed)?|scheduled|planned|pending|waiting|unable|could|refus(?:ed|ing)|failed to|please|try)\b[^,;.:]{0,24}$/;
const undoneAfter =
  /^[^,;:]{0,24}\b(?:not|none|unchanged|skipped|cancel(?:led|ed)|required|needed|scheduled|planned|pending|policy|count|disabled|notes?|in dry[- ]run|dry[- ]run|refused|rejected)\b/;
/** What a line that begins so goes on to say is only rehearsed or explained. */
const rehearsal = /^\W{0,4}(?:dry[- ]run|plan|example|usage|hint|help|todo)\b/;
/** A transaction that is rolled back is ordinary work; a lock that is released is no release. */
const ordinaryWork = /\b(?:transactions?|tx|savepoint|statement|session|lock|cursor|query)\b/;

const value = String.raw`["']?([\w.%+-]{1,40})["']?`;
const arrow = new RegExp(
  String.raw`([\w.[\]-]{2,80})["']?(?: (?:changed|updated|modified|set))?\s{0,3}[:=]?\s{1,3}${value}\s{0,3}(?:->|=>|→)\s{0,3}${value}(?=$|[\s,;)])`,
);
const fromTo = new RegExp(
  String.raw`([\w.[\]-]{2,80})["']? (?:was |has been |is )?(?:changed|updated|lowered|raised|reduced|increased|decreased|switched|bumped|upgraded|downgraded|resized|scaled|set) from ${value} to ${value}(?=$|[\s,;.)])`,
  'i',
);
const verbFromTo = new RegExp(
  String.raw`\b(?:chang(?:ed|ing)|updat(?:ed|ing)|lower(?:ed|ing)|rais(?:ed|ing)|reduc(?:ed|ing)|increas(?:ed|ing)|switch(?:ed|ing)|upgrad(?:ed|ing)|downgrad(?:ed|ing)|resiz(?:ed|ing)|scal(?:ed|ing)|set) ([\w.[\]-]{2,80})(?: [\w-]{1,30}){0,2} from ${value} to ${value}(?=$|[\s,;.)])`,
  'i',
);

/**
 * The change that a line reports; null for every other line. General words and shapes only: a
 * release, a restart, a value that went from one to another. Denied, planned and conditional
 * changes are none, nor are states of a job (`NEW -> DONE`), addresses and transactions.
 */
export function readChange(text: string): ChangeFact | null {
  const cut = text.slice(0, maxChars);
  const lower = cut.toLowerCase();
  if (rehearsal.test(lower)) return null;
  const setting = settingIn(cut);
  for (const { kind, pattern } of wordRules) {
    const match = pattern.exec(lower);
    if (match === null || !isDone(lower, match.index, match.index + match[0].length)) continue;
    if (kind === 'rollback' && ordinaryWork.test(lower)) continue;
    return { kind: kind === 'configuration' && setting !== null ? 'setting' : kind, setting };
  }
  if (setting === null) return null;
  const versions = isVersion(setting.from) && isVersion(setting.to);
  return { kind: versions ? 'release' : 'setting', setting };
}

function isDone(lower: string, start: number, end: number): boolean {
  // Part of a path, an address or a name: `/deploy/deployed`, `deployed_at=…`.
  const before = lower.charAt(start - 1);
  const after = lower.charAt(end);
  if (before === '/' || before === '=' || after === '/' || after === '=') return false;
  return (
    !undone.test(lower.slice(Math.max(0, start - 48), start)) &&
    !undoneAfter.test(lower.slice(end, end + 60))
  );
}

function settingIn(text: string): ChangeFact['setting'] {
  for (const pattern of [arrow, fromTo, verbFromTo]) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const [whole, key = '', from = '', to = ''] = match;
    const lower = text.toLowerCase();
    if (from === to || !isDone(lower, match.index, match.index + whole.length)) continue;
    if (isState(from) && isState(to)) continue;
    if (isAddress(from) || isAddress(to) || !/[A-Za-z]/.test(key)) continue;
    // An arrow alone may be a route or a mapping: the name must read like a setting or a version.
    if (pattern === arrow && !/[._-]/.test(key) && !(isVersion(from) && isVersion(to))) continue;
    return { key, from, to };
  }
  return null;
}

/** `RUNNING`, `Leader`: a state that a thing passes through by itself. */
function isState(word: string): boolean {
  return /^[A-Z][A-Z_]{2,}$/.test(word) || /^(?:[A-Z][a-z]+)+$/.test(word);
}

function isAddress(word: string): boolean {
  return /^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/.test(word);
}

function isVersion(word: string): boolean {
  return /^v?[0-9]{1,5}\.[0-9]{1,5}(?:\.[\w-]{1,20}){0,2}$/.test(word);
}
