import type { Row } from '../../../src/protocol/viewerApi.ts';

/** A row of ten bytes; `more` says what matters to a test. */
export function row(index: number, more: Partial<Row> = {}): Row {
  return {
    byte: index * 10,
    bytes: 10,
    line: index + 1,
    exact: true,
    text: `line ${index}`,
    skipped: 0,
    cut: false,
    time: null,
    level: 'info',
    continues: false,
    lane: null,
    ...more,
  };
}

/** Rows from one index to before another. */
export function rows(from: number, to: number): readonly Row[] {
  return Array.from({ length: to - from }, (_, index) => row(from + index));
}
