import type { LineMark, LogMarks } from '../../src/protocol/workerApi.ts';

/** A result with the given fields. */
export function logMarks(fields: Partial<LogMarks> = {}): LogMarks {
  return {
    marks: [],
    lines: 10,
    bytes: 100,
    read: { bytes: 100, of: 100 },
    records: 10,
    templates: 3,
    format: 'plain',
    sessions: { kind: 'window', identifier: '100 records', count: 1, share: 1 },
    notes: [],
    hidden: 0,
    embedder: { id: 'hashing', state: 'fallback', detail: 'The model is missing.' },
    milliseconds: 12,
    stage: 'vectors',
    final: true,
    ...fields,
  };
}

/** A mark with the given fields. */
export function lineMark(fields: Partial<LineMark> = {}): LineMark {
  const line = fields.line ?? 0;
  return {
    rank: 1,
    line,
    endLine: line,
    severity: 'high',
    title: 'title',
    note: 'note',
    template: 'pattern <*>',
    count: 1,
    repeats: [],
    ...fields,
  };
}
