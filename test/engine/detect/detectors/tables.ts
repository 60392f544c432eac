import type { LogView, SessionTable } from '../../../../src/engine/detect/logView.ts';
import {
  buildSessionMatrix,
  type SessionMatrix,
} from '../../../../src/engine/detect/sessionMatrix.ts';
import { decodeLog } from '../../../../src/engine/record/decodeLog.ts';
import type { TemplateTable } from '../../../../src/engine/template/templateTable.ts';

/**
 * Sessions written as lists of template ids, and the tables they make.
 *
 * @param times milliseconds per record, in the order of the lists; none are stated when absent
 */
export function tablesOf(
  sequences: readonly (readonly number[])[],
  times?: readonly number[],
): { view: LogView; matrix: SessionMatrix } {
  const flat = sequences.flat();
  const offsets = new Uint32Array(sequences.length + 1);
  sequences.forEach((sequence, index) => (offsets[index + 1] = offsets[index]! + sequence.length));
  const ids = Array.from({ length: Math.max(...flat) + 1 }, (_, id) => id);
  const templates: TemplateTable = {
    templates: ids.map((id) => ({
      id,
      text: `event ${id}`,
      slots: [],
      count: flat.filter((other) => other === id).length,
      firstRecord: Math.max(0, flat.indexOf(id)),
      lastRecord: Math.max(0, flat.lastIndexOf(id)),
    })),
    ofRecord: Uint32Array.from(flat),
  };
  const sessions: SessionTable = {
    kind: 'identifier',
    identifier: 'req-<*>',
    ids: sequences.map((_, index) => `req-${index}`),
    offsets,
    members: Uint32Array.from(flat, (_, index) => index),
    coverage: 1,
  };
  const count = flat.length;
  const view: LogView = {
    log: decodeLog('sessions.log', new Uint8Array()),
    records: {
      count,
      firstLine: Uint32Array.from({ length: count + 1 }, (_, record) => record),
      time: Float64Array.from(times ?? flat.map(() => Number.NaN)),
      level: new Uint8Array(count),
      source: new Uint32Array(count),
      sources: [''],
      messageStart: new Uint32Array(count),
      messageEnd: new Uint32Array(count),
      format: {
        name: 'plain',
        confidence: 1,
        hasTime: times !== undefined,
        hasLevel: false,
      },
    },
    templates,
    sessions,
    vectors: null,
  };
  return { view, matrix: buildSessionMatrix(view) };
}

export function repeat<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}
