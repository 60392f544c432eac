import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AnswerText } from '../../../src/engine/llm/answerText.ts';
import {
  answerExample,
  answerJsonSchema,
  readAnswer,
} from '../../../src/engine/llm/answerSchema.ts';
import { extractJson } from '../../../src/engine/llm/extractJson.ts';

describe('the object in an answer', () => {
  it.each([
    ['alone', '{"a":1}'],
    ['in a fence', 'Sure:\n```json\n{"a":1}\n```\nDone.'],
    ['with prose around', 'I think {that} it is {"a":1} because.'],
    ['with trailing commas', '{"a":1,}'],
    ['after thoughts', '<think>{"a":2,"b":[1,2,3]}</think>{"a":1}'],
    ['after thoughts without their beginning', 'so {"a":2,"b":3} then</think>{"a":1}'],
    ['behind a small example', 'like {} this: {"a":1}'],
  ])('%s', (_name, text) => {
    expect(extractJson(text)).toEqual({ a: 1 });
  });

  it('may hold braces and line breaks in its strings', () => {
    expect(extractJson('{"a":"} \\" {\nb"}')).toEqual({ a: '} " {\nb' });
  });

  it('is none in a cut or other text', () => {
    for (const text of ['', 'no', '{"a":', '[1]', '<think>{"a":1}', '{'.repeat(5000)]) {
      expect(extractJson(text)).toBeUndefined();
    }
  });

  it('is found whatever stands around it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.json(), (around, value) => {
        const text = `${around.replace(/[{}"<]/g, '')}{"wanted":${value}}`;
        expect(extractJson(text)).toEqual(JSON.parse(`{"wanted":${value}}`));
      }),
      { numRuns: 200, seed: 3 },
    );
  });
});

describe('the shape of an answer', () => {
  it('is the same as schema, as example and as it is read', () => {
    const example: unknown = JSON.parse(answerExample);
    expect(readAnswer(example)).toMatchObject({ verdict: 'probable' });
    expect(Object.keys(example as object)).toEqual(answerJsonSchema['required']);
  });

  it('forgives lists that are missing, and nothing else', () => {
    const cause = { category: 'resource.disk', component: null, statement: 'x', evidence: ['E1'] };
    const least = { verdict: 'probable', summary: 'x', root_cause: cause };
    expect(readAnswer(least)).toMatchObject({ alternatives: [], root_cause: { component: '' } });
    expect(readAnswer({ ...least, verdict: 'sure' })).toEqual([expect.stringContaining('verdict')]);
    expect(readAnswer({ ...least, root_cause: { ...cause, category: 'disk' } })).toEqual([
      expect.stringContaining('root_cause.category'),
    ]);
    expect(readAnswer({ ...least, summary: ' ' })).toHaveLength(1);
    for (const value of [null, [], 'text', 7]) expect(Array.isArray(readAnswer(value))).toBe(true);
  });
});

it('an answer that arrives is shown as prose, however it is cut', () => {
  const answer = JSON.stringify({
    verdict: 'probable',
    summary: 'The "disk" of <IP_1> is full\u00e9.',
    root_cause: { category: 'x', statement: 'No room.', evidence: ['E1'] },
    recommendations: [{ action: 'Look.', kind: 'verify', basis: 'E1' }],
  });
  const wanted = 'The "disk" of <IP_1> is full\u00e9.\nNo room.\nLook.';
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), (size) => {
      const pieces: string[] = [];
      const text = new AnswerText((piece) => pieces.push(piece));
      for (let at = 0; at < answer.length; at += size) text.take(answer.slice(at, at + size));
      expect(pieces.join('')).toBe(wanted);
      // A placeholder arrives whole, so that it can be replaced.
      expect(pieces.some((piece) => piece.includes('<IP_1>'))).toBe(true);
    }),
    { seed: 5, numRuns: 30 },
  );
});
