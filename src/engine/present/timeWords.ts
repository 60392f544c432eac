const units = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
] as const;

/**
 * A length of time in its two largest units, exactly enough to add up: `114 ms`, `2.3 s`,
 * `3 min 12 s`, `2 d 3 h`. What is smaller is cut off, so that nothing reads as longer than it was.
 */
export function spanWords(milliseconds: number): string {
  const ms = Math.abs(milliseconds);
  if (ms < 1_000) return `${trimmed(ms, ms < 10 ? 3 : 0)} ms`;
  if (ms < 60_000) return `${trimmed(ms / 1_000, ms < 10_000 ? 2 : 1)} s`;
  const at = units.findIndex(([size]) => ms >= size);
  const [size, name] = units[at] ?? units[2];
  const [below, belowName] = units[at + 1] ?? ([1_000, 's'] as const);
  const rest = Math.floor((ms % size) / below);
  const whole = `${Math.floor(ms / size)} ${name}`;
  return rest === 0 ? whole : `${whole} ${rest} ${belowName}`;
}

/** Time from one line to the next: `+114 ms`, `-2 s` where the log goes back, `+0` in the same millisecond. */
export function deltaWords(milliseconds: number): string {
  if (milliseconds === 0) return '+0';
  return `${milliseconds < 0 ? '-' : '+'}${spanWords(milliseconds)}`;
}

function trimmed(value: number, digits: number): string {
  const factor = 10 ** digits;
  return String(Math.floor(value * factor + 1e-6) / factor);
}
