import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A tool that came with `npm ci`. */
export const tool = (name) => join(root, 'node_modules', '.bin', name);
