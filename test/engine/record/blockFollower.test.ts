import { describe, expect, it } from 'vitest';
import { extendRecords, parseRecords } from '../../../src/engine/record/parseRecords.ts';
import { parseText, plainRecords, textLog } from './parseText.ts';

/** Records of a log without headers, as the number of lines of each. */
async function sizes(text: string): Promise<readonly number[]> {
  return (await parseText(text)).map(({ lines }) => lines.length);
}

const json = '{\n  "port": 80,\n  "hosts": [\n    "a",\n    -1.5e3\n  ],\n  "open": true\n}\n';
const diff =
  'diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n a\n-b\n+c\n+d\n';

describe('blocks in logs without headers are one record', () => {
  it.each([
    ['JSON that was announced', `Starting\nConfig loaded:\n${json}Listening\n`, [1, 9, 1]],
    ['JSON behind words', `Starting\nGot {\n"id": 12,\n"at": [\n1\n]\n}\nDone\n`, [1, 6, 1]],
    ['JSON arrays', 'Starting\n[\n{\n"a": 1\n},\n{\n"a": 2\n}\n]\nDone\n', [1, 8, 1]],
    ['JSON with brackets in strings', 'a\n{\n"x": "}{[",\n"y": "\\"}"\n}\nDone\n', [1, 4, 1]],
    ['XML', 'Starting\n<order>\n  <id>1</id>\n  free text\n</order>\nDone\n', [1, 4, 1]],
    ['XML at the margin', 'Sent:\n<?xml version="1.0"?>\n<a>\n<b/>\n</a>\nDone\n', [5, 1]],
    ['SQL', 'Executing:\nSELECT a\n  FROM b\n WHERE c = 1;\nDone\n', [4, 1]],
    ['SQL in lower case', 'run\nselect a,\n  b\nfrom c\nwhere d = 1\nDone\n', [1, 4, 1]],
    ['SQL that makes a table', 'CREATE TABLE a (\n  b int,\n  c int\n);\nDone\n', [4, 1]],
    ['a difference', `Changed\n${diff}e\n`, [1, 9, 1]],
    [
      'a difference without its command',
      `Changed\n${diff.slice(diff.indexOf('---'))}e\n`,
      [1, 7, 1],
    ],
    ['YAML under a key', 'Starting\nserver:\n  port: 80\n  hosts:\n    - a\nDone\n', [1, 4, 1]],
    ['a YAML document', 'Starting\n---\nname: a\nhosts:\n- a\n  b: c\nDone now\n', [1, 5, 1]],
    [
      'a Java trace',
      'Starting\nException: no\n\tat a.b(C.java:1)\nCaused by: x\nDone\n',
      [1, 3, 1],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await sizes(text)).toEqual(expected);
  });

  it.each([
    ['a lone bracket', 'if (x) {\nStarting\nDone\n', [1, 1, 1]],
    ['a bracket before bracketed lines', 'begin {\n[INFO] one\n[INFO] two\n', [1, 1, 1]],
    ['names in angle brackets', '<anna> hello\n<bert> hi\n<init> x\n', [1, 1, 1]],
    ['sentences that begin like statements', 'Update done\nselect one\nwith care\n', [1, 1, 1]],
    ['a rule of dashes', 'Title\n--- a rule\nText\n', [1, 1, 1]],
    ['an unfinished object', '{\n"a": 1,\nStarting\nDone\n', [2, 1, 1]],
    ['words that end in a colon', 'Results:\nStarting\nDone\n', [1, 1, 1]],
    ['indented lines that are no members', 'Results:\n  one of two\nDone\n', [1, 1, 1]],
  ])('%s gathers nothing', async (_, text, expected) => {
    expect(await sizes(text)).toEqual(expected);
  });

  it('reads time, level and message of an object over several lines', async () => {
    const objects = [0, 1, 2].map(
      (minute) =>
        `{\n  "time": "2026-05-14T12:0${minute}:00Z",\n  "level": "error",\n  "logger": "shop",\n  "msg": "order ${minute}",\n  "more": { "a": 1 }\n}\n`,
    );
    const records = await parseText(objects.join(''));
    expect(
      records.map(({ time, level, source, message }) => [time, level, source, message]),
    ).toEqual(
      [0, 1, 2].map((minute) => [
        `2026-05-14T12:0${minute}:00.000Z`,
        'error',
        'shop',
        `order ${minute}`,
      ]),
    );
  });

  it('ends a block that never ends', async () => {
    const records = await sizes(`{\n${'"a": 1,\n'.repeat(10_000)}`);
    expect(Math.max(...records)).toBeLessThanOrEqual(2_000);
  });

  it('gives the same records for a log that grows line by line', async () => {
    const text = `Starting\n${json}${diff}Executing:\nSELECT a\n  FROM b;\n{\n"time": "2026-05-14T12:00:00Z",\n"msg": "x"\n}\nDone\n`;
    const whole = await parseText(text);
    const lines = text.split(/(?<=\n)/);
    let log = textLog(lines[0]!);
    let table = await parseRecords(log);
    for (let count = 2; count <= lines.length; count++) {
      log = textLog(lines.slice(0, count).join(''));
      table = await extendRecords(table, log);
    }
    expect(plainRecords(log, table)).toEqual(whole);
  });
});

describe('blocks among lines of another program', () => {
  it('belong to the line with a header that they follow', async () => {
    const head = (second: number): string =>
      `2026-05-14 12:00:0${second},000 INFO [main] a.B - x\n`;
    const noise = Array.from({ length: 12 }, (_, at) => `progress ${at}\n`);
    const text = `${noise.map((line, at) => (at % 2 === 0 ? head(at % 10) : '') + line).join('')}2026-05-14 12:01:00,000 INFO [main] a.B - body {\n"id": 1\n}\nprogress 13\n`;
    const records = await parseText(text);
    expect(records.at(-2)?.lines).toHaveLength(3);
    expect(records.at(-1)?.lines).toEqual(['progress 13']);
  });
});
