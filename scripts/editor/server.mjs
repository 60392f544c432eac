import { createServer } from 'node:net';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { mustRun, start, stop } from '../lib/children.mjs';

const listens = (port) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/**
 * The first port from `first` on that nobody listens on.
 * @param {number} first
 */
export async function freePort(first) {
  for (let port = first; port < first + 200; port++) {
    if (await listens(port)) return port;
  }
  throw new Error(`No free port between ${first} and ${first + 199}.`);
}

/**
 * Folders of one set of settings and extensions.
 * @param {string} profile
 */
export const profileFolders = (profile) => ({
  data: join(profile, 'data'),
  extensions: join(profile, 'extensions'),
});

/**
 * Installs extensions into a profile, without a market place.
 * @param {{ node: string, serverMain: string }} editor
 * @param {string} profile
 * @param {readonly string[]} vsixFiles
 */
export async function installExtensions(editor, profile, vsixFiles) {
  const { data, extensions } = profileFolders(profile);
  await mkdir(extensions, { recursive: true });
  await mustRun(editor.node, [
    editor.serverMain,
    ...vsixFiles.flatMap((file) => ['--install-extension', file]),
    '--force',
    '--server-data-dir',
    data,
    '--extensions-dir',
    extensions,
  ]);
}

/**
 * Writes the reader's settings of a profile.
 * @param {string} profile
 * @param {Record<string, unknown>} settings
 */
export async function writeUserSettings(profile, settings) {
  const folder = join(profileFolders(profile).data, 'data', 'User');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`);
}

/**
 * Starts the editor on 127.0.0.1 and waits until it answers.
 * @param {{ node: string, serverMain: string }} editor
 * @param {{ profile: string, port: number, env?: Record<string, string> }} options
 * @returns {Promise<{ url: string, pid: number, ended: Promise<unknown>, output: () => string, stop: () => Promise<void> }>}
 */
export async function startServer(editor, { profile, port, env = {} }) {
  const { data, extensions } = profileFolders(profile);
  const child = start(
    editor.node,
    [
      editor.serverMain,
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      // Only this machine can reach the address, and the profile holds no secret.
      '--without-connection-token',
      '--accept-server-license-terms',
      '--disable-telemetry',
      '--server-data-dir',
      data,
      '--extensions-dir',
      extensions,
    ],
    { env: { ...process.env, ...env } },
  );
  let output = '';
  const keep = (piece) => {
    output = (output + piece).slice(-20_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The editor ended at start:\n${output}`);
    if (Date.now() > deadline) {
      await stop(child);
      throw new Error(`The editor did not answer within a minute:\n${output}`);
    }
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { url, pid: child.pid, ended, output: () => output, stop: () => stop(child) };
}

/**
 * Address that opens a folder, and a file in it.
 * @param {string} url
 * @param {string} folder
 * @param {string} [file]
 */
export function editorAddress(url, folder, file) {
  const address = new URL(url);
  address.searchParams.set('folder', folder);
  if (file !== undefined) {
    const resource = `vscode-remote://${address.host}${encodeURI(file)}`;
    address.searchParams.set('payload', JSON.stringify([['openFile', resource]]));
  }
  return address.href;
}
