import { describe, expect, it } from 'vitest';
import { graded, merged } from '../../../src/engine/incident/judge.ts';
import { incidentOf } from '../../support/incidents.ts';

describe('graded', () => {
  it('confirms by a bullseye, rejects by a miss, and leaves the rest open', () => {
    const open = incidentOf({ id: 'a' });
    expect(graded(open, 'bullseye')).toMatchObject({ status: 'confirmed', grade: 'bullseye' });
    expect(graded(open, 'wrong')).toMatchObject({ status: 'rejected', grade: 'wrong' });
    expect(graded(open, 'close').status).toBe('unconfirmed');
    expect(graded(graded(open, 'wrong'), 'area').status).toBe('unconfirmed');
  });

  it('does not undo what a person confirmed', () => {
    const sure = incidentOf({ id: 'a', status: 'confirmed', rootCause: 'A leak.' });
    expect(graded(sure, 'wrong')).toEqual({ ...sure, grade: 'wrong' });
  });
});

describe('merged', () => {
  it('keeps the first one with what all showed, and the cause that is confirmed', () => {
    const one = incidentOf({ id: 'a', templates: ['x'], resolution: '', merged: ['z'] });
    const two = incidentOf({
      id: 'b',
      templates: ['x', 'y'],
      savedAt: '2026-05-01T00:00:00.000Z',
      status: 'confirmed',
      rootCause: 'A leak.',
      resolution: 'Closed it.',
    });
    expect(merged(one, [two])).toMatchObject({
      id: 'a',
      title: one.title,
      templates: ['x', 'y'],
      savedAt: two.savedAt,
      status: 'confirmed',
      rootCause: 'A leak.',
      resolution: 'Closed it.',
      merged: ['z', 'b'],
    });
  });
});
