// Size budgets, read from esbuild's metafile: no extra package measures what esbuild already knows.

/**
 * Bytes of everything a target wrote, source maps excluded.
 * @param {import('esbuild').Metafile} metafile
 */
export function bundleBytes(metafile) {
  return Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
}

/**
 * The inputs that weigh most in the outputs, heaviest first.
 * @param {import('esbuild').Metafile} metafile
 * @param {number} count
 */
export function largestInputs(metafile, count) {
  const bytes = new Map();
  for (const output of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
      bytes.set(path, (bytes.get(path) ?? 0) + bytesInOutput);
    }
  }
  return [...bytes].sort((a, b) => b[1] - a[1]).slice(0, count);
}

/**
 * A message when the target is over its budget, otherwise undefined.
 * @param {import('./targets.mjs').Target} target
 * @param {import('esbuild').Metafile} metafile
 */
export function budgetBreach(target, metafile) {
  const bytes = bundleBytes(metafile);
  if (bytes <= target.budget) return undefined;
  const heaviest = largestInputs(metafile, 3)
    .map(([path, size]) => `${path} (${size} bytes)`)
    .join(', ');
  return `${target.outfile} is ${bytes} bytes, its budget is ${target.budget}. Largest inputs: ${heaviest}`;
}
