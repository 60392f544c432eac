import fc from 'fast-check';
import { Marked } from 'marked';
import { describe, expect, it } from 'vitest';

import type { Finding } from '../../../src/engine/detect/finding.ts';
import { hoverMarkdown, hoverParts } from '../../../src/engine/present/hoverParts.ts';
import { markdownText, terminalText } from '../../../src/engine/present/safeText.ts';
import { someFinding } from './someFinding.ts';

/** The parser that the editor uses for hovers, in the same dialect. */
const marked = new Marked({ gfm: true });

interface Token {
  readonly type: string;
  readonly text?: string;
  readonly raw?: string;
  readonly tokens?: readonly Token[];
  readonly header?: readonly { readonly tokens: readonly Token[] }[];
  readonly rows?: readonly (readonly { readonly tokens: readonly Token[] }[])[];
}

function everyToken(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token) => [
    token,
    ...everyToken(token.tokens ?? []),
    ...everyToken((token.header ?? []).flatMap((cell) => cell.tokens)),
    ...everyToken((token.rows ?? []).flat().flatMap((cell) => cell.tokens)),
  ]);
}

function tokensOf(markdown: string): Token[] {
  return everyToken(marked.lexer(markdown));
}

const hostile = fc.constantFrom(
  '[x](command:workbench.action.terminal.new)',
  '![p](https://evil.example/a.png)',
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '`code`',
  '```',
  '~~~',
  '| a | b |',
  '|---|',
  '\n# heading',
  '\r\n- item',
  '* item',
  '1. item',
  '> quote',
  '---',
  '===',
  '[ref]: https://evil.example',
  '<https://evil.example>',
  'https://evil.example/?q=1',
  'www.evil.example',
  'mail@evil.example',
  'javascript:alert(1)',
  '&lt;b&gt;',
  '&#60;b&#62;',
  '\\',
  '**bold**',
  '__under__',
  '~~gone~~',
  '\u001b[31mred',
  '\u202edrowssap',
  '\u2028',
  '$(alert)',
  '    indented',
  '\t',
  '![',
  '](',
);
const logText = fc
  .array(
    fc.oneof(hostile, fc.string({ maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 6 })),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''));

const allowedInText = new Set(['paragraph', 'text', 'escape', 'space']);

describe('markdownText', () => {
  it('makes nothing but text of any log text', () => {
    fc.assert(
      fc.property(logText, (text) => {
        const kinds = tokensOf(markdownText(text)).map(({ type }) => type);
        expect(kinds.filter((kind) => !allowedInText.has(kind))).toEqual([]);
      }),
      { numRuns: 3000, seed: 11 },
    );
  });

  it('shows the text it was given', () => {
    const html = marked.parse(markdownText('a <b> & `c` [d](e) *f* 1|2 #3')) as string;
    expect(html).toBe('<p>a &lt;b&gt; &amp; `c` [d](e) *f* 1|2 #3</p>\n');
  });

  it('keeps ordinary text readable as it is', () => {
    expect(markdownText('waited 4,812 ms, usually 3-210 (orders.log:12)')).toBe(
      'waited 4,812 ms, usually 3-210 (orders.log:12)',
    );
  });
});

describe('hoverMarkdown', () => {
  it('has the links it was given and no others, whatever the log says', () => {
    const links = [{ title: 'Explain', target: 'command:faultline.explain?%5B1%5D' }];
    fc.assert(
      fc.property(logText, logText, logText, (a, b, c) => {
        const finding: Finding = {
          ...someFinding,
          title: a,
          template: `${b}<*>${c}`,
          reasons: [
            { family: 'value', bits: 9, text: a, observed: b, expected: c, lines: [1] },
            { family: 'rarity', bits: 4, text: c, observed: '', expected: '', lines: [1] },
          ],
        };
        const incident = {
          id: a,
          savedAt: b,
          title: c,
          logs: [],
          templates: [],
          exceptions: [],
          components: [],
          category: 'unknown',
          rootCause: b,
          resolution: a,
          status: 'confirmed',
          grade: null,
          origin: '',
          merged: [],
        } as const;
        const parts = hoverParts(finding, {
          first: a,
          last: b,
          count: 3,
          totalRecords: 10,
          sessions: '',
          similar: [{ incident, similarity: 0.9, why: c }],
        });
        const tokens = tokensOf(hoverMarkdown(parts, links));
        const found = tokens.filter(({ type }) => type === 'link' || type === 'image');
        expect(found.map(({ raw }) => raw)).toEqual([
          '[Explain](command:faultline.explain?%5B1%5D)',
        ]);
        const active = [
          'html',
          'code',
          'codespan',
          'heading',
          'list',
          'blockquote',
          'hr',
          'def',
          'em',
          'strong',
          'del',
          'br',
        ];
        expect(tokens.filter(({ type }) => active.includes(type)).map(({ raw }) => raw)).toEqual(
          [],
        );
        const tables = tokens.filter(({ type }) => type === 'table');
        expect(tables).toHaveLength(1);
        expect(tables[0]?.header).toHaveLength(3);
        expect(tables[0]?.rows).toHaveLength(2);
        expect(tables[0]?.rows?.every((row) => row.length === 3)).toBe(true);
      }),
      { numRuns: 1000, seed: 12 },
    );
  });
});

describe('terminalText', () => {
  it('lets no control character and no override of direction through', () => {
    fc.assert(
      fc.property(logText, (text) => {
        expect(terminalText(text)).not.toMatch(
          /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/,
        );
      }),
      { seed: 13 },
    );
    expect(terminalText('\u001b[2Jx')).toBe('␛[2Jx');
    expect(terminalText('a\u202eb')).toBe('a‹202E›b');
  });
});
