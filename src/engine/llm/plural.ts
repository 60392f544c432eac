/** A count with its noun: `1 line`, `1,204 lines`. `more` has no plural. */
export function plural(count: number, noun: string): string {
  const number = count.toLocaleString('en-US');
  return `${number} ${count === 1 || noun === 'more' ? noun : `${noun}s`}`;
}
