// Child processes that never outlive us: each has a process group of its own, and whatever ends this
// program ends the groups. Without groups, Ctrl+C would leave grandchildren (an extension host) behind.
import { spawn } from 'node:child_process';

const running = new Set();

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // The group is gone already.
    if (error.code !== 'ESRCH') throw error;
  }
}

/**
 * Starts a program in a process group of its own, with no stdin.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function start(command, args, options = {}) {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
    detached: true,
  });
  if (child.pid !== undefined) {
    running.add(child);
    child.once('exit', () => running.delete(child));
  }
  return child;
}

/**
 * Ends a program and everything it started; waits until it is gone, at most two seconds politely.
 * @param {import('node:child_process').ChildProcess} child
 */
export async function stop(child) {
  if (child.pid === undefined) return;
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    signalGroup(child, 'SIGTERM');
    const patience = setTimeout(() => signalGroup(child, 'SIGKILL'), 2000);
    await gone;
    clearTimeout(patience);
  }
  // The leader is gone; whoever of the group ignored SIGTERM goes now.
  signalGroup(child, 'SIGKILL');
}

/** Ends everything that `start` started. */
export async function stopAll() {
  await Promise.all([...running].map(stop));
}

/**
 * Runs a program to its end and gives back what it printed. Never rejects for a non-zero status.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { echo?: boolean }} [options] With `echo` the
 *   output appears while it comes.
 * @returns {Promise<{ status: number, output: string }>}
 */
export async function run(command, args, { echo = false, ...options } = {}) {
  const child = start(command, args, options);
  const pieces = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (piece) => {
      pieces.push(piece);
      if (echo) process.stdout.write(piece);
    });
  }
  const status = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  return { status, output: Buffer.concat(pieces).toString('utf8') };
}

/**
 * Runs a program that must succeed.
 * @throws Error with the start and the end of its output when it does not.
 */
export async function mustRun(command, args, options) {
  const { status, output } = await run(command, args, options);
  if (status !== 0) {
    const lines = output.trim().split('\n');
    // npm says first what is wrong, compilers say it last.
    const middle = lines.length > 60 ? [...lines.slice(0, 20), '…', ...lines.slice(-40)] : lines;
    const said = middle.join('\n');
    throw new Error(`${command} ${args.join(' ')} ended with status ${status}.\n${said}`);
  }
  return output;
}

/**
 * On Ctrl+C or a kill: end the children first, then leave with the customary status, or with what
 * `statusOf` says.
 * @param {(status: number) => number} [statusOf]
 */
export function stopChildrenOnSignals(statusOf = (status) => status) {
  let leaving = false;
  for (const [signal, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ]) {
    process.on(signal, () => {
      // An impatient second Ctrl+C must not cut the clearing short.
      if (leaving) return;
      leaving = true;
      void stopAll().finally(() => process.exit(statusOf(status)));
    });
  }
  // A crash of this program: no time to wait, but nothing may stay.
  process.once('exit', () => {
    for (const child of running) signalGroup(child, 'SIGKILL');
  });
}
