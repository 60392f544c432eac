import type { Explanation } from '../explain/explanation.ts';
import { baseName } from '../explain/words.ts';
import { codeBlock } from './explanationMarkdown.ts';
import {
  logsOf,
  mainEvidence,
  placeWords,
  suspectWords,
  verdictWords,
} from './explanationWords.ts';
import { markdownText, terminalText, truncate, visibleText } from './safeText.ts';

const maxExcerpts = 5;
const maxExcerptLines = 8;
const maxLineChars = 240;
const maxSuspects = 3;
const maxLogs = 6;

/**
 * A report as the text of an issue, in short Markdown: what broke, the lines that show it, where in
 * the code, and how to make the report again.
 * @param mask replaces what must not stand in an issue that others read, such as secrets, in every
 * text that comes from a log or a model
 */
export function issueText(explanation: Explanation, mask: (text: string) => string): string {
  const { verdict, summary, rootCause, confidence } = explanation;
  const statement = rootCause.statement === '' ? summary : rootCause.statement;
  const blocks = [`## ${markdownText(truncate(mask(statement), 160))}`];
  if (statement !== summary) blocks.push(markdownText(mask(summary)));
  const kind = rootCause.category === 'none' ? '' : ` · ${markdownText(rootCause.category)}`;
  blocks.push(
    `${verdictWords[verdict]}, confidence ${confidence.level}: ${markdownText(mask(confidence.why))}${kind}`,
  );
  const excerpts = mainEvidence(explanation, maxExcerpts);
  if (excerpts.length > 0) {
    blocks.push('### Evidence');
    for (const excerpt of excerpts) {
      blocks.push(
        `**${markdownText(excerpt.id)}** ${markdownText(mask(placeWords(excerpt)))}`,
        codeBlock(quoted(mask(excerpt.text))),
      );
    }
  }
  const suspects = explanation.suspects.slice(0, maxSuspects);
  if (suspects.length > 0) {
    const list = suspects.map((suspect) => `- ${markdownText(mask(suspectWords(suspect)))}`);
    blocks.push('### Where in the code', list.join('\n'));
  }
  if (explanation.missing.length > 0) {
    const list = explanation.missing.map((text) => `- ${markdownText(mask(text))}`);
    blocks.push('### Not known', list.join('\n'));
  }
  const logs = logsOf(explanation);
  if (logs.length > 0)
    blocks.push('### How to make this report again', codeBlock(command(logs, mask)));
  return `${blocks.join('\n\n')}\n`;
}

/** The first lines of an excerpt, each cut to what a reader of an issue takes in. */
function quoted(text: string): string {
  const lines = text.split('\n');
  const shown = lines.slice(0, maxExcerptLines).map((line) => {
    const chars = Array.from(visibleText(line));
    return chars.length > maxLineChars ? `${chars.slice(0, maxLineChars - 1).join('')}…` : line;
  });
  return [...shown, ...(lines.length > maxExcerptLines ? ['…'] : [])].join('\n');
}

/** Names with anything but plain characters are quoted as a POSIX shell reads them. */
function command(logs: readonly string[], mask: (text: string) => string): string {
  const names = logs.slice(0, maxLogs).map((path) => {
    const name = terminalText(mask(baseName(path)));
    return /^[\w.+@%-]+$/.test(name) && !name.startsWith('-')
      ? name
      : `'./${name.replaceAll("'", `'\\''`)}'`;
  });
  const more = logs.length - names.length;
  return `faultline explain ${names.join(' ')}${more > 0 ? ` # and ${more} more` : ''}`;
}
