import { marked } from 'marked';
import { describe, expect, it } from 'vitest';

import { explanationHtml } from '../../../src/engine/present/explanationHtml.ts';
import { explanationJson } from '../../../src/engine/present/explanationJson.ts';
import { explanationMarkdown } from '../../../src/engine/present/explanationMarkdown.ts';
import { issueText } from '../../../src/engine/present/issueText.ts';
import { visibleText } from '../../../src/engine/present/safeText.ts';
import { explanationText, plainPaint } from '../../../src/engine/present/terminal.ts';
import { hostileTexts, someExplanation, withText } from './someExplanation.ts';

const writtenAt = '2026-03-12T12:10:00.000Z';
const asIs = (text: string): string => text;
const golden = (name: string): string => `golden/${name}.golden.txt`;

describe('a report', () => {
  it('reads as the golden files say', async () => {
    await expect(explanationMarkdown(someExplanation, writtenAt)).toMatchFileSnapshot(
      golden('report'),
    );
    await expect(explanationHtml(someExplanation, writtenAt)).toMatchFileSnapshot(
      golden('report-html'),
    );
    await expect(issueText(someExplanation, asIs)).toMatchFileSnapshot(golden('issue'));
    await expect(explanationText(someExplanation, plainPaint)).toMatchFileSnapshot(
      golden('report-terminal'),
    );
  });

  it('reads as the golden files say where the log is hostile', async () => {
    const hostile = withText('<b>*x*</b> [a](javascript:1) \u001b[2J\u202e `rm`');
    await expect(explanationMarkdown(hostile)).toMatchFileSnapshot(golden('hostile'));
    await expect(explanationHtml(hostile)).toMatchFileSnapshot(golden('hostile-html'));
    await expect(issueText(hostile, asIs)).toMatchFileSnapshot(golden('hostile-issue'));
    await expect(explanationText(hostile, plainPaint)).toMatchFileSnapshot(
      golden('hostile-terminal'),
    );
  });

  it('shows evidence of a console on a terminal without its colours, and hides nothing else', () => {
    const text = '\u001b[31;1mfailed\u001b[0m: no space\u001b[0K\r\n\u001b[8mhidden\u001b[2J';
    const [first] = someExplanation.evidence;
    const coloured = { ...someExplanation, evidence: [{ ...first!, text }] };
    expect(explanationText(coloured, plainPaint)).toContain('failed: no space hidden␛[2J');
  });

  it('is the contract itself as JSON', () => {
    expect(JSON.parse(explanationJson(someExplanation))).toEqual(someExplanation);
  });

  it('says the plain summary where nobody took it apart', () => {
    const whole = { ...someExplanation, sentences: [] };
    for (const text of [
      explanationMarkdown(whole),
      explanationHtml(whole),
      explanationText(whole, plainPaint),
    ]) {
      expect(text).toContain('Requests timed out 1.2 s later. It looks like incident 7.');
    }
  });

  it('says of a log too large to be weighed as a whole how much of it was', () => {
    const reread = { lines: 40_000, bytes: 64_000_000, of: 9_800_000_000 };
    const part = { ...someExplanation, coverage: { ...someExplanation.coverage, reread } };
    expect(explanationText(part, plainPaint)).toContain('weighed 64 MB of 9,800 MB');
    expect(explanationText(someExplanation, plainPaint)).not.toContain('weighed');
  });

  it('says nothing of sections that are empty', () => {
    const quiet = {
      ...someExplanation,
      verdict: 'no_incident',
      suspects: [],
      alternatives: [],
      timeline: [],
      evidence: [],
      similarIncidents: [],
      recommendations: [],
      missing: [],
      removed: [],
      notices: [],
    } as const;
    expect(explanationMarkdown(quiet)).not.toContain('##');
    expect(explanationHtml(quiet)).not.toContain('<h2>');
    expect(issueText(quiet, asIs)).not.toContain('###');
  });
});

describe.each(hostileTexts)('the text %j', (text) => {
  const hostile = withText(text);

  it('makes no tag, link, picture or emphasis in Markdown', () => {
    for (const markdown of [explanationMarkdown(hostile), issueText(hostile, asIs)]) {
      const page = marked.parse(markdown, { async: false });
      const tags = new Set([...page.matchAll(/<(\w+)/g)].map((match) => match[1]));
      for (const tag of tags) {
        expect([
          'h1',
          'h2',
          'h3',
          'p',
          'ul',
          'li',
          'em',
          'strong',
          'pre',
          'code',
          'blockquote',
          'del',
        ]).toContain(tag);
      }
      // What Markdown emphasises is the product's own words, so it does not change with the text.
      expect(page.match(/<h[1-6]/g)?.length).toBe(
        marked.parse(markdownOf(markdown), { async: false }).match(/<h[1-6]/g)?.length,
      );
    }
  });

  it('makes no tag or attribute in HTML', () => {
    const page = explanationHtml(hostile);
    const plain = explanationHtml(withText('ordinary'));
    const shape = (html: string): readonly string[] =>
      [...html.matchAll(/<[^>]*>/g)].map((match) => match[0]);
    expect(shape(page)).toEqual(shape(plain));
    expect(page).not.toContain('\u202e');
  });

  it('does nothing to a terminal and stays on its line', () => {
    const shown = explanationText(hostile, plainPaint);
    expect(shown).toBe(visibleText(shown));
    expect(shown.split('\n').length).toBe(
      explanationText(withText('ordinary'), plainPaint).split('\n').length,
    );
  });
});

describe('an issue', () => {
  it('is masked in everything that comes from a log or a model', () => {
    const mask = (text: string): string => text.replaceAll('abc123secret', '<TOKEN_1>');
    expect(issueText(withText('abc123secret'), mask)).not.toContain('abc123secret');
  });

  it('cuts what no reader of an issue reads', () => {
    const [first] = someExplanation.evidence;
    const text = Array.from({ length: 50 }, () => 'x'.repeat(5_000)).join('\n');
    const long = issueText({ ...someExplanation, evidence: [{ ...first!, text }] }, asIs);
    expect(long.length).toBeLessThan(4_000);
    expect(long).toContain('…');
  });

  it('quotes names of logs that a shell would read as something else', () => {
    const [first] = someExplanation.evidence;
    const at = (path: string): string =>
      issueText({ ...someExplanation, evidence: [{ ...first!, path }] }, asIs);
    expect(at('/logs/orders.log')).toContain('faultline explain orders.log');
    expect(at("/logs/a'; rm -rf ~.log")).toContain(`faultline explain './a'\\''; rm -rf ~.log'`);
    expect(at('/logs/--all')).toContain(`faultline explain './--all'`);
  });
});

/** The report as it is with an ordinary text, for what must not change with it. */
function markdownOf(like: string): string {
  return like.startsWith('# ')
    ? explanationMarkdown(withText('ordinary'))
    : issueText(withText('ordinary'), asIs);
}
