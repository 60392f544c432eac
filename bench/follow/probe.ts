/** Lines that say when they were written and where they end, so that whoever sees one knows how late. */
export interface Probe {
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly written: number;
  /** Bytes of the log up to its end. */
  readonly end: number;
}

const form = / probe n=(\d+) t=([\d.]+) end=(\d+)$/;

/** Fractions of milliseconds, in the clock that all processes of the machine share. */
export function clock(): number {
  return performance.timeOrigin + performance.now();
}

/** @param before bytes of the log before the line */
export function probeLine(number: number, before: number): string {
  const head = `${new Date(Date.UTC(2026, 0, 6) + number).toISOString()} INFO  [orders-1] orders.Worker - probe n=${number} t=${clock().toFixed(3)} end=`;
  // The number of the end is a part of what it measures.
  let end = before + head.length + 1;
  while (before + head.length + String(end).length + 1 !== end) {
    end = before + head.length + String(end).length + 1;
  }
  return `${head}${end}\n`;
}

export function probeOf(text: string): Probe | null {
  const match = form.exec(text);
  if (match === null) return null;
  return { number: Number(match[1]), written: Number(match[2]), end: Number(match[3]) };
}
