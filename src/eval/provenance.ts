import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';

/** Where figures come from: without it nobody can compare them. */
export interface Provenance {
  /** ISO 8601. */
  readonly date: string;
  /** Null where the program was not started from a working copy. */
  readonly commit: string | null;
  /** Files of the working copy differ from the commit. */
  readonly modified: boolean;
  readonly faultline: string;
  readonly node: string;
  readonly machine: {
    readonly system: string;
    readonly processor: string;
    readonly cores: number;
    readonly memoryMB: number;
  };
  readonly seeds: readonly number[];
}

/** @param root folder of the package, asked for its commit */
export function provenance(options: {
  readonly now: Date;
  readonly root: string;
  readonly version: string;
  readonly seeds: number;
}): Provenance {
  // The prefix is empty only where the package is the working copy itself, not a part of another.
  const head = git(options.root, 'rev-parse', '--show-prefix', 'HEAD');
  const commit = head?.startsWith('\n') === true ? head.trim() : null;
  const changes =
    commit === null ? '' : git(options.root, 'status', '--porcelain', '--untracked-files=no');
  return {
    date: options.now.toISOString(),
    commit,
    modified: changes !== '',
    faultline: options.version,
    node: process.versions.node,
    machine: {
      system: `${type()} ${release()} ${process.arch}`,
      processor: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      memoryMB: Math.round(totalmem() / 1e6),
    },
    seeds: Array.from({ length: options.seeds }, (_, index) => index + 1),
  };
}

/** One line for a reader. */
export function provenanceLine({
  date,
  commit,
  modified,
  faultline,
  node,
  machine,
}: Provenance): string {
  const at =
    commit === null ? '' : `, commit ${commit.slice(0, 12)}${modified ? ' with changes' : ''}`;
  return `Measured ${date.slice(0, 16).replace('T', ' ')} UTC with version ${faultline}${at}, Node ${node}, ${machine.cores} cores of ${machine.processor}, ${(machine.memoryMB / 1000).toFixed(0)} GB, ${machine.system}.`;
}

function git(cwd: string, ...args: string[]): string | null {
  try {
    return execFileSync('git', args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return null;
  }
}
