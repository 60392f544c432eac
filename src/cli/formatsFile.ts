import { readFile } from 'node:fs/promises';

import { Option } from 'commander';
import { parse } from 'yaml';

import { checkFormats } from '../engine/record/checkFormats.ts';
import { useFormats } from '../engine/record/formatsInUse.ts';
import { describeFailure } from '../engine/source/adapters/listLogs.ts';
import { complain } from './terminal.ts';
import { UsageError } from './usageError.ts';

/** Characters of a file of formats; what is longer was not written by hand. */
const largestFile = 512 << 10;

/** The option of every command that reads logs. */
export function formatsOption(): Option {
  return new Option(
    '--formats <file>',
    'formats of your own, as JSON or YAML: see docs/formats.md',
  );
}

/**
 * Logs are read by the formats of a file from now on; entries that cannot be used are told.
 * @throws UsageError where the file cannot be read, or is no list of formats
 */
export async function useFormatsFile(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  const described = parseFile(path, await readText(path));
  if (!Array.isArray(described)) {
    throw new UsageError(`${path} is no list of formats. See docs/formats.md.`);
  }
  const { formats, problems } = checkFormats(described);
  for (const { message, advice } of problems) complain(`${path}: ${message} ${advice}`);
  useFormats(formats);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path}: ${describeFailure(error)}. Check the path.`, error);
  }
}

function parseFile(path: string, text: string): unknown {
  if (text.length > largestFile) {
    throw new UsageError(`${path} is longer than ${largestFile >> 10} KB. Keep formats only.`);
  }
  try {
    return parse(text);
  } catch (error) {
    const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new UsageError(`${path} is neither JSON nor YAML: ${why.replace(/[.:]$/, '')}.`, error);
  }
}
