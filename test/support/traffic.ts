/** Quiet traffic of `total` lines, with `inserted` after line `after`. */
export function trafficWith(inserted: readonly string[], after = 300, total = 400): string {
  const lines: string[] = [];
  for (let index = 0; index < total; index++) {
    const time = new Date(Date.UTC(2026, 4, 4, 9, 0, index * 2)).toISOString();
    lines.push(`${time} INFO web request ${1000 + index} answered 200 in ${10 + (index % 23)} ms`);
    if (index === after) lines.push(...inserted.map((line) => `${time} ${line}`));
  }
  return `${lines.join('\n')}\n`;
}
