// node esbuild.mjs [host|worker|panel|cli …]: no name builds everything and checks it.
import { chmod, copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build, formatMessages } from 'esbuild';

import { budgetBreach, bundleBytes } from './scripts/bundle/budget.mjs';
import { bundledPackages, thirdPartyNotices } from './scripts/bundle/notices.mjs';
import { targets } from './scripts/bundle/targets.mjs';

const root = dirname(fileURLToPath(import.meta.url));

/** Puts a file in its place at once: whoever packages or starts it meanwhile sees it whole. */
async function place(path, write) {
  const unfinished = `${path}.${process.pid}.tmp`;
  await write(unfinished);
  await rename(unfinished, path);
}

/** Bundles one target; a warning counts as a failure, since nobody reads warnings twice. */
async function bundle(target) {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [target.entry],
    outfile: target.outfile,
    bundle: true,
    minify: true,
    metafile: true,
    write: false,
    legalComments: 'none',
    logLevel: 'silent',
    ...target.options,
  }).catch((failure) => {
    if (!Array.isArray(failure.errors)) throw failure;
    return { errors: failure.errors, warnings: failure.warnings };
  });
  const problems = [
    ...(await formatMessages(result.errors, { kind: 'error', color: false })),
    ...(await formatMessages(result.warnings, { kind: 'warning', color: false })),
  ];
  if (problems.length > 0) throw new Error(`${target.name}:\n${problems.join('\n')}`);
  const breach = budgetBreach(target, result.metafile);
  if (breach !== undefined) throw new Error(breach);
  for (const { path, contents } of result.outputFiles) {
    await place(path, (unfinished) => writeFile(unfinished, contents));
  }
  console.log(`${target.outfile}  ${(bundleBytes(result.metafile) / 1000).toFixed(0)} kB`);
  return result.metafile;
}

/** Files that are loaded beside a bundle rather than inside it. */
async function copyBesides(files) {
  for (const file of files) {
    await place(join(root, 'dist', basename(file)), (unfinished) => copyFile(file, unfinished));
  }
}

async function main(names) {
  const unknown = names.filter((name) => !targets.some((target) => target.name === name));
  if (unknown.length > 0) {
    const known = targets.map((target) => target.name).join(', ');
    throw new Error(`No target named ${unknown.join(', ')}. There are: ${known}.`);
  }
  const chosen = names.length === 0 ? targets : targets.filter(({ name }) => names.includes(name));
  await mkdir(join(root, 'dist'), { recursive: true });
  const metafiles = await Promise.all(chosen.map(bundle));
  if (chosen.some(({ name }) => name === 'cli')) await chmod(join(root, 'dist/cli.mjs'), 0o755);
  await copyBesides(chosen.flatMap(({ copies }) => copies ?? []));
  if (names.length > 0) return;

  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const copied = targets.flatMap(({ copies }) => copies ?? []).map((file) => relative(root, file));
  const folders = bundledPackages([...inputs, ...copied]);
  const notices = thirdPartyNotices(root, folders);
  await place(join(root, 'dist/ThirdPartyNotices.txt'), (path) => writeFile(path, notices));

  const written = metafiles.flatMap((metafile) => Object.keys(metafile.outputs));
  const wanted = new Set([...written, ...copied].map((file) => basename(file)));
  wanted.add('ThirdPartyNotices.txt');
  for (const file of await readdir(join(root, 'dist'))) {
    if (!wanted.has(file) && !file.endsWith('.tmp'))
      await rm(join(root, 'dist', file), { recursive: true });
  }
}

try {
  await main(process.argv.slice(2));
} catch (failure) {
  console.error(failure instanceof Error ? failure.message : failure);
  process.exitCode = 1;
}
