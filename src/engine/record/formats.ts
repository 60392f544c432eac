import { cloudFormats } from './formats/clouds.ts';
import { containerFormats } from './formats/container.ts';
import { dataFormats } from './formats/data.ts';
import type { FormatEntry } from './formats/formatEntry.ts';
import { pipelineFormats } from './formats/pipelines.ts';
import { programFormats } from './formats/programs.ts';
import { serverFormats } from './formats/servers.ts';
import { structuredFormats } from './formats/structured.ts';
import { systemFormats } from './formats/system.ts';
import { webFormats } from './formats/web.ts';
import { cellKind } from './headerCell.ts';
import type { HeaderLayout } from './headerLayout.ts';
import { patternLayout } from './patternReader.ts';

const kindNames = Object.fromEntries(
  Object.entries(cellKind).map(([name, kind]) => [kind, name]),
) as Record<number, string>;

/** Every format that has a name, the special ones before the general ones; the last one fits all. */
export const formats: readonly FormatEntry[] = [
  ...containerFormats,
  ...cloudFormats,
  ...structuredFormats,
  ...webFormats,
  ...systemFormats,
  ...dataFormats,
  ...serverFormats,
  ...pipelineFormats,
  ...programFormats,
];

/** Formats whose heads are read by a pattern, with the layout of that. */
export const patternFormats = formats.flatMap(({ name, pattern }) => {
  if (pattern === undefined) return [];
  const { timeFormat = null, unit = null, levels = [] } = pattern;
  const format = { name, pattern: pattern.pattern, timeFormat, unit, zone: null, levels };
  const owns = pattern.ownsLines === undefined ? {} : { ownsLines: true as const };
  return [{ pattern, layout: { ...patternLayout(format), ...owns } }];
});

/**
 * Name of the format that an inferred header is of, and the header with what is known of the format.
 * @param lines beginnings of lines that have it
 */
export function namedFormat(
  inferred: HeaderLayout,
  lines: readonly string[],
): { readonly name: string; readonly header: HeaderLayout } {
  const columns = inferred.kinds.map((kind) => kindNames[kind]!).join(' ');
  const shape = { columns, header: inferred, line: lines[0] ?? '', lines };
  const { name, known } = formats.find((entry) => entry.fits(shape))!;
  return { name, header: known === undefined ? inferred : known(inferred) };
}
