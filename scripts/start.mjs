// npm start [-- PATH]: installs what is missing, builds, packages, prints what Faultline finds, and opens
// VS Code on it with the extension installed. PATH is a log or a folder; without it, the sample incident.
import { access, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { run, start, stopChildrenOnSignals } from './lib/children.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root } from './lib/root.mjs';
import { findProgram } from './lib/systemPackages.mjs';
import { buildBundles, packageExtension, vsixPath } from './lib/vsix.mjs';
import { cacheFolder } from './editor/recipe.mjs';
import {
  editorAddress,
  freePort,
  installExtensions,
  profileFolders,
  startServer,
  writeUserSettings,
} from './editor/server.mjs';
import { ensureEditor } from './editor/setUp.mjs';

let open = false;

/** Settings and extensions of `npm start` alone: the reader's own VS Code stays as it is. */
const profile = join(cacheFolder, 'start');

const firstSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  // Restricted Mode without a question: logs need no trust, and the reader may give it any time.
  'security.workspace.trust.startupPrompt': 'never',
};

const logName = /\.log(\.(gz|zst|bz2|xz))?$/;

/** What to look at: a folder to open, the logs to scan, and the log to show first. */
async function chooseSubject(argument) {
  if (argument === undefined) {
    const folder = join(root, 'samples', 'incident');
    const logs = ['orders', 'api', 'db', 'deploy'].map((name) => join(folder, `${name}.log`));
    return { folder, logs, first: logs[0] };
  }
  // npm runs scripts in the root; the reader may have typed the path somewhere below it.
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), argument);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    throw new Error(`There is no file or folder at ${path}. Give a log or a folder with logs.`);
  }
  if (!found.isDirectory()) return { folder: dirname(path), logs: [path], first: path };
  const names = (await readdir(path)).filter((name) => logName.test(name)).sort();
  const logs = names.map((name) => join(path, name));
  return { folder: path, logs, first: logs[0] };
}

async function printFindings({ folder, logs }) {
  if (logs.length === 0) {
    console.log(`\nNo logs (*.log or *.log.gz) directly in ${folder}: open one in the editor.`);
    return;
  }
  console.log(`\nFindings in ${folder}\n`);
  const names = logs.map((log) => basename(log));
  const options = ['scan', ...names, '--top', '12'];
  // A log that cannot be read is said by the CLI itself and is no reason not to open the editor.
  await run(process.execPath, [join(root, 'dist', 'cli.mjs'), ...options], {
    echo: true,
    cwd: folder,
  });
}

async function saveFirstSettings() {
  const settings = join(profileFolders(profile).data, 'data', 'User', 'settings.json');
  const kept = await access(settings).then(
    () => true,
    () => false,
  );
  if (!kept) await writeUserSettings(profile, firstSettings);
}

/** VS Code on the desktop, in a profile of its own; ends when its window is closed. */
async function openDesktop(code, { folder, first }) {
  const own = [
    '--user-data-dir',
    join(profile, 'desktop'),
    '--extensions-dir',
    join(profile, 'desktop-extensions'),
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  const installed = await run(code, [...own, '--install-extension', vsixPath, '--force']);
  if (installed.status !== 0) throw new Error(`code --install-extension:\n${installed.output}`);
  console.log('\nVS Code opens with Faultline installed. Ctrl+C here closes it.');
  open = true;
  // --verbose keeps the window a child of this program, so that Ctrl+C reaches it.
  const files = first === undefined ? [folder] : [folder, first];
  const child = start(code, [...own, '--verbose', '--new-window', ...files], { stdio: 'ignore' });
  await new Promise((done) => child.once('exit', done));
}

/** VS Code in the browser, on this machine only; runs until it is stopped. */
async function openInBrowser({ folder, first }) {
  const editor = await ensureEditor();
  await saveFirstSettings();
  await installExtensions(editor, profile, [vsixPath]);
  const server = await startServer(editor, { profile, port: await freePort(8080) });
  console.log(
    `\nVS Code with Faultline installed:\n\n  ${editorAddress(server.url, folder, first)}\n`,
  );
  open = true;
  console.log('It answers on this machine only. Ctrl+C stops it.');
  await server.ended;
  throw new Error(`The editor ended by itself:\n${server.output()}`);
}

// Once the editor is open, Ctrl+C is the ordinary way to end and no failure.
stopChildrenOnSignals((status) => (open ? 0 : status));
try {
  await ensureDependencies();
  const subject = await chooseSubject(process.argv[2]);
  console.log('Building …');
  console.log((await buildBundles()).trim());
  await packageExtension(root, vsixPath);
  await printFindings(subject);
  const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  const code = hasDisplay ? await findProgram('code') : undefined;
  if (code === undefined) await openInBrowser(subject);
  else await openDesktop(code, subject);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
