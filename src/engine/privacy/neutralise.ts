import { shownText } from './shownText.ts';

export interface NeutraliseOptions {
  /** Longest line, in characters; what is longer is cut between words. */
  readonly maxLineChars?: number;
  /** Word that fences the text in the prompt: it does not stand in the text. */
  readonly nonce?: string;
}

const maxLineChars = 400;

/**
 * Tags that prompts and chat templates are made of; tags of other names are those of the log. A
 * placeholder such as `<IP_1>` is none of them.
 */
const tags =
  /<(\/?)(?=(?:evidence|context|hypothes[ie]s|past[_ -]?incidents?|findings?|question|answer|rules?|instructions?|system|user|assistant|human|developer|tool|tools|tool[_-]?(?:calls?|results?|response|use)|function[_-]?(?:calls?|results?)|functions|invoke|parameter|prompt|thinking|think|scratchpad|analysis|reasoning|message|messages|role|document|documents|data|start_of_turn|end_of_turn|bos|eos|s|sys|inst|im_start|im_end|untrusted|fence)\b)([^<>\n]{0,200})>?/gi;

/** Tokens of chat templates: `<|im_start|>`, `[INST]`, `<<SYS>>`, `{{#system~}}`. */
const tokens =
  /<[|¦]|[|¦]>|\[(\/?)(INST|SYS|SYSTEM|USER|ASSISTANT|HUMAN|TOOL_CALLS|AVAILABLE_TOOLS|TOOL_RESULTS|SYSTEM_PROMPT)\]|<<(\/?)(SYS|INST)>>|\{\{[#/]?(system|user|assistant)~?\}\}/gi;

/** Turns of a chat at the beginning of a line: `Human:`, `### System`, `**Assistant**:`. */
const turn =
  /^([ \t>*_|-]{0,16})(?:#{1,6}[ \t]{0,4})?(?:\*\*|__)?(system|user|assistant|human|developer|ai|bot|instructions?|response|input|output|answer|question|tool|function|prompt|evidence|note to (?:the )?(?:ai|model|assistant)|new instructions?|system (?:prompt|message|note))(?:\*\*|__)?[ \t]{0,4}(?::|(?=$))(?:\*\*|__)?/gim;
const heading = /^([ \t]{0,3})#{1,6}(?=[ \t])/gm;
/** Rules and fences that stand between parts of a prompt. */
const rule = /^[ \t]{0,3}(?:-{3,}|={3,}|\*{3,}|_{3,}|~{3,}|#{4,})/gm;
const fences = /`{3,}|~{3,}|"{3,}|'{3,}/g;

/** Fields of chat turns, of calls of tools and of our own answer, in JSON. */
const fields =
  /(\\?["'])(role|content|messages|tool_calls?|function_call|function|arguments|tool_use|verdict|summary|root_?cause|category|recommendations?|alternatives?|causal_chain|confidence|evidence|missing_information|similar_incidents_used)\1(?=\s{0,4}:)/gi;

/** Ids that look like those of evidence, findings and incidents: `[E7]`, `E7 |`, `"E3"`. */
const ids = /(?<![A-Za-z0-9_])([EPH])([0-9]{1,3})(?=[\]"')]|[ \t]{0,3}\||[ \t]{0,2}:)/g;

/** Markdown that loads something: `![x](http://…)`, and links. */
const images = /!?\[([^\]\n]{0,200})\]\((?=[^)\s])/g;

/** The same character over and over. */
const sameChar = /([^0-9A-Za-z\s])\1{11,}|([A-Za-z])\2{23,}/g;
const blanks = /[ \t]{3,}/g;

/**
 * A text of a log, made fit to stand in a prompt: without what cannot be seen, with what could be
 * taken for a part of the prompt written otherwise, no longer than it must be. What it says stays
 * readable. The same again changes nothing.
 */
export function neutralise(text: string, options: NeutraliseOptions = {}): string {
  const most = options.maxLineChars ?? maxLineChars;
  let clean = shownText(text)
    .text.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' ');
  const nonce = options.nonce ?? '';
  if (nonce !== '') clean = clean.replaceAll(nonce, '(fence)');
  clean = clean
    .replace(tokens, plainToken)
    .replace(tags, (_, slash: string, rest: string) => `‹${slash}${rest}›`)
    .replace(rule, (found) => found.replace(/[-=*_~#]+/, '·'))
    .replace(heading, '$1·')
    .replace(fences, "'")
    .replace(turn, '$1($2) ')
    .replace(fields, '$1$2_$1')
    .replace(ids, '$1-$2')
    .replace(images, '$1 (')
    .replace(sameChar, (found) => `${found.slice(0, 3)}…`)
    .replace(blanks, '  ');
  const lines = clean.split('\n').map((line) => shortened(repeated(line), most));
  return withoutRepeats(lines).join('\n');
}

function plainToken(found: string): string {
  return found.replace(
    /[|¦<>[\]{}#~]/g,
    (sign) => ({ '<': '‹', '>': '›', '[': '(', ']': ')' })[sign] ?? '',
  );
}

/** `retry retry retry retry retry` is said once, with how often. */
function repeated(line: string): string {
  const words = line.split(' ');
  const kept: string[] = [];
  for (let at = 0; at < words.length;) {
    const word = words[at] ?? '';
    let count = 1;
    while (words[at + count] === word) count += 1;
    if (count >= 4 && word !== '' && !/^\(\d+ times\)$/.test(word))
      kept.push(word, `(${count} times)`);
    else kept.push(...words.slice(at, at + count));
    at += count;
  }
  return kept.join(' ');
}

/** Cut behind a word, and not inside a placeholder. */
function shortened(line: string, most: number): string {
  if (line.length <= most) return line;
  const room = most - 2;
  const cut = line.slice(0, room);
  const blank = Math.max(cut.lastIndexOf(' '), cut.lastIndexOf(','), cut.lastIndexOf(';'));
  const open = cut.lastIndexOf('<');
  const whole = open > cut.lastIndexOf('>') && room - open < 20 ? open : room;
  const end = blank > room * 0.75 ? Math.min(blank, whole) : whole;
  // Half of a character is no text.
  const last = line.charCodeAt(end - 1);
  const safe = last >= 0xd800 && last <= 0xdbff ? end - 1 : end;
  return `${line.slice(0, safe).trimEnd()} …`;
}

function withoutRepeats(lines: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? '';
    let count = 1;
    while (at + count < lines.length && lines[at + count] === line) count += 1;
    kept.push(line);
    if (count > 2 && line.trim() !== '') kept.push(`(the same line ${count - 1} times more)`);
    else if (count === 2) kept.push(line);
    at += count;
  }
  return kept;
}
