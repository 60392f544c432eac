/** @returns at most `length` characters, with an ellipsis where the text was cut. */
export function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
