import { describe, expect, it } from 'vitest';
import { pageHtml, wholePageHtml } from '../../src/host/panel/html.ts';

const html = pageHtml({
  title: 'Root cause',
  cspSource: 'https://view.example',
  script: 'https://view.example/dist/panel.js',
  style: 'https://view.example/dist/panel.css',
  nonce: 'n0nce',
});

describe('pageHtml', () => {
  it('allows nothing but our script, style and pictures', () => {
    const policy = /content="(default-src[^"]*)"/.exec(html)?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'nonce-n0nce'");
    expect(policy).not.toMatch(/unsafe|\*|connect-src|data:/);
  });

  it('runs no inline script', () => {
    for (const [, attributes, body] of html.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)) {
      expect(attributes).toContain('nonce="n0nce"');
      expect(body).toBe('');
    }
  });
});

describe('wholePageHtml', () => {
  const text = wholePageHtml({
    title: 'Log',
    script: 'start();',
    style: '.log { color: red; }',
    nonce: 'n0nce',
  });

  it('loads nothing, and allows nothing but the code that stands in it', () => {
    const policy = /content="(default-src[^"]*)"/.exec(text)?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'nonce-n0nce'");
    expect(policy).toContain("style-src 'nonce-n0nce'");
    expect(policy).not.toMatch(/unsafe|\*|https?:|connect-src|data:/);
    expect(text).not.toMatch(/ (?:src|href)=/);
  });

  it('lets script and style run by its nonce', () => {
    expect(text).toContain('<script nonce="n0nce">start();</script>');
    expect(text).toContain('<style nonce="n0nce">.log { color: red; }</style>');
  });
});
