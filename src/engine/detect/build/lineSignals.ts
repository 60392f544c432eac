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

/** Characters of a line that are judged: what a line is stands at its start. */
const judged = 400;

const expectation =
  /^[\s\W\d]*(?:expected|actual|got|received|want|wanted|have|found|left|right)\b[^:=]{0,20}[:=]|\bexpected\b.{0,160}\b(?:but|got|to|actual|found|instead|received|was)\b|\b(?:should|must) (?:be|have|equal|match|not|contain|return|include)\b|\bbut (?:was|got|found|received)\b/i;
const cause =
  /\b(?:cannot|can't|can not|could(?: no|n')t|couldn't|unable to|failed to|fails to|failure to|not found|no such|undefined|unknown|unresolved|unrecogni[sz]ed|missing|do(?:es)?(?: no|n')t|not (?:a|an|be|defined|available|permitted|allowed|supported|installed|valid|match|exist|in)|no (?:matching|longer|module|package|rule|version|method|known)|denied|refused|timed out|timeout|invalid|illegal|unexpected|mismatch|mismatched|conflicts?|conflicting|out of memory|killed|segmentation fault|core dumped|no space left|required (?:but|by)|is required|requires|already (?:exists|defined|in use)|incompatible|unsupported|ambiguous|unsatisfi\w*|forbidden|unauthori[sz]ed|corrupt\w*|exceeds?|exceeded|longer than|too (?:long|large|many|old|few)|unterminated|uninitiali[sz]ed|redefin\w+|duplicate|caused by|thr(?:ew|own) (?:an? )?(?:\w+ )?(?:exception|error)|went wrong|stalled|hung|(?:would|needs?) (?:to be )?reformat\w*|not (?:\w+ )?formatted|not (?:\w+ )?up[- ]to[- ]date)\b|\b[45]\d\d\b[\s:|-]{1,4}https?:|https?:\S{1,300}\W{1,6}(?:status|returned)?\W{0,3}[45]\d\d\b|^(?:terminated|killed|aborted|bus error)\b/i;
const location =
  /[\w)\]-]\.[A-Za-z]\w{0,9}[:(]\s?\d{1,6}\b|\bline:? \d{1,6}\b|:\d{1,6}:\d{1,5}\b|\.[A-Za-z]\w{0,9}["']?[:,] line \d|\S\/\S{1,200}:\d{1,6}:|-->\s\S|\bat \S{1,200}:\d{1,6}\b/i;
const caret = /^[\s|.:>+\d\w]{0,24}?[\s|+][~^]{1,200}[\s~^-]*(?:$|\s\S.*$)|^\s*\^[\s~^]*$/;
const frame =
  /^\s+at \S|^\s+File "[^"]{1,300}", line \d|^\s+from \S{1,300}:\d|^\s*#\d{1,3}:? {1,4}\S|^\s+\d{1,3}: {1,5}\S|^\s*\[C\]: in |^\s+\S{1,300}:\d{1,6}:in\b|^\s+\(\S{1,80} [\d.\-a-z]{1,20}\) \S{1,200}:\d|^\s*at [\w$.<>/]{1,300}\(|^\s+\S{1,200}\.\w{1,8}:\d{1,6}: (?:in|anonymous) /;
const assertion =
  /assert|\bnot (?:be )?(?:equal|same|null|empty|truthy|to be)\b|\b(?:should|to) (?:be|equal|eq|match|have|include|contain|raise|throw)\b/i;
const heading =
  /^\s*\d{1,4}\)\s\S|^[_=*-]{3,}.{0,160}\b(?:error|fail|failure|stdout|stderr|traceback)\w*.{0,160}[_=*-]{3,}|^_{3,} .{1,200} _{3,}$|^-{2,5} \S.{0,200} (?:-{2,5}|stdout|stderr)|^[\s\W]{0,6}(?:failures?|errors?|failed|fail|error)\s?[:!]\s*(?:$|[\w'"`/(])|^[\s\W]{0,6}(?:failed|fail|error)\b[\s:]\s*\S+\s*(?:$|[([])|\[\s?(?:FAIL|FAILED|ERROR)\s?\]|^\s*[●✗✖✕×✘]\s|^\s*not ok\b|^\s*\[[-xX!✗✘]\]\s|^[\s\W]{0,8}(?:tests? |testing |compilation )?fail(?:ed|ures?|ing)\b|\bfail(?:ed|ures?|ing)\b[^.]{0,60}:$|\bwent wrong\b|(?:<<<|<-|\.{3,})\s?(?:FAIL|ERROR)|^traceback \(|^stack ?trace|^panic:|panicked at|uncaught|unhandled|^\s*(?:\d{1,2} )?(?:errors?|failures?|problems?) (?:were |was )?(?:found|occurred|detected|in|when|while|during)\b/i;
const failWord =
  /\b\w{0,40}(?:error|exception|fail(?:ed|ure|s|ing)?|fatal|panic(?:ked)?|abort(?:ed|ing)?|traceback|broken|crash(?:ed)?)s?\b/i;
const errorPrefix =
  /^\W{0,4}(?:[\w./\\-]{1,200}:\s?)?(?:\d{1,6}[:,]\d{0,6}:?\s?)?(?:\(?\d{1,6}(?:,\d{1,6})?\)?:\s?)?(?:(?:fatal|internal|compile|compiler|syntax|parse|runtime|link|linker|build|type)\s)?(?:error|fatal|panic|failure|exception|critical|severe)\b\s?[:[({!]|^\[(?:error|fatal|severe)\]|^##\[error\]|^E {2,}\S|^\s*\*\* \(|^[\w.$]{1,120}(?:Error|Exception)\b\s?[:(]|:\s(?:fatal )?error\b[:\s]|^\s*\d{1,6}:\d{1,6}:?\s+(?:error|fatal)\b|[\s-](?:error|exception): (?!0\b)\S|^\W{0,4}\w{1,20} error (?:in|at|on|while)\b/i;
const exception =
  /\b[A-Za-z_$][\w$.]{0,120}(?:Error|Exception|Fault|Panic)\b|\bpanicked\b|\bsignal SIG[A-Z]+|\bSIG(?:SEGV|ABRT|KILL|BUS|ILL|TERM)\b/;
const errorCode =
  /\b(?:error|warning|code)[: [(]{1,3}[A-Z]{0,8}-?\d{2,6}\b|\b[A-Z]{1,6}\d{3,5}\b:|\bE[A-Z]{4,12}\b|\bHTTP\/?[\d.]* ?[45]\d\d\b|\b[45]\d\d (?:Not Found|Forbidden|Bad|Internal|Service|Unauthorized|Gateway|Too)|\berrno\b/;
const failToken = /(?:^|[^A-Za-z_-])(?:FAIL(?:ED|URES?)?|ERRORS?|FATAL|✗|✖|✘|✕)(?:[^A-Za-z_=]|$)/;
const diff = /^\s{0,6}[+-](?![+-]{2})\s{0,20}\S|^@@ |^(?:---|\+\+\+) \S|^[<>] \S/;
const numbered = /^\s*(?:\d{1,4}[.)]|\[\d{1,4}\])\s/;
const okStart =
  /^\s*(?:[✓✔√]|\[[+✓✔vV*]\]\s|[-=]{3} (?:PASS|SKIP|RUN|PAUSE|CONT)\b|\[?\s?(?:ok|pass(?:ed)?|success\w*|skip(?:ped)?)\s?\]?(?:[\s:]|$)|(?:\d+ )?ok \d)/i;
const okEnd =
  /(?:[\s.:([-])(?:ok|yes|done|passed|success(?:ful(?:ly)?)?|skipped|up[- ]to[- ]date|complete[d]?|unchanged|\[100%\])[\s.)\]!(B]*$/i;
/** Failures that were meant to happen, or that do not count. */
const foreseen =
  /\bas expected\b|\bexpected by\b|\((?:this is |was )?expected\b[^:]*\)|\bexpected (?:failures?|exceptions?)\b(?!.*\b(?:but|got|was|to)\b)|\bxfail(?:ed)?\b|\ballowed (?:to fail|failures?)\b|\b(?:errors?|failures?|exceptions?) (?:is |are |was |were )?(?:expected|ignored)\b(?!.*\b(?:but|got)\b)|\(ignored\)/i;
const consequence =
  /^\w{0,10}make(?:\[\d+\])?: (?:\*\*\*|Target)|\bexit(?:ed)?(?: with)?(?: an?)?(?: non-?zero)?(?: (?:code|status))?:? ?\(?[1-9]|\bexit (?:code|status)\b|\bnon-?zero\b|\b(?:command|process|script|task|target|goal|step|job|recipe|subprocess)\b.{0,160}\b(?:fail(?:ed|s|ure)?|exit(?:ed|s)?|returned|abort(?:ed)?|terminated)\b|\bfailed to execute\b|\bbuild (?:has )?(?:fail|finished with)\w*|^\W{0,4}(?:build|tests?|job|execution|compilation|run) (?:failed|failure|aborted|halted)\b|\baborting\b|\brecipe for target\b|\bError \d{1,3}$|\bhas failed\b|\bfailed with\b|\bterminated\b|\baborted[!.]?$|\bcould not compile\b|\btests? failed\b|\bsome tests\b|\bone or more\b/i;
const progress =
  /^\W{0,6}(?:\d+%\W*)?(?:(?:re)?(?:download|fetch|gett|retriev|unpack|install|compil|build|load|updat|upload|extract|receiv|resolv|process|generat|prepar|configur|sett|link|clon|copy|stor|writ|creat|remov|scann|pull|push|wait|start|runn|check|collect|requir|read|select|includ|us|match|initializ|discover|analyz|transform|bundl|transfer)ing\b|(?:downloaded|installed|fetched|get|unpacked|using|found|created|added|copied|requirement already|hit|reading|selecting|setting up|processing|removed|transferred|cp|mkdir|installing)\b[: ])|\b\d{1,3}(?:\.\d+)? ?%|\d\s?[kmg]i?b\b.{0,12}\/|\[[=#>.\s-]{5,}\]|^[.\s*FESIP✓→-]{12,}(?:\s*\[?\s*\d.*)?$|\b\d+(?:\.\d+)? ?[KMG]i?B\/s\b/i;
const echo = /^(?:\$|\+{1,4}|>|❯|%) [^\s\d+*=>~^|-]|^\[command\]|^\S{1,40}[$#] \S|^\$ \S/;
const negated =
  /\b(?:0|no|zero|without(?: any)?) (?:\w{1,12} )?(?:errors?|failures?|failed|failing|exceptions?|problems?|issues?|warnings?|fatal)\b|\b(?:errors?|failures?|failed|failing)\s?[:=]\s?0\b|(?:^|\s)--?[\w-]{0,20}(?:fail|error)\w{0,20}/i;
const exitLine =
  /\bexit(?:ed|s)?\b.{0,30}\b\d{1,3}\b|\breturned a? ?(?:non-zero )?(?:exit )?(?:code|status|\d)|^finished: [A-Z]+/i;
const warning = /\bwarn(?:ing|ings|ed)?\b|\bdeprecat\w+/i;
const summary =
  /\b\d+ (?:\w{1,14} )?(?:tests?|passed|passing|failed|failing|failures?|errors?|skipped|pending|examples?|assertions?|specs?|scenarios?|warnings?|problems?|doctests)\b.{0,60}(?:\b\d+ |\bin \d|$)|\b(?:tests?|total|passed|failed|failures|errors|skipped|assertions)\b(?: run)?\s?[:=]\s?\d+/i;
const failedCount =
  /\b[1-9]\d{0,5} (?:\w{1,14} )?(?:failed|failing|failures?|errors?|problems?)\b|\b(?:failed|failures|errors|failing)\s?[:=]\s?[1-9]/i;
const ruler = /^\s*([-=_*#~+.])\1{4,}\s*$|^[^A-Za-z0-9]{3,}$/;
const excerpt = /^\s*(?:>|→)?\s*\d{1,6}\s?[|:│┆]\s|^\s+\|(?:\s|$)|^\s{6,}\S.*[;{}()]\s*$/;
const hint =
  /^\W{0,6}(?:note|hint|help|tip|see|try|info)\b[: ]|\b(?:for more (?:information|details)|to see the|re-?run|run with|run `|you (?:can|may|might|should|need|must)|please|this (?:could|may|might|is probably)|learn more|if you)\b/i;
const infoLevel =
  /^\W{0,3}(?:INFO|DEBUG|TRACE|NOTICE)\b|^\W{0,3}(?:info|debug)\b[\s\]:]|^\S{1,24}\s{1,4}(?:INFO|DEBUG)\b/;

/** What a line holds at all: cheap facts that most shapes need. */
const holds = {
  digit: 1,
  /** The first visible character is no letter. */
  symbolFirst: 2,
  indented: 4,
  caret: 8,
  dollarOrHash: 16,
  percentOrBracket: 32,
  noWord: 64,
  manyCapitals: 128,
  arrow: 256,
} as const;

/** A shape with what a line must hold before it is worth asking: a word stem, or one of the facts. */
interface Shape {
  readonly bit: number;
  readonly shape: RegExp;
  /** First four letters of words, one of which must stand in the line. */
  readonly stems: string;
  /** Sum of `holds`, one of which suffices in place of a stem. */
  readonly facts: number;
}

const failureStems = 'erro exce fail fata pani abor trac brok cras';
const countedStems = 'test pass fail erro skip pend exam asse spec scen warn prob doct tota';

const shapes: readonly Shape[] = [
  {
    bit: signal.expectation,
    shape: expectation,
    stems: 'expe actu got rece want have foun left righ but shou must',
    facts: 0,
  },
  {
    bit: signal.cause,
    shape: cause,
    stems:
      'cann can coul unab fail not no unde unkn unre miss do does deni refu time inva ille unex mism conf out kill segm core requ alre inco unsu ambi unsa forb unau corr exce long too unte unin rede dupl caus thre thro went stal hung woul need term abor bus http',
    facts: 0,
  },
  { bit: signal.location, shape: location, stems: '', facts: holds.digit | holds.arrow },
  { bit: signal.caret, shape: caret, stems: '', facts: holds.caret },
  { bit: signal.frame, shape: frame, stems: 'at', facts: holds.indented | holds.symbolFirst },
  { bit: signal.assertion, shape: assertion, stems: 'asse not shou to', facts: 0 },
  {
    bit: signal.heading,
    shape: heading,
    stems: 'fail erro pani unca unha trac stac prob not went',
    facts: holds.symbolFirst,
  },
  { bit: signal.failWord, shape: failWord, stems: failureStems, facts: 0 },
  {
    bit: signal.errorPrefix,
    shape: errorPrefix,
    stems: 'erro fata pani fail exce crit seve e',
    facts: holds.symbolFirst,
  },
  {
    bit: signal.exception,
    shape: exception,
    stems: 'erro exce faul pani sign sigs siga sigk sigb sigi sigt',
    facts: 0,
  },
  {
    bit: signal.errorCode,
    shape: errorCode,
    stems: 'erro errn',
    facts: holds.digit | holds.manyCapitals,
  },
  { bit: signal.failToken, shape: failToken, stems: 'fail erro fata', facts: holds.symbolFirst },
  { bit: signal.diff, shape: diff, stems: '', facts: holds.symbolFirst },
  { bit: signal.numbered, shape: numbered, stems: '', facts: holds.symbolFirst },
  { bit: signal.ok, shape: okStart, stems: 'ok pass succ skip', facts: holds.symbolFirst },
  {
    bit: signal.ok,
    shape: okEnd,
    stems: 'ok yes done pass succ skip up comp unch',
    facts: holds.percentOrBracket,
  },
  { bit: signal.ok, shape: foreseen, stems: 'expe xfai allo igno', facts: 0 },
  {
    bit: signal.consequence,
    shape: consequence,
    stems:
      'make gmak exit non comm proc scri task targ goal step job reci subp fail buil test exec comp run abor erro has term coul some one',
    facts: 0,
  },
  {
    bit: signal.progress,
    shape: progress,
    stems:
      'down redo fetc refe gett retr unpa inst rein comp reco buil rebu load relo upda uplo extr rece reso proc gene rege prep conf sett link reli clon copy stor rest writ crea recr remo scan pull push wait star runn chec rech coll requ read sele incl usin matc init disc anal tran bund get foun adde copi hit cp mkdi kb mb gb kib mib gib',
    facts: holds.percentOrBracket | holds.symbolFirst | holds.noWord | holds.manyCapitals,
  },
  {
    bit: signal.echo,
    shape: echo,
    stems: '',
    facts: holds.dollarOrHash | holds.symbolFirst,
  },
  {
    bit: signal.negated,
    shape: negated,
    stems: 'erro fail exce prob issu warn fata',
    facts: 0,
  },
  { bit: signal.exitLine, shape: exitLine, stems: 'exit retu fini', facts: 0 },
  { bit: signal.warning, shape: warning, stems: 'warn depr', facts: 0 },
  { bit: signal.summary, shape: summary, stems: countedStems, facts: 0 },
  { bit: signal.failedCount, shape: failedCount, stems: 'fail erro prob', facts: 0 },
  { bit: signal.ruler, shape: ruler, stems: '', facts: holds.noWord },
  {
    bit: signal.excerpt,
    shape: excerpt,
    stems: '',
    facts: holds.symbolFirst | holds.indented,
  },
  {
    bit: signal.hint,
    shape: hint,
    stems: 'note hint help tip see try info for to re reru run you plea this lear if',
    facts: 0,
  },
  { bit: signal.infoLevel, shape: infoLevel, stems: 'info debu trac noti', facts: 0 },
];

/** Which shapes (as bits of their index) each stem asks for. A stem is packed, a byte a letter. */
const shapesOfStem = new Map<number, number>();
shapes.forEach(({ stems }, index) => {
  for (const stem of stems.split(' ')) {
    if (stem === '') continue;
    let packed = 0;
    for (let i = 0; i < stem.length; i += 1) packed = (packed << 8) | stem.charCodeAt(i);
    shapesOfStem.set(packed, (shapesOfStem.get(packed) ?? 0) | (1 << index));
  }
});

/**
 * The signals of one visible line, as a sum of `signal` bits. One pass over the characters finds
 * word stems and cheap facts; only the shapes they allow are matched.
 */
export function signalsOf(line: string): number {
  const text = line.length > judged ? line.slice(0, judged) : line;
  let allowed = 0;
  let facts = 0;
  let packed = 0;
  let letters = 0;
  let capitals = 0;
  let first = 0;
  let before = 0;
  for (let i = 0; i <= text.length; i += 1) {
    const code = i < text.length ? text.charCodeAt(i) : 0;
    const upper = code >= 65 && code <= 90;
    const letter = upper || (code >= 97 && code <= 122);
    if (first === 0 && code !== 32 && code !== 9) first = code;
    if (letters > 0 && (!letter || (upper && before >= 97))) {
      if (letters < 4) allowed |= shapesOfStem.get(packed) ?? 0;
      letters = 0;
      packed = 0;
    }
    if (letter) {
      letters += 1;
      if (letters <= 4) packed = (packed << 8) | (upper ? code + 32 : code);
      if (letters === 4) allowed |= shapesOfStem.get(packed) ?? 0;
      capitals = upper ? capitals + 1 : 0;
      if (capitals >= 3) facts |= holds.manyCapitals;
    } else {
      capitals = 0;
      if (code >= 48 && code <= 57) facts |= holds.digit;
      else if (code === 94 || code === 126) facts |= holds.caret;
      else if (code === 36 || code === 35) facts |= holds.dollarOrHash;
      else if (code === 37 || code === 91 || code === 47) facts |= holds.percentOrBracket;
      else if (code === 62) facts |= holds.arrow;
    }
    if (letter || (facts & holds.digit) !== 0) facts |= holdsWord;
    before = code;
  }
  if (first === 0) return signal.blank;
  facts = (facts & holdsWord) === 0 ? facts | holds.noWord : facts;
  const lead = text.charCodeAt(0);
  if (lead === 32 || lead === 9) facts |= holds.indented;
  const letterFirst = (first >= 65 && first <= 90) || (first >= 97 && first <= 122);
  if (!letterFirst) facts |= holds.symbolFirst;
  let found = 0;
  for (let index = 0; index < shapes.length; index += 1) {
    const { bit, shape, facts: needed } = shapes[index]!;
    if ((allowed & (1 << index)) === 0 && (facts & needed) === 0) continue;
    if ((found & bit) === 0 && shape.test(text)) found |= bit;
  }
  if ((found & signal.ok) !== 0 && foreseen.test(text)) found = signal.ok;
  // A count of failures outweighs the zeros beside it.
  if ((found & signal.failedCount) !== 0) found &= ~signal.negated;
  // A mark of failure outweighs the level or the work it is printed with.
  if ((found & signal.failToken) !== 0 && (found & signal.negated) === 0) {
    found &= ~(signal.progress | signal.infoLevel);
  }
  if ((found & (signal.errorPrefix | signal.heading)) !== 0) found &= ~signal.echo;
  if (text.endsWith(':')) found |= signal.colonEnd;
  if (/^(?: {2,}|\t)/.test(text)) found |= signal.indented;
  return found;
}

/** Internal: the line holds a letter or a digit. */
const holdsWord = 1 << 20;
