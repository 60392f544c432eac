/**
 * Shapes that lines of builds have in every ecosystem, one bit each. They are shapes, not products:
 * a compiler nobody here has seen still writes `file:line`, a caret and "expected … got".
 */
export const signal = {
  expectation: 1 << 0,
  cause: 1 << 1,
  location: 1 << 2,
  caret: 1 << 3,
  frame: 1 << 4,
  assertion: 1 << 5,
  heading: 1 << 6,
  failWord: 1 << 7,
  errorPrefix: 1 << 8,
  exception: 1 << 9,
  errorCode: 1 << 10,
  failToken: 1 << 11,
  diff: 1 << 12,
  numbered: 1 << 13,
  colonEnd: 1 << 14,
  ok: 1 << 15,
  consequence: 1 << 16,
  progress: 1 << 17,
  echo: 1 << 18,
  negated: 1 << 19,
  exitLine: 1 << 20,
  warning: 1 << 21,
  summary: 1 << 22,
  failedCount: 1 << 23,
  ruler: 1 << 24,
  excerpt: 1 << 25,
  hint: 1 << 26,
  infoLevel: 1 << 27,
  blank: 1 << 28,
  indented: 1 << 29,
} as const;

export type SignalName = keyof typeof signal;

export const signalNames = Object.keys(signal) as SignalName[];

/** Characters of a line that are judged: what a line is stands at its start. */
const judged = 400;

const expectation =
  /^[\s\W\d]*(?:expected|actual|got|received|want|wanted|have|found|left|right)\b[^:=]{0,20}[:=]|\bexpected\b.{0,160}\b(?:but|got|to|actual|found|instead|received|was)\b|\b(?:should|must) (?:be|have|equal|match|not|contain|return|include)\b|\bbut (?:was|got|found|received)\b/i;
const cause =
  /\b(?:cannot|can't|can not|could(?: no|n')t|couldn't|unable to|failed to|fails to|failure to|not found|no such|undefined|unknown|unresolved|unrecogni[sz]ed|missing|do(?:es)?(?: no|n')t|not (?:a|an|be|defined|available|permitted|allowed|supported|installed|valid|match|exist|in)|no (?:matching|longer|module|package|rule|version|method|known)|denied|refused|timed out|timeout|invalid|illegal|unexpected|mismatch|mismatched|conflicts?|conflicting|out of memory|killed|segmentation fault|core dumped|no space left|required (?:but|by)|is required|requires|already (?:exists|defined|in use)|incompatible|unsupported|ambiguous|unsatisfi\w*|forbidden|unauthori[sz]ed|corrupt\w*|exceeds?|exceeded|longer than|too (?:long|large|many|old|few)|unterminated|uninitiali[sz]ed|redefin\w+|duplicate|caused by)\b/i;
const location =
  /[\w)\]-]\.[A-Za-z]\w{0,9}[:(]\s?\d{1,6}\b|\bline:? \d{1,6}\b|:\d{1,6}:\d{1,5}\b|\.[A-Za-z]\w{0,9}["']?[:,] line \d|\S\/\S{1,200}:\d{1,6}:|-->\s\S|\bat \S{1,200}:\d{1,6}\b/i;
const caret = /^[\s|.:>+\d\w]{0,24}?[\s|+][~^]{1,200}[\s~^-]*(?:$|\s\S.*$)|^\s*\^[\s~^]*$/;
const frame =
  /^\s+at \S|^\s+File "[^"]{1,300}", line \d|^\s+from \S{1,300}:\d|^\s*#\d{1,3}:? {1,4}\S|^\s+\d{1,3}: {1,5}\S|^\s*\[C\]: in |^\s+\S{1,300}:\d{1,6}:in\b|^\s+\(\S{1,80} [\d.\-a-z]{1,20}\) \S{1,200}:\d|^\s*at [\w$.<>/]{1,300}\(|^\s+\S{1,200}\.\w{1,8}:\d{1,6}: (?:in|anonymous) /;
const assertion =
  /assert|\bnot (?:be )?(?:equal|same|null|empty|truthy|to be)\b|\b(?:should|to) (?:be|equal|eq|match|have|include|contain|raise|throw)\b/i;
const heading =
  /^\s*\d{1,4}\)\s\S|^[_=*-]{3,}.{0,160}\b(?:error|fail|failure|stdout|stderr|traceback)\w*.{0,160}[_=*-]{3,}|^_{3,} .{1,200} _{3,}$|^-{2,5} \S.{0,200} (?:-{2,5}|stdout|stderr)|^[\s\W]{0,6}(?:failures?|errors?|failed|fail|error)\s?[:!]\s*(?:$|[\w'"`/(])|^[\s\W]{0,6}(?:failed|fail|error)\b[\s:]\s*\S+\s*(?:$|[([])|\[\s?(?:FAIL|FAILED|ERROR)\s?\]|^\s*[●✗✖✕×✘]\s|^\s*not ok \d|(?:<<<|<-|\.{3,})\s?(?:FAIL|ERROR)|^traceback \(|^stack ?trace|^panic:|panicked at|uncaught|unhandled|^\s*(?:\d{1,2} )?(?:errors?|failures?|problems?) (?:were |was )?(?:found|occurred|detected|in|when|while|during)\b/i;
const failWord =
  /\b\w{0,40}(?:error|exception|fail(?:ed|ure|s|ing)?|fatal|panic(?:ked)?|abort(?:ed|ing)?|traceback|broken|crash(?:ed)?)s?\b/i;
const errorPrefix =
  /^\W{0,4}(?:[\w./\\-]{1,200}:\s?)?(?:\d{1,6}[:,]\d{0,6}:?\s?)?(?:\(?\d{1,6}(?:,\d{1,6})?\)?:\s?)?(?:(?:fatal|internal|compile|compiler|syntax|parse|runtime|link|linker|build|type)\s)?(?:error|fatal|panic|failure|exception|critical|severe)\b\s?[:[({!]|^\[(?:error|fatal|severe)\]|^##\[error\]|^E {2,}\S|^\s*\*\* \(|^[\w.$]{1,120}(?:Error|Exception)\b\s?[:(]|:\s(?:fatal )?error\b[:\s]/i;
const exception =
  /\b[A-Za-z_$][\w$.]{0,120}(?:Error|Exception|Fault|Panic)\b|\bpanicked\b|\bsignal SIG[A-Z]+|\bSIG(?:SEGV|ABRT|KILL|BUS|ILL|TERM)\b/;
const errorCode =
  /\b(?:error|warning|code)[: [(]{1,3}[A-Z]{0,8}-?\d{2,6}\b|\b[A-Z]{1,6}\d{3,5}\b:|\bE[A-Z]{4,12}\b|\bHTTP\/?[\d.]* ?[45]\d\d\b|\b[45]\d\d (?:Not Found|Forbidden|Bad|Internal|Service|Unauthorized|Gateway|Too)|\berrno\b/;
const failToken = /(?:^|[^A-Za-z])(?:FAIL(?:ED|URES?)?|ERRORS?|FATAL|✗|✖|✘|✕)(?:[^A-Za-z]|$)/;
const diff = /^\s{0,6}[+-](?![+-]{2})\s{0,20}\S|^@@ |^(?:---|\+\+\+) \S|^[<>] \S/;
const numbered = /^\s*(?:\d{1,4}[.)]|\[\d{1,4}\])\s/;
const okStart =
  /^\s*(?:[✓✔√]|\[?\s?(?:ok|pass(?:ed)?|success\w*|skip(?:ped)?)\s?\]?(?:[\s:]|$)|(?:\d+ )?ok \d)/i;
const okEnd =
  /(?:[\s.:([-])(?:ok|yes|done|passed|success(?:ful(?:ly)?)?|skipped|up[- ]to[- ]date|complete[d]?|unchanged|\[100%\])[\s.)\]!(B]*$/i;
const consequence =
  /^\w{0,10}make(?:\[\d+\])?: (?:\*\*\*|Target)|\bexit(?:ed)?(?: with)?(?: an?)?(?: non-?zero)?(?: (?:code|status))?:? ?\(?[1-9]|\bexit (?:code|status)\b|\bnon-?zero\b|\b(?:command|process|script|task|target|goal|step|job|recipe|subprocess)\b.{0,160}\b(?:fail(?:ed|s|ure)?|exit(?:ed|s)?|returned|abort(?:ed)?|terminated)\b|\bfailed to execute\b|\bbuild (?:has )?(?:fail|finished with)\w*|^\W{0,4}(?:build|tests?|job|execution|compilation|run) (?:failed|failure|aborted|halted)\b|\baborting\b|\brecipe for target\b|\bError \d{1,3}$|\bhas failed\b|\bfailed with\b|\bterminated\b|\baborted[!.]?$|\bcould not compile\b|\btests? failed\b|\bsome tests\b|\bone or more\b/i;
const progress =
  /^\W{0,6}(?:\d+%\W*)?(?:(?:re)?(?:download|fetch|gett|retriev|unpack|install|compil|build|load|updat|upload|extract|receiv|resolv|process|generat|prepar|configur|sett|link|clon|copy|stor|writ|creat|remov|scann|pull|push|wait|start|runn|check|collect|requir|read|select|includ|us|match|initializ|discover|analyz|transform|bundl|transfer)ing\b|(?:downloaded|installed|fetched|get|unpacked|using|found|created|added|copied|requirement already|hit|reading|selecting|setting up|processing|removed|transferred|cp|mkdir|installing)\b[: ])|\b\d{1,3}(?:\.\d+)? ?%|\d\s?[kmg]i?b\b.{0,12}\/|\[[=#>.\s-]{5,}\]|^[.\s*FESIP✓→-]{12,}(?:\s*\[?\s*\d.*)?$|\b\d+(?:\.\d+)? ?[KMG]i?B\/s\b/i;
const echo = /^(?:\$|\+{1,4}|>|#|❯|%) [^\s\d+*=>~^|-]|^\[command\]|^\S{1,40}[$#] \S|^\$ \S/;
const negated =
  /\b(?:0|no|zero|without(?: any)?) (?:\w{1,12} )?(?:errors?|failures?|failed|failing|exceptions?|problems?|issues?|warnings?|fatal)\b|\b(?:errors?|failures?|failed|failing)\s?[:=]\s?0\b|--?\w{0,20}-?(?:fail|error)\w{0,20}/i;
const exitLine =
  /\bexit(?:ed|s)?\b.{0,30}\b\d{1,3}\b|\breturned a? ?(?:non-zero )?(?:exit )?(?:code|status|\d)|^finished: [A-Z]+/i;
const warning = /\bwarn(?:ing|ings|ed)?\b|\bdeprecat\w+/i;
const summary =
  /\b\d+ (?:\w{1,14} )?(?:tests?|passed|passing|failed|failing|failures?|errors?|skipped|pending|examples?|assertions?|specs?|scenarios?|warnings?|problems?|doctests)\b.{0,60}(?:\b\d+ |\bin \d|$)|\b(?:tests?|total|passed|failed|failures?|errors?|skipped|assertions?)\b(?: run)?\s?[:=]\s?\d+/i;
const failedCount =
  /\b[1-9]\d{0,5} (?:\w{1,14} )?(?:failed|failing|failures?|errors?|problems?)\b|\b(?:failed|failures?|errors?|failing)\s?[:=]\s?[1-9]/i;
const ruler = /^\s*([-=_*#~+.])\1{4,}\s*$|^[^A-Za-z0-9]{3,}$/;
const excerpt = /^\s*(?:>|→)?\s*\d{1,6}\s?[|:│┆]\s|^\s+\|(?:\s|$)|^\s{6,}\S.*[;{}()]\s*$/;
const hint =
  /^\W{0,6}(?:note|hint|help|tip|see|try|info)\b[: ]|\b(?:for more (?:information|details)|to see the|re-?run|run with|run `|you (?:can|may|might|should|need|must)|please|this (?:could|may|might|is probably)|learn more|if you)\b/i;
const infoLevel =
  /^\W{0,3}(?:INFO|DEBUG|TRACE|NOTICE)\b|^\W{0,3}(?:info|debug)\b[\s\]:]|^\S{1,24}\s{1,4}(?:INFO|DEBUG)\b/;

const shapes: readonly (readonly [number, RegExp])[] = [
  [signal.expectation, expectation],
  [signal.cause, cause],
  [signal.location, location],
  [signal.caret, caret],
  [signal.frame, frame],
  [signal.assertion, assertion],
  [signal.heading, heading],
  [signal.failWord, failWord],
  [signal.errorPrefix, errorPrefix],
  [signal.exception, exception],
  [signal.errorCode, errorCode],
  [signal.failToken, failToken],
  [signal.diff, diff],
  [signal.numbered, numbered],
  [signal.ok, okStart],
  [signal.ok, okEnd],
  [signal.consequence, consequence],
  [signal.progress, progress],
  [signal.echo, echo],
  [signal.negated, negated],
  [signal.exitLine, exitLine],
  [signal.warning, warning],
  [signal.summary, summary],
  [signal.failedCount, failedCount],
  [signal.ruler, ruler],
  [signal.excerpt, excerpt],
  [signal.hint, hint],
  [signal.infoLevel, infoLevel],
];

/** The signals of one visible line, as a sum of `signal` bits. */
export function signalsOf(line: string): number {
  const text = line.length > judged ? line.slice(0, judged) : line;
  if (text.trim() === '') return signal.blank;
  let found = 0;
  for (const [bit, shape] of shapes) {
    if ((found & bit) === 0 && shape.test(text)) found |= bit;
  }
  if (text.endsWith(':')) found |= signal.colonEnd;
  if (/^(?: {2,}|\t)/.test(text)) found |= signal.indented;
  return found;
}
