import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftProse } from '../../webview/draft.ts';
import { modelInline } from '../../webview/modelHtml.ts';
import { hostileTexts } from '../engine/present/someExplanation.ts';

const allowed = new Set(['br', 'strong', 'em', 'del', 'code']);

describe("a model's Markdown", () => {
  it('is formatted', () => {
    expect(modelInline('**dry** at `orders`')).toBe('<strong>dry</strong> at <code>orders</code>');
    expect(modelInline('one\ntwo')).toBe('one<br>two');
  });

  it('shows links, pictures and tags as text with their address', () => {
    expect(modelInline('[this](https://evil.example/?q=1)')).toBe(
      'this (https://evil.example/?q=1)',
    );
    expect(modelInline('https://evil.example/x')).toBe('https://evil.example/x');
    expect(modelInline('![pic](https://evil.example/p.png)')).toBe(
      'pic (https://evil.example/p.png)',
    );
    expect(modelInline('<img src=x onerror=alert(1)>')).toBe('&lt;img src=x onerror=alert(1)&gt;');
    expect(modelInline('# Heading')).toBe('# Heading');
    expect(modelInline('<IP_1> answered')).toBe('&lt;IP_1&gt; answered');
  });

  it('makes only known tags without attributes from anything', () => {
    const markup = fc.string({
      unit: fc.constantFrom(
        ...[
          '<',
          '>',
          '"',
          "'",
          '`',
          '*',
          '_',
          '[',
          ']',
          '(',
          ')',
          '!',
          '#',
          '-',
          '|',
          '\n',
          ' ',
          '&',
        ],
        ...[
          'a',
          'img src=x ',
          'script',
          'href=',
          'https://e.example',
          'javascript:',
          'on=',
          '[x]: ',
        ],
      ),
      maxLength: 60,
    });
    const check = (text: string): void => {
      for (const [tag, name = ''] of modelInline(text).matchAll(/<\/?([^\s>]*)[^>]*>?/g)) {
        expect(allowed.has(name), tag).toBe(true);
        expect(tag).toMatch(/^<\/?\w+>$/);
      }
    };
    hostileTexts.forEach(check);
    fc.assert(fc.property(markup, check), { seed: 7, numRuns: 400 });
  });
});

describe('an answer that is still being written', () => {
  it('shows its sentences without the syntax around them', () => {
    const text =
      '```json\n{"verdict":"probable","summary":[{"text":"The pool ran \\"dry\\" at 12:03.\\nThen 504s.","evidence":["E1"]},{"text":"Requests timed ou';
    expect(draftProse(text)).toBe('The pool ran "dry" at 12:03.\nThen 504s.\n\nRequests timed ou');
  });

  it('shows a text that is no JSON as it is', () => {
    expect(draftProse('The pool ran dry because {x}.')).toBe('The pool ran dry because {x}.');
    const prose = 'I think that this was caused by a pool that is too small: {"a b c d e f": 1}';
    expect(draftProse(prose)).toBe(prose);
  });

  it('only grows at its end, so that nothing that was read moves', () => {
    const whole = JSON.stringify({
      summary: [{ text: 'The pool ran dry at 12:03:07.', evidence: ['E1'] }],
      cause: 'A release lowered the pool to \u201c5\u201d connections.',
    });
    let before = '';
    for (let end = 0; end <= whole.length; end++) {
      const now = draftProse(whole.slice(0, end));
      // A key that reads as a sentence would come and go; ours are single words.
      if (before.length > 14 && end > 40) expect(now.startsWith(before)).toBe(true);
      if (now.length > 14) before = now;
    }
    expect(before).toContain('connections.');
  });

  it('reads anything in one pass', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        draftProse(`{"a": "${text}`);
      }),
      { seed: 7, numRuns: 200 },
    );
    expect(draftProse(`{"${'\\'.repeat(100_001)}`).length).toBeLessThan(100_001);
  });
});
