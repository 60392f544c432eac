import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { formats } from '../../../src/engine/record/formats.ts';

const table = readFileSync(new URL('../../../docs/formats.md', import.meta.url), 'utf8').split(
  '\n## Table\n',
)[1]!;

it('lists every format in the order of the table, with who writes it', () => {
  const rows = table
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(' | ').slice(0, 2))
    .map(([name = '', writer = '']) => [name.replaceAll(/[|` ]/g, ''), writer.trim()]);
  expect(rows).toEqual(formats.map(({ name, writer }) => [name, writer]));
});
