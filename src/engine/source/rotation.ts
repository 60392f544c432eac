/** What the name of a file says about its place in a rotated set. */
export interface Rotation {
  /** Name of the log that is written now; the same for all files of a set. */
  readonly family: string;
  /** Counts from the newest back, as logrotate numbers; null where there is none. */
  readonly number: number | null;
  /** Digits of year, month, day and further units; null where there is none. */
  readonly date: string | null;
}

const packed = /\.(?:gz|zst|bz2|xz)$/i;
const date = '(\\d{4}-?\\d{2}-?\\d{2}(?:[-_T.]?\\d{2,6})?)';
const numberBehind = /^(.+)\.(\d{1,5})$/;
const numberBefore = /^(.+)\.(\d{1,5})(\.[a-z]{2,5})$/i;
const dateBehind = new RegExp(`^(.+)[-._]${date}$`);
const dateBefore = new RegExp(`^(.+)[-._]${date}(\\.[a-z]{2,5})$`, 'i');

/** Understands `app.log.1`, `app.log.2.gz`, `app.1.log`, `app.log-20240514` and `app-2024-05-14.log`. */
export function rotationOf(fileName: string): Rotation {
  const name = fileName.replace(packed, '');
  for (const pattern of [dateBehind, dateBefore]) {
    const [, stem, digits, extension = ''] = pattern.exec(name) ?? [];
    if (stem !== undefined && digits !== undefined) {
      return { family: stem + extension, number: null, date: digits.replaceAll(/\D/g, '') };
    }
  }
  for (const pattern of [numberBehind, numberBefore]) {
    const [, stem, digits, extension = ''] = pattern.exec(name) ?? [];
    if (stem !== undefined && digits !== undefined) {
      return { family: stem + extension, number: Number(digits), date: null };
    }
  }
  return { family: name, number: null, date: null };
}

/** The names of a set, oldest first, and numbers that are missing between them. */
export interface RotatedSet {
  readonly names: readonly string[];
  readonly missing: readonly number[];
}

/** The files of a folder that are one log with `name`. Dated parts are older than numbered ones, the live file is the newest. */
export function rotatedSet(name: string, siblings: readonly string[]): RotatedSet {
  const { family } = rotationOf(name);
  const members = siblings
    .map((sibling) => ({ sibling, ...rotationOf(sibling) }))
    .filter((member) => member.family === family)
    .sort((a, b) => compareAge(a, b) || (a.sibling < b.sibling ? -1 : 1));
  // A part and its archive, as they lie side by side while one becomes the other: the first is taken.
  const parts = members.filter((member, index) => {
    const before = members[index - 1];
    return before === undefined || compareAge(before, member) !== 0;
  });
  const numbers = new Set(parts.flatMap(({ number }) => (number === null ? [] : [number])));
  const missing: number[] = [];
  const [least, most] = [Math.min(...numbers, 1), Math.max(...numbers, 0)];
  for (let number = least; number < most && missing.length < 10; number += 1) {
    if (!numbers.has(number)) missing.push(number);
  }
  return { names: parts.map(({ sibling }) => sibling), missing };
}

function compareAge(a: Rotation, b: Rotation): number {
  const rank = ({ number, date: day }: Rotation) => (day !== null ? 0 : number !== null ? 1 : 2);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (a.number !== null && b.number !== null) return b.number - a.number;
  return a.date === b.date ? 0 : (a.date ?? '') < (b.date ?? '') ? -1 : 1;
}
