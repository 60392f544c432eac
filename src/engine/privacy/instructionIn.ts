import { shownText } from './shownText.ts';

/** Characters of a text that are read: an instruction that comes later comes too late. */
const longest = 4000;

type Pattern = readonly [what: string, shape: RegExp];

/** Whom it addresses: words for models, and for those that read logs for a living. */
const model =
  '(?:ai|llms?|(?:language|ai) models?|chat ?bots?|assistants?|copilots?|gpt|claude|gemini|llama|agents?|root[- ]cause (?:tool|analy[sz]er|engine)|log analy[sz]ers?|whoever (?:reads|analy[sz]es)|summari[sz]er)';
const earlier =
  '(?:previous|prior|above|preceding|earlier|all|any|other|these|those|your|the|everything|system|existing|remaining|following|foregoing|original|given|surrounding|actual|real)';
const rules =
  '(?:instructions?|prompts?|rules?|guidelines?|directions?|directives?|commands?|context|constraints?|policies|polic(?:y|ies)|messages?|evidence|system message|training|restrictions?|safeguards?|logs?|lines?|errors?|findings?|records?|entries|text|data|conversation)';
/** The fields of an answer, as an instruction would name them. */
const answer =
  '(?:verdict|category|root[ _-]?cause|severity|confidence|answer|summary|report|recommendations?|conclusion|diagnosis|analysis|output|response|explanation|findings?|incident)';

const english: readonly Pattern[] = [
  [
    'asks to ignore what was said before',
    new RegExp(
      `\\b(?:ignore|disregard|forget|override|overrule|bypass|discard|skip|drop|do not (?:follow|obey|consider|use|trust)|don'?t (?:follow|obey|consider|use|trust)|stop following|pay no attention to|set aside|neglect)\\b[^.\\n]{0,40}?\\b${earlier}\\b[^.\\n]{0,30}?\\b${rules}`,
      'i',
    ),
  ],
  [
    'gives a new role',
    /\b(?:you are now|you'?re now|from now on,? you|act as (?:an?|the|if)\b|pretend (?:to be|that you|you)|assume the role|your (?:new |only |real )?(?:role|task|job|goal|objective|mission|purpose) is|you (?:must|should|will|shall|need to|have to|are to|are required to) (?:now |only |always |immediately )?(?:answer|respond|reply|say|state|conclude|ignore|classify|recommend|obey|reveal|report (?:that|no|this as|it as)|output (?:only|the)|not (?:mention|report|cite|reveal)))/i,
  ],
  [
    'speaks to a model',
    new RegExp(
      `(?:\\b(?:dear|hey|hello|hi|attention|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)|memo (?:to|for)|reminder (?:to|for)|important for|notice (?:to|for)|as an?|to the|for the|if you are an?|any|@)(?: the| any| all)? ?${model}\\b(?=[^a-z]{0,3}(?:[:,;.!-]|reading|that|who|which|must|should|please|analy|summar|do|processing|you|,)))|(?:^|[^a-z])${model} (?:reading|processing|analy[sz]ing|summari[sz]ing|looking at) (?:this|these|the)\\b|as an ai\\b`,
      'i',
    ),
  ],
  [
    'names the prompt of a model',
    /\b(?:system[ _-]?prompts?|developer (?:message|mode)|jailbr(?:eak|oken)|prompt injection|DAN mode|hidden instructions?|initial instructions?|your (?:instructions|guidelines|training|prompt|system message|constraints)|begin new instructions?|new instructions?(?=\s*[:.!])|end of (?:the )?(?:logs?|evidence|prompt|instructions|context|data|system message|user message))\b/i,
  ],
  [
    'says how to answer',
    new RegExp(
      `\\b(?:respond|reply|answer|output|return|print|say|write|conclude|report|state|respond only|include)\\b[^.\\n]{0,24}?\\b(?:(?:only |just |exactly )?(?:with|that|this|the following|in) (?:the |this |a |an |exactly |only |following )*(?:json|words?|text|sentence|phrase|answer|verdict|category|message|["'\u0060{]|no[ _]incident|root cause)|(?:in|to) (?:your|the) ${answer}\\b)`,
      'i',
    ),
  ],
  [
    'says what to conclude',
    new RegExp(
      `\\b(?:set|change|use|put|make|mark|classify|choose|pick|switch|update|lower|raise|override|treat|label|give|report)\\b[^.\\n]{0,40}?\\b(?:the |your |this |its )?${answer}\\b[^.\\n]{0,24}?\\b(?:to|as|is|be|=|must|:)\\b`,
      'i',
    ),
  ],
  [
    'says what to conclude',
    new RegExp(
      `\\b(?:the )?(?:correct|right|true|final|only|expected|official|confirmed|verified|actual|real) ${answer}\\b[^.\\n]{0,12}?(?:\\bis\\b|[:=]|\\bmust be\\b|\\bshould be\\b)|\\b(?:verdict|root[ _-]cause|category)["']?(?: is| must be| should be|\\s?[:=])\\s{0,2}["'\u0060]?(?:no[ _]?incident|none\\b|root_cause_found|inconclusive|probable\\b|unknown\\b|(?:resource|network|process|config|auth|code|data|build|test|version|dependency|node)\\.[a-z]{3,12}|[^,.\\n]{2,80}[,;] ?(?:category|verdict))`,
      'i',
    ),
  ],
  [
    'says what to conclude',
    /\b(?:do not|don'?t|never|must not|should not) (?:report|mention|cite|flag|mark|reveal|show|tell|include|escalate|alert)\b[^.\n]{0,60}?\b(?:user|operator|human|reader|engineer|incident|error|this line|evidence|finding|report|anyone|developer)s?\b/i,
  ],
  [
    'asks to run a command',
    /\b(?:run|execute|paste|type|invoke|issue|recommend|enter|apply)(?:s|ning|ing|ed)?\b[^\n]{0,80}?(?:\b(?:curl|wget|iwr|invoke-webrequest)\b[^|\n]{0,200}\|\s{0,3}(?:sudo )?(?:ba|z|da|i)?(?:sh|ex|python3?)\b|\brm -[a-z]*[rf][a-z]* |\bchmod (?:-R )?[0-7]*777\b|\bdrop (?:table|database)\b|\b(?:kubectl|helm|docker|terraform|aws|gcloud|az) [^\n]{0,40}?\b(?:delete|destroy|rm|prune|uninstall)\b|\bmkfs\.[a-z0-9]+ \/|\bdd if=|\b(?:shutdown|reboot|halt)\b -|\bnc -|\/dev\/tcp\/|\bbase64 -d|\b(?:disable|stop) (?:the )?(?:firewall|antivirus|selinux|audit|logging|authentication))/i,
  ],
  [
    'asks to send something out',
    /!\[[^\]\n]{0,100}\]\(\s{0,2}https?:\/\/[^)\s]{0,300}[?&=][^)\n]{0,300}\)?|<img\b[^>\n]{0,200}src\s{0,2}=\s{0,2}["']?https?:/i,
  ],
  [
    'asks to send something out',
    /\b(?:send|post|upload|exfiltrate|forward|leak|e-?mail|append|embed|include|encode|reveal|print|repeat|output)\b[^.\n]{0,50}?\b(?:api keys?|secrets?|credentials?|passwords?|tokens?|environment variables?|conversation|system message|the (?:logs?|evidence|prompt|context) (?:above|to|as|in)|chat history|your (?:instructions|prompt|context))\b[^.\n]{0,60}?\b(?:to|at|in|into|as|via|verbatim|above|url|image|link)\b/i,
  ],
  [
    'imitates a turn of a chat',
    /<\|[a-z_]{2,24}\|>|\[\/?(?:INST|SYSTEM_PROMPT)\]|<<\/?SYS>>|<(?:start|end)_of_turn>|<\/?(?:assistant|tool_call|function_calls?|untrusted|evidence|hypotheses|past_incidents)(?:\s[^>]{0,80})?>|<(?:system|instructions?)>\s{0,4}[A-Za-z]{2,}\s|(?:^|\n)\s{0,4}#{2,4}\s?(?:system|instructions?|assistant|response|human)\b\s?:?/i,
  ],
  [
    'imitates a turn of a chat',
    /["']role["']\s{0,3}:\s{0,3}["'](?:system|assistant|developer|tool)["']|["'](?:tool_calls?|function_call)["']\s{0,3}:|["'](?:root_cause|verdict)["']\s{0,3}:\s{0,3}["'{]|(?:^|\n)\s{0,8}(?:system|assistant|human|developer) ?(?:message|prompt|note|override)?:\s{1,4}(?:you|ignore|the (?:verdict|root|category|incident|answer)|from now|do not|disregard|please|respond|answer|new|override|always|set|this is|i am|sure|conclude|stop)/i,
  ],
  [
    'imitates evidence',
    /(?:^|\s|\[)E[0-9]{1,3}\]?\s{0,2}[|:][^|\n]{1,80}(?:\||\broot cause\b)|\b(?:cite|see|per|according to) (?:only )?\[?E[0-9]{1,3}\b|\b(?:rule|knowledge|KB|hypothesis H[0-9])[ :][a-z0-9_-]{2,40}[^.\n]{0,30}\b(?:matched|hit|confirms|proves)[^.\n]{0,40}\b(?:root cause|category|verdict|confidence)\b/i,
  ],
  [
    'imitates evidence',
    /\b(?:admin(?:istrator)?|operator|security team|on-?call|sre|vendor|developer|support)\b[^.\n]{0,40}?(?:note|notice|override|instruction|directive|confirmed|says|message)\b[^.\n]{0,60}?\b(?:analysis|analy[sz]er|assistant|report|verdict|category|root cause|incident|ignore|ai|model)\b/i,
  ],
  [
    'imitates evidence',
    /\b(?:for|during) (?:the|this|your|any) (?:automated )?(?:analysis|root[- ]cause|rca|summary|report|investigation)[^.\n]{0,40}?\b(?:ignore|exclude|omit|disregard|assume|conclude|use|treat|classify|consider only)\b/i,
  ],
  // The vocabulary of our own answers: no program logs it.
  [
    'says what to conclude',
    /\b(?:no_incident|root_cause_found)\b|\b(?:category|verdict|root[ _]cause)\b[^\n]{0,60}?(?<![\w.])(?:(?:resource|network|auth|config|process|dependency|version|code|test|build|data|node)\.(?:disk|memory|cpu|handles|quota|disconnect|timeout|dns|tls|down|crash|killed|unavailable|denied|invalid|mismatch|exception|assertion|failure|compile|dependency|missing|corrupt))\b|\bcategory (?:is |must be |should be |= ?)?["'`]?none\b/i,
  ],
  [
    'says what to conclude',
    /\b(?:report|say|state|answer|conclude|output|respond|claim|reply|tell|declare|pretend|write|print|classify|summari[sz]e)\b[^.\n]{0,40}?\b(?:no incidents?\b|there (?:is|was|were) no (?:incident|problem|outage)|nothing (?:broke|is wrong|happened|failed)|no problems? (?:found|here|were)|all (?:is|was) well|everything (?:is|was) (?:fine|healthy|ok|normal)|(?:a )?false alarm)|\b(?:are|is|must|should|shall) (?:to )?be (?:treated|considered|classified|reported|regarded) as (?:normal|expected|harmless|benign|healthy|no incident|false)/i,
  ],
  [
    'says how to answer',
    /\b(?:in|to|into|of|from|with|at the (?:top|end|beginning) of) (?:your|its) (?:answer|report|summary|recommendations?|response|reply|conclusion|analysis|diagnosis|output|explanation)\b|\b(?:tell|inform|advise|instruct|convince|urge|ask) (?:the |your )?(?:user|operator|human|reader|engineer|developer|customer|on-?call|team|person)s? (?:to|that)\b|\b(?:confidence|severity|verdict|category|conclusion) of (?:the|this|your) (?:report|answer|analysis|incident|explanation)\b/i,
  ],
  [
    'asks to send something out',
    /\b(?:add|include|render|show|insert|display|embed|put|append|open|visit|click|follow|load|fetch)\b[^.\n]{0,60}?(?:!\[[^\]\n]{0,100}\]\(https?:|<img\b|<iframe\b|\b(?:this|the following) (?:image|link|url)\b)/i,
  ],
  [
    'imitates evidence',
    /(?:^|\n)\s{0,8}-{2,} (?:end of |begin(?:ning)? (?:of )?)?(?:evidence|findings of the program|past incidents|findings|context|prompt|instructions|system|asked before)\b|\bH[0-9] (?:probable|inconclusive|root_cause|no_)|\[[PEH][0-9]{1,3}\]? [^\n]{0,60}?(?:similarity|root cause|cause then|confidence|category)\b|\bsimilarity [01]\.[0-9]{1,3}[ ,(][^\n]{0,60}?\bcategory\b/i,
  ],
  [
    'imitates a turn of a chat',
    /(?:^|\n)\s{0,4}(?:human|user): [^\n]{1,400}\n\s{0,4}(?:assistant|ai|model|bot): |(?:^|\n)\s{0,4}assistant: (?:yes|no|sure|ok|i |the |there)/i,
  ],
];

/** The same in other languages: ignore … instructions; you are now; answer with; the root cause is. */
const others: readonly Pattern[] = [
  [
    'asks to ignore what was said before',
    /\b(?:ignorier(?:e|en|t)|vergiss|vergessen|missachte|übergeh(?:e|en)|beachte)\b[^.\n]{0,50}?\b(?:anweisung|instruktion|vorgabe|regel|anleitung|befehl|prompt|kontext|hinweis|zeile|fehler)/iu,
  ],
  [
    'asks to ignore what was said before',
    /\b(?:ignor(?:e|ez|er)|oubli(?:e|ez|er)|néglige[zr]?|ne (?:tiens|tenez) pas compte)\b[^.\n]{0,50}?\b(?:instructions?|consignes?|règles?|directives?|contexte|erreurs?|lignes?|messages?)\b/iu,
  ],
  [
    'asks to ignore what was said before',
    /\b(?:ignor(?:a|e|en|ar)|olvid(?:a|e|en|ar)|descarta|haz caso omiso|no (?:sigas|tengas en cuenta))\b[^.\n]{0,50}?(?:instrucci|indicaci|reglas?|órdenes|contexto|errores|líneas|mensajes)/iu,
  ],
  [
    'asks to ignore what was said before',
    /\b(?:ignor(?:a|are|ate|i)|dimentica(?:re)?|trascura|non (?:seguire|considerare))\b[^.\n]{0,50}?(?:istruzioni|indicazioni|regole|direttive|contesto|errori|righe|messaggi)/iu,
  ],
  [
    'asks to ignore what was said before',
    /\b(?:ignor(?:e|ar)|esqueça|desconsidere)\b[^.\n]{0,50}?(?:instruções|regras|orientações|contexto|erros)/iu,
  ],
  [
    'asks to ignore what was said before',
    /(?:忽略|无视|無視|忘记|忘掉|不要理会|请忽略|忽視)[^。\n]{0,24}(?:指令|指示|说明|提示|规则|規則|内容|上下文|日志|错误|命令)/u,
  ],
  [
    'asks to ignore what was said before',
    /(?:игнориру(?:й|йте)|проигнорируй(?:те)?|забудь(?:те)?|не обращай(?:те)? внимания|отмени(?:те)?)[^.\n]{0,50}?(?:инструкц|указани|правил|команд|контекст|ошибк|сообщени|строк)/iu,
  ],
  [
    'asks to ignore what was said before',
    /(?:指示|命令|ルール|プロンプト|規則)[^。\n]{0,12}(?:無視|忘れ)|(?:이전|위의|모든)[^.\n]{0,16}(?:지시|명령|규칙)[^.\n]{0,12}(?:무시|잊)|(?:تجاهل|انس)[^.\n]{0,30}(?:التعليمات|الأوامر)/u,
  ],
  [
    'gives a new role',
    /\b(?:du bist (?:jetzt|nun|ab)|sie sind (?:jetzt|nun) ein|ab (?:jetzt|sofort)[^.\n]{0,20}(?:antworte|bist|sollst)|als (?:ki|sprachmodell|assistent)\b|tu es maintenant|vous êtes (?:maintenant|désormais)|en tant qu['’ ]?(?:ia|assistant|modèle)|ahora eres|a partir de ahora|como (?:ia|modelo de lenguaje|asistente)\b|ora sei|adesso sei|d['’]ora in poi|come (?:ia|modello linguistico|assistente)\b|agora você é)/iu,
  ],
  [
    'gives a new role',
    /你现在是|您现在是|你是一个|从现在开始|作为(?:一个)?(?:AI|人工智能|语言模型|助手)|теперь ты|ты теперь|вы теперь|с этого момента|как (?:ИИ|языковая модель|ассистент)|あなたは今|これからあなたは|AIとして|너는 이제|당신은 이제/iu,
  ],
  [
    'says how to answer',
    /\b(?:antworte(?:n sie)?|antwortet|gib (?:als|nur)|melde(?:n sie)?|schreibe?)\b[^.\n]{0,40}?(?:\bnur\b|\bmit\b|keine störung|kein vorfall|ursache ist|kategorie)|\b(?:répond(?:s|ez|re)|dis|dites|indiquez?)\b[^.\n]{0,40}?(?:uniquement|seulement|par|qu['’]|aucun incident|catégorie)|\b(?:responde?|responda|di|diga|contesta|indica)\b[^.\n]{0,40}?(?:solo|únicamente|con|que no|ningún incidente|categoría)\b|\b(?:rispond(?:i|ere|ete)|di'|indica|scrivi)\b[^.\n]{0,40}?(?:solo|soltanto|con|che non|nessun incidente|categoria)\b/iu,
  ],
  [
    'says how to answer',
    /(?:只|仅|请)?(?:回答|回复|输出|报告)[^。\n]{0,16}(?:没有|无|类别|事件|根本原因|“|"|：|:)|(?:ответь(?:те)?|отвечай(?:те)?|напиши(?:те)?|сообщи(?:те)?|выведи(?:те)?)[^.\n]{0,40}?(?:только|что|нет инцидента|категори|причин|[«":])/iu,
  ],
  [
    'says what to conclude',
    /\b(?:setze|ändere|wähle)[^.\n]{0,30}?(?:kategorie|ergebnis|urteil|ursache)|\b(?:mets|mettez|changez|définis)[^.\n]{0,30}?(?:catégorie|verdict|cause)|\b(?:establece|cambia|pon)[^.\n]{0,30}?(?:categoría|veredicto|causa)|\b(?:imposta|cambia|metti)[^.\n]{0,30}?(?:categoria|verdetto|causa)|(?:将|把)?(?:类别|结论|判定|根本原因)[^。\n]{0,8}(?:设为|改为|设置为|应为|是)|(?:установи|измени|поставь)(?:те)?[^.\n]{0,30}?(?:категори|вердикт|причин)/iu,
  ],
];

/** Beginnings of words, five letters at most, without one of which no pattern of words fits. */
const stems: ReadonlySet<string> = new Set(
  `ignor disre forge overr bypas disca skip drop follo obey consi use trust stop pay set aside negle
  you your from act prete assum role dear hey hello hi atten note messa instr memo remin impor notic
  ai llm llms langu chat assis copil gpt claud gemin llama agent agent analy summa whoev syste devel
  jailb promp dan hidde initi begin new end respo reply answe outpu retur print say write concl repor
  state inclu chang put make mark class choos pick switc updat lower raise treat label give verdi
  categ root sever confi recom concl diagn corre right true final only expec offic never do dont must
  shoul run execu paste type invok issue enter apply send post uploa exfil forwa leak email append
  embed encod revea repea human user admin opera secur oncall sre vendo suppo for durin e p h tell
  infor advis convi urge ask in to into of with at no there nothi all every false are is shall claim
  decla add rende show inser displ open visit click load fetch simil incid findi evide past conte`.split(
    /\s+/,
  ),
);

/** The same for the patterns in other languages. */
const otherStems: ReadonlySet<string> = new Set(
  `ignor vergi vergt misac missa überg beach oubli ignor tiens tenez neglig négli olvid desca haz caso   sigas dimen trasc segui esque desco du sie ab als tu vous en ahora parti como eres ora adess come   agora antwo gib melde schre répon dis dites indiq respo diga di conte indic rispo scriv setze änder   wähle mets mette chang défin estab cambi pon impos metti`.split(
    /\s+/,
  ),
);

/** These are so common that alone they tell nothing: a second one must stand beside them. */
const usual: ReadonlySet<string> = new Set(
  `use set from in to into of with at for no end new is are all all in do only all state must say e p h
  messa user syste chang updat type open load run post issue print write true false repor confi answe
  retur root agent there stop start add drop follo make give show put mark label only pay act en di
  come du als dis ab past conte all every`.split(/\s+/),
);

/** Signs of markup, other scripts, and ids such as evidence has. */
const signs =
  /<\||\|>|<<|<\/?[a-z]|\[\/?(?:INST|SYS|[EPH][0-9])|!\[|#{2,}|-{2,} |["']role["']|tool_call|function_call|no_incident|root_cause|\bE[0-9]{1,3}\b|\bcurl\b|\bwget\b/;

const otherScripts = /[\u0400-\u04ff\u0600-\u06ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/;

/** Which patterns are worth trying: for nearly all lines of nearly all logs none is. */
function worthTrying(text: string): readonly Pattern[] {
  let inEnglish = signs.test(text);
  let inOthers = otherScripts.test(text);
  let common = 0;
  for (const [word] of text.matchAll(/\p{L}+/gu)) {
    const stem = word.slice(0, 5).toLowerCase();
    if (otherStems.has(stem)) inOthers = true;
    if (!stems.has(stem)) continue;
    common += usual.has(stem) ? 1 : 3;
    if (common > 1) inEnglish = true;
  }
  return [...(inEnglish ? english : []), ...(inOthers ? others : [])];
}

/** A piece of base64 that may hold words. */
const wrapped = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{24,4000}={0,2}/g;

/**
 * What makes a text of a log look like an instruction to an AI, in words: "asks to ignore what was
 * said before"; null for an ordinary text. Whatever a reader cannot see is left out first, so letters
 * that are spaced or written in other widths, and text in base64, are found as well.
 */
export function instructionIn(text: string): string | null {
  const raw = text.length > longest ? text.slice(0, longest) : text;
  const shown = shownText(raw).text;
  const found = saidIn(shown) ?? saidIn(spelled(shown)) ?? unseenIn(raw);
  if (found !== null) return found;
  for (const [value] of shown.matchAll(wrapped)) {
    const plain = Buffer.from(value, 'base64').toString('utf8');
    if (!/^[\t\n\r\x20-\x7e]{12,}$/.test(plain)) continue;
    const hidden = saidIn(plain);
    if (hidden !== null) return `${hidden}, in base64`;
  }
  return null;
}

function saidIn(text: string): string | null {
  for (const [what, shape] of worthTrying(text)) if (shape.test(text)) return what;
  return null;
}

/** Unicode tag characters are ASCII that is not shown: nobody writes a sentence in them for people. */
function unseenIn(text: string): string | null {
  const hidden = Array.from(text.matchAll(/[\u{e0020}-\u{e007e}]/gu), ([char]) =>
    String.fromCodePoint((char.codePointAt(0) ?? 0) - 0xe0000),
  ).join('');
  return hidden.length < 12
    ? null
    : `${saidIn(hidden) ?? 'is written'}, in characters that nobody sees`;
}

/** Letters written apart (`i g n o r e`), with signs between (`i.g.n.o.r.e`) or as look-alikes. */
function spelled(text: string): string {
  const letters = text.replace(/[аеорсухіјѕԁɡոһ]/g, (letter) => lookAlikes[letter] ?? letter);
  return letters
    .replace(/(?<![A-Za-z])(?:[A-Za-z][ ._*-]){4,60}[A-Za-z](?![A-Za-z])/g, (found) =>
      found
        .replace(/[._*-]/g, ' ')
        .replace(/ {2,}/g, '\u0001')
        .replaceAll(' ', '')
        .replaceAll('\u0001', ' '),
    )
    .replace(/[013457@$](?=[a-z])|(?<=[a-z])[013457@$]/gi, (sign) => leet[sign] ?? sign);
}

const lookAlikes: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ј: 'j',
  ѕ: 's',
  ԁ: 'd',
  ɡ: 'g',
  ո: 'n',
  һ: 'h',
};
const leet: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};
