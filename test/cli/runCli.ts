import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The built program, as a user starts it. */
export const cliPath = join(root, 'dist', 'cli.mjs');

/** Builds the program once for a test file. */
export async function buildCli(): Promise<void> {
  await promisify(execFile)(process.execPath, ['esbuild.mjs', 'cli'], { cwd: root });
}

/** What a run of the program left behind. */
export interface CliRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program to its end, in a folder, without colours, with a cache and evaluation data of its own. */
export async function runCli(folder: string, ...args: readonly string[]): Promise<CliRun> {
  const child = spawn(process.execPath, [cliPath, ...args], {
    cwd: folder,
    env: {
      ...process.env,
      XDG_CACHE_HOME: join(folder, 'cache'),
      FAULTLINE_DATA: join(folder, 'data'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, stdout, stderr };
}

/** A folder that is removed after use. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'faultline-cli-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
