import { readFileSync } from 'node:fs';

/** The version stands in package.json beside the folder of the bundle. */
export function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
