import type { Explanation, Recommendation } from '../explain/explanation.ts';
import { baseName } from '../explain/words.ts';
import {
  authorWords,
  basisWords,
  logsOf,
  placeWords,
  receiptWords,
  removedFrom,
  suspectWords,
  verdictWords,
} from './explanationWords.ts';
import { htmlText, webAddress } from './safeText.ts';

const maxNamedLogs = 4;

/** Light and dark by the reader's system; on paper always light, without a page break inside an excerpt. */
const style = `
:root { color-scheme: light dark; --ink: #1f2328; --quiet: #59636e; --paper: #ffffff; --band: #f4f6f8; --rule: #d1d9e0; --mark: #b42318; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --quiet: #a0a8b0; --paper: #16181c; --band: #1f2329; --rule: #3a4048; --mark: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; color: var(--ink); background: var(--paper); font: 16px/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; }
h2 { margin: 2rem 0 .5rem; padding-bottom: .25rem; border-bottom: 1px solid var(--rule); font-size: 1.1rem; }
p { margin: .4rem 0; }
ul, ol { margin: .4rem 0; padding-left: 1.3rem; }
a { color: inherit; }
figure:target { outline: 2px solid var(--mark); outline-offset: 4px; }
.quiet, figcaption, time { color: var(--quiet); }
.summary { padding: .75rem 1rem; border-left: .25rem solid var(--mark); background: var(--band); }
.summary p { font-size: 1.06rem; }
.summary .quiet { font-size: .9rem; }
.notice { padding: .5rem 1rem; border: 1px solid var(--mark); }
.kind { font-weight: 600; }
figure { margin: .9rem 0; break-inside: avoid; }
pre { margin: .2rem 0 0; padding: .6rem .8rem; border: 1px solid var(--rule); background: var(--band); font: .85rem/1.45 ui-monospace, monospace; white-space: pre-wrap; }
footer { margin-top: 2.5rem; border-top: 1px solid var(--rule); }
@media print { :root { --ink: #000; --quiet: #444; --paper: #fff; --band: #fff; --rule: #999; --mark: #000; } body { max-width: none; padding: 0; font-size: 10.5pt; } h2 { break-after: avoid; } }
`;

/**
 * An explanation as one self-contained HTML page that prints well: no scripts, nothing loaded from
 * anywhere, text of logs and models as text. Links lead to excerpts, and to the references of rules.
 * @param writtenAt ISO 8601; empty where nobody needs to know
 */
export function explanationHtml(explanation: Explanation, writtenAt = ''): string {
  const { verdict, rootCause, confidence } = explanation;
  const logs = logsOf(explanation).map(baseName);
  const about =
    logs.length > maxNamedLogs
      ? `${logs.slice(0, maxNamedLogs).join(', ')} and ${logs.length - maxNamedLogs} more`
      : logs.join(', ');
  const title = about === '' ? verdictWords[verdict] : `${verdictWords[verdict]}: ${about}`;
  const facts = [
    ...(verdict === 'no_incident' ? [] : [`category ${rootCause.category}`]),
    ...(rootCause.component === '' ? [] : [`component ${rootCause.component}`]),
  ];
  const body = [
    `<header><h1>${verdictWords[verdict]}</h1><p class="quiet">${htmlText(about)}</p></header>`,
    `<section class="summary" aria-label="Summary">${summaryHtml(explanation)}</section>`,
    ...explanation.notices.map((notice) => `<p class="notice">${htmlText(notice)}</p>`),
    `<p><strong>Confidence</strong> ${htmlText(confidence.level)} (${confidence.value}): ${htmlText(confidence.why)}</p>`,
    facts.length === 0
      ? ''
      : `<p class="quiet">${htmlText(facts.join(' · '))}${cited(rootCause.evidence)}</p>`,
    list(
      'Removed claims',
      explanation.removed,
      (claim) =>
        `<s>${htmlText(claim.text)}</s> <span class="quiet">(${removedFrom(claim)}: ${htmlText(claim.why)})</span>`,
    ),
    list(
      'Timeline',
      explanation.timeline,
      ({ time, event, evidence }) =>
        `${time === null ? '' : `<time>${htmlText(time)}</time> `}${htmlText(event)}${cited(evidence)}`,
    ),
    list(
      'Suspects',
      explanation.suspects,
      (suspect) =>
        `${htmlText(suspectWords(suspect))} <span class="quiet">(${suspect.score})</span>${cited(suspect.evidence)}`,
    ),
    list(
      'Other explanations',
      explanation.alternatives,
      ({ category, statement, evidence }) =>
        `${htmlText(`${category}: ${statement}`)}${cited(evidence)}`,
    ),
    list('Seen before', explanation.similarIncidents, (incident) => {
      const fix =
        incident.resolution === '' ? '' : `<br>Fixed by: ${htmlText(incident.resolution)}`;
      return `${htmlText(incident.rootCause)} <span class="quiet">(${htmlText(incident.why)})</span>${fix}`;
    }),
    list('What to do', explanation.recommendations, recommendationHtml),
    list('Not known', explanation.missing, htmlText),
    section(
      'Evidence',
      explanation.evidence.map(
        (evidence) =>
          `<figure id="${anchor(evidence.id)}"><figcaption><strong>${htmlText(evidence.id)}</strong> ${htmlText(placeWords(evidence))}</figcaption><pre>${preText(evidence.text)}</pre></figure>`,
      ),
    ),
    `<footer><p class="quiet">${htmlText(authorWords(explanation))}.${writtenAt === '' ? '' : ` Written <time>${htmlText(writtenAt)}</time>.`}</p><p class="quiet">${htmlText(receiptWords(explanation.coverage))}.</p></footer>`,
  ].filter((part) => part !== '');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>${htmlText(title)}</title>
<style>${style}</style>
</head>
<body>
${body.join('\n')}
</body>
</html>
`;
}

/** Each sentence with what it rests on; the plain summary where nobody took it apart. */
function summaryHtml({ summary, sentences }: Explanation): string {
  if (sentences.length === 0) return `<p>${htmlText(summary)}</p>`;
  return sentences
    .map(({ text, basis, evidence }) => {
      return `<p>${htmlText(text)} <span class="quiet">(${htmlText(basisWords(basis))})</span>${cited(evidence)}</p>`;
    })
    .join('');
}

function recommendationHtml({ kind, action, basis, refs = [] }: Recommendation): string {
  const links = refs.map((ref) => {
    const address = webAddress(ref);
    const text = htmlText(ref);
    return address === null ? text : `<a href="${text}" rel="noreferrer noopener">${text}</a>`;
  });
  const see = links.length === 0 ? '' : `<br>See ${links.join(', ')}`;
  return `<span class="kind">${kind}</span> ${htmlText(action)} <span class="quiet">(${htmlText(basis)})</span>${see}`;
}

function section(title: string, parts: readonly string[]): string {
  return parts.length === 0 ? '' : `<section><h2>${title}</h2>${parts.join('')}</section>`;
}

function list<T>(title: string, items: readonly T[], write: (item: T) => string): string {
  if (items.length === 0) return '';
  return section(title, [`<ul>${items.map((item) => `<li>${write(item)}</li>`).join('')}</ul>`]);
}

function cited(evidence: readonly string[]): string {
  return evidence.length === 0 ? '' : ` <span class="quiet">[${idLinks(evidence)}]</span>`;
}

/** Ids of excerpts, each leading to its excerpt further down. */
function idLinks(evidence: readonly string[]): string {
  return evidence.map((id) => `<a href="#${anchor(id)}">${htmlText(id)}</a>`).join(', ');
}

/** Ids are ours (`E1`); of anything else nothing but letters and digits is kept. */
function anchor(id: string): string {
  return id.replace(/[^A-Za-z0-9]/g, '');
}

/** Line ends stay; a line end right after `<pre>` would be swallowed, so there is never one. */
function preText(text: string): string {
  return text
    .replace(/^\n+/, '')
    .split('\n')
    .map((line) => htmlText(line))
    .join('\n');
}
