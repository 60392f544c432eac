import { fileURLToPath } from 'node:url';

/** The folder of the models that are shipped. */
export const modelsDir = fileURLToPath(new URL('../../models', import.meta.url));
