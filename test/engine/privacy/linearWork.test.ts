import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../../../src/engine/privacy');

/** Sources of the regular expressions that are written in a file. */
function patternsIn(file: string): string[] {
  const text = readFileSync(join(folder, file), 'utf8');
  return Array.from(
    text.matchAll(
      /(?<=[=(,[:?]\s*|^\s+)\/((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/[dgimsuvy]*/gm,
    ),
    (match) => match[1] ?? '',
  );
}

/** Groups that repeat without bound, and hold a repetition without bound: work that explodes. */
function nested(source: string): boolean {
  const bare = source.replace(/\\./g, 'x').replace(/\[(?:[^\]])*\]/g, 'x');
  const open: { unbounded: boolean }[] = [];
  for (let at = 0; at < bare.length; at += 1) {
    const char = bare.charAt(at);
    if (char === '(') open.push({ unbounded: false });
    const repeats = /^(?:[+*]|\{\d+,\})/.test(bare.slice(at + 1));
    if (char === ')') {
      const group = open.pop();
      if (group?.unbounded === true && repeats) return true;
      if (group?.unbounded === true) open.forEach((outer) => (outer.unbounded = true));
    }
    if (repeats && char !== '(') open.forEach((group) => (group.unbounded = true));
  }
  return false;
}

describe('regular expressions on log text', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));

  it('are found by this test, and the bad one is told', () => {
    expect(files.flatMap(patternsIn).length).toBeGreaterThan(100);
    expect(nested('(a+)+b')).toBe(true);
    expect(nested('(?:[a-z]{2,}x)*')).toBe(true);
    expect(nested('(?:ab){1,4}c+')).toBe(false);
  });

  it('never repeat a repetition without bound', () => {
    for (const file of files) {
      for (const source of patternsIn(file))
        expect(nested(source), `${file}: ${source}`).toBe(false);
    }
  });
});
