import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Peers } from '../src/eval/peers.ts';

const folder = join('.cache', 'bench', 'peers');
const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const scripts = join('bench', 'peers');
const report = join('.cache', 'bench', 'peers.json');

/** Longer than this nobody waits for a registry, or for peers. */
const installLimit = 240_000;
const runLimit = 480_000;

/**
 * Runs the peers on the data, in a virtual environment of their own that is made once.
 * @returns what they said, or why there is nothing
 */
export function runPeers(data: string): Peers | string {
  rmSync(report, { force: true });
  const missing = install();
  if (missing !== null) return missing;
  const main = join(scripts, 'main.py');
  // Without -B Python would leave its byte code among the sources.
  const failure = run(python, ['-B', '-W', 'ignore', main, data, report], runLimit);
  if (failure !== null) return `the peers ended early: ${failure}`;
  return JSON.parse(readFileSync(report, 'utf8')) as Peers;
}

/** @returns why they cannot be installed, or null */
function install(): string | null {
  const wanted = ['requirements.txt', 'requirements-alone.txt'].map((name) => join(scripts, name));
  const stamp = join(folder, 'installed.txt');
  const texts = wanted.map((path) => readFileSync(path, 'utf8')).join('\n');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === texts) return null;
  console.log('  making .cache/bench/peers');
  const base = ['python3', 'python'].find((name) => run(name, ['--version'], 10_000) === null);
  if (base === undefined) return 'there is no Python';
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  const [together = '', alone = ''] = wanted;
  const steps: readonly (readonly [string, readonly string[]])[] = [
    [base, ['-m', 'venv', folder]],
    [python, [...pip, '-r', together]],
    [python, [...pip, '--no-deps', '-r', alone]],
  ];
  for (const [program, args] of steps) {
    const failure = run(program, args, installLimit);
    if (failure !== null) return `they could not be installed: ${failure}`;
  }
  writeFileSync(stamp, texts);
  return null;
}

/** @returns why it failed, in one line, or null */
function run(program: string, args: readonly string[], limit: number): string | null {
  const { status, stderr, error } = spawnSync(program, args, {
    stdio: ['ignore', args.includes('--version') ? 'ignore' : 'inherit', 'pipe'],
    encoding: 'utf8',
    timeout: limit,
  });
  if (error !== undefined) return error.message;
  if (status === 0) return null;
  return stderr.trim().split('\n').at(-1) ?? `status ${status ?? 'none'}`;
}
