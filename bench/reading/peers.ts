import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** A program that does the same, told on the command line. */
export interface Peer {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Where Debian has it. */
  readonly package: string;
}

/** How a program ran. */
export interface PeerRun {
  readonly milliseconds: number;
  /** Most resident memory, in bytes, as far as it was seen every few milliseconds. */
  readonly peak: number;
}

/** Nobody waits longer for a program that reads a log, in milliseconds. */
const limit = 300_000;
const watchEvery = 5;

/** @returns how it ran, or why it did not */
export function runPeer(peer: Peer): Promise<PeerRun | string> {
  if (spawnSync('which', [peer.program]).status !== 0) {
    return Promise.resolve(`missing here (Debian: apt-get install ${peer.package})`);
  }
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(peer.program, peer.args, {
      // A pipe that is read: into /dev/null grep stops at the first match.
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, LC_ALL: 'C.UTF-8', TERM: 'dumb' },
      timeout: limit,
      killSignal: 'SIGKILL',
    });
    child.stdout.resume();
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, residentPeak(child.pid ?? 0));
    }, watchEvery);
    child.on('close', (code, signal) => {
      clearInterval(watch);
      const milliseconds = performance.now() - started;
      // 1 of grep and ripgrep: nothing was found.
      if (code === 0 || code === 1) resolve({ milliseconds, peak });
      else
        resolve(
          signal === null ? `ended with ${code ?? 'an error'}` : `stopped after ${limit / 1000} s`,
        );
    });
    child.on('error', (error) => {
      clearInterval(watch);
      resolve(error.message);
    });
  });
}

/** Linux says the most memory that a process ever had, as long as it lives. */
function residentPeak(process: number): number {
  try {
    const status = readFileSync(`/proc/${process}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
