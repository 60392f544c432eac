import { describe, expect, it } from 'vitest';

import type { Category } from '../../../src/engine/explain/explanation.ts';
import { rankHypotheses } from '../../../src/engine/explain/hypotheses.ts';
import type { Role } from '../../../src/engine/explain/knowledge/rule.ts';
import type { Signal } from '../../../src/engine/explain/signal.ts';

/** A signal that one log tells at a second, with one fact. */
function signal(second: number, weight: number, category: Category, role: Role): Signal {
  const text = `${category} ${role}`;
  return {
    log: second % 3,
    record: second,
    lastRecord: second,
    line: second,
    endLine: second,
    time: second * 1000,
    level: 0,
    source: '',
    text,
    template: second,
    count: 1,
    facts: [{ category, role, strength: 0.75, says: text, words: text, at: 0 }],
    trace: null,
    finding: null,
    isNew: null,
    weight,
  };
}

const first = (...signals: readonly Signal[]): Category | undefined =>
  rankHypotheses(signals)[0]?.category;

describe('rankHypotheses', () => {
  it('prefers what broke inside to what was seen of it from outside a moment before', () => {
    const refused = signal(10, 0.8, 'dependency.unavailable', 'cause');
    expect(first(refused, signal(14, 0.66, 'process.crash', 'cause'))).toBe('process.crash');
    // Long after it, it is another story.
    expect(first(refused, signal(400, 0.66, 'process.crash', 'cause'))).toBe(
      'dependency.unavailable',
    );
  });

  it('does not take a denied access for what broke inside', () => {
    const refused = signal(10, 0.8, 'dependency.unavailable', 'cause');
    expect(first(refused, signal(14, 0.66, 'auth.denied', 'cause'))).toBe('dependency.unavailable');
  });

  it('prefers the earlier of two equal causes', () => {
    const disk = signal(10, 0.8, 'resource.disk', 'cause');
    expect(first(disk, signal(20, 0.8, 'process.crash', 'cause'))).toBe('resource.disk');
  });
});
