/**
 * Reading logs of any size: first screen, jumps, line index, search and merging, beside the programs
 * that people use for it. Everything is read from the page cache as far as it fits there.
 * Usage: npm run bench -- reading       1 GB
 *        npm run bench -- readingLarge  10 GB
 * The logs are made in a folder of the system's for temporary files and removed at the end.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, freemem, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SearchQuery } from '../../src/protocol/readerApi.ts';
import { readingLog } from './logs.ts';
import type { Tries } from './ours.ts';
import { firstScreen, index, jumpsWithIndex, jumpsWithoutIndex, merge, search } from './ours.ts';
import type { Peer } from './peers.ts';
import { runPeer } from './peers.ts';

const say = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

/** Runs this file again with `task`, so that nothing is warm and the peak of memory is its own. */
function ours(...task: string[]): Tries {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [process.argv[1]!, 'measure', ...task],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${task.join(' ')} failed: ${stderr}`);
  return JSON.parse(stdout) as Tries;
}

/** What a row of the table needs beside its name. */
interface Timed {
  readonly milliseconds: number;
  readonly peak: number;
}

const several = 3;

/** The middle of some tries, each in a fresh process. */
function middle(...task: string[]): Timed & { readonly counted: number } {
  const tries = Array.from({ length: several }, () => ours(...task));
  const sorted = tries.toSorted((a, b) => a.milliseconds[0]! - b.milliseconds[0]!);
  const { milliseconds, counted } = sorted[several >> 1]!;
  return {
    milliseconds: milliseconds[0]!,
    counted,
    peak: Math.max(...tries.map(({ peak }) => peak)),
  };
}

const inMilliseconds = (value: number): string => `${value.toFixed(1)} ms`;
const inMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

function row(name: string, bytes: number, { milliseconds, peak }: Timed, than?: Timed): void {
  const rate = `${(bytes / 1e6 / (milliseconds / 1000)).toFixed(0)} MB/s`;
  const ratio = than === undefined ? '' : `${(milliseconds / than.milliseconds).toFixed(2)} ×`;
  say(
    `| ${name} | ${(milliseconds / 1000).toFixed(2)} s | ${rate} | ${ratio} | ${inMegabytes(peak)} |`,
  );
}

/** A table: ours first, then what the peers take, as times of ours. */
async function table(
  title: string,
  bytes: number,
  mine: Timed,
  peers: readonly Peer[],
): Promise<void> {
  say(`\n## ${title}\n`);
  say('| program | time | rate | time / Faultline | most memory (with mapped files) |');
  say('|---|---|---|---|---|');
  row('Faultline, one thread', bytes, mine);
  for (const peer of peers) {
    const run = await runPeer(peer);
    if (typeof run === 'string') say(`| ${peer.name} | ${run} | | | |`);
    else row(peer.name, bytes, run, mine);
  }
}

const peer = (name: string, program: string, of: string, ...args: string[]): Peer => ({
  name,
  program,
  args,
  package: of,
});

const node = (path: string, text: string): Peer =>
  peer(
    'Node readline',
    process.execPath,
    'nodejs',
    join('.cache', 'bench', 'reading-readline.mjs'),
    path,
    text,
  );

interface Case {
  readonly title: string;
  readonly query: SearchQuery;
  /** lnav and Node's readline are asked as well. */
  readonly slow?: boolean;
}

/** Flags of a search as grep and ripgrep take them; grep calls an expression `-E`, ripgrep nothing. */
function flags({ regex, matchCase }: SearchQuery, extended: readonly string[]): string[] {
  return ['-c', ...(matchCase ? [] : ['-i']), ...(regex ? extended : ['-F'])];
}

const text = (wanted: string, matchCase = true): SearchQuery => ({
  text: wanted,
  regex: false,
  matchCase,
  wholeWord: false,
});
const expression = (wanted: string): SearchQuery => ({ ...text(wanted), regex: true });

const cases: readonly Case[] = [
  { title: 'Search: a rare text', query: text('disk quota exceeded'), slow: true },
  { title: 'Search: the same in any case', query: text('Disk Quota Exceeded', false) },
  { title: 'Search: a text of every ninth line, twice in it', query: text('orders') },
  { title: 'Search: a text of every line, in any case', query: text('worker', false) },
  { title: 'Search: one letter, six matches a line', query: text('e') },
  { title: 'Search: an expression with a text in it', query: expression('quota [a-z]+') },
  { title: 'Search: an expression without one', query: expression('[a-f]{6}=|[0-9]{6,} ms') },
];

/** Of ten gigabytes, the cases that differ most: lnav alone takes minutes for each. */
const casesOfLarge = [0, 3];

async function searching(path: string, bytes: number, some: readonly Case[]): Promise<void> {
  for (const { title, query, slow } of some) {
    const mine = middle('search', path, JSON.stringify(query));
    const [grep, ripgrep] = [flags(query, ['-E']), flags(query, [])];
    const lnav = ['-n', '-q', '-c', `:filter-in ${query.text}`, path];
    await table(`${title} (${mine.counted} lines)`, bytes, mine, [
      peer(['grep', ...grep].join(' '), 'grep', 'grep', ...grep, query.text, path),
      peer(
        `${['ripgrep', ...ripgrep].join(' ')}, one thread`,
        'rg',
        'ripgrep',
        ...['-j1', ...ripgrep, query.text, path],
      ),
      ...(slow === true
        ? [peer('lnav, opening included', 'lnav', 'lnav', ...lnav), node(path, query.text)]
        : []),
    ]);
  }
}

function jumping(path: string): void {
  say('\n## Screens\n');
  say('| what | mean | 95 % | worst | most memory |');
  say('|---|---|---|---|---|');
  const line = (name: string, milliseconds: readonly number[], peak: number): void => {
    const sorted = milliseconds.toSorted((a, b) => a - b);
    const mean = sorted.reduce((sum, each) => sum + each, 0) / sorted.length;
    const most = sorted[Math.ceil(sorted.length * 0.95) - 1]!;
    say(
      `| ${name} | ${[mean, most, sorted.at(-1)!].map(inMilliseconds).join(' | ')} | ${inMegabytes(peak)} |`,
    );
  };
  const screens = Array.from({ length: 10 }, () => ours('firstScreen', path));
  line(
    'first screen, the start of the thread included, 10 times',
    screens.flatMap(({ milliseconds }) => milliseconds),
    Math.max(...screens.map(({ peak }) => peak)),
  );
  const ready = ours('jumpsWithIndex', path);
  line('jump to a line, index complete, 50 times', ready.milliseconds, ready.peak);
  const early = ours('jumpsWithoutIndex', path);
  line('jump to a line while the index is made, 50 times', early.milliseconds, early.peak);
}

async function report(gigabytes: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-bench-reading-'));
  try {
    const path = readingLog(folder, 'one.log', gigabytes * 1e9, 1);
    const { size } = statSync(path);
    say(
      `${inMegabytes(size)}; ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)}, ` +
        `${inMegabytes(freemem())} free. klogg is not compared: Debian has no package of it, and it indexes in its window only.`,
    );
    // Once, so that whoever comes first is not the one who waits for the disk.
    for (let at = 0; at < 2; at += 1) await runPeer(peer('cat', 'cat', 'coreutils', path));
    jumping(path);
    await table('Line index', size, middle('index', path), [
      peer('wc -l', 'wc', 'coreutils', '-l', path),
      peer('lnav, opening', 'lnav', 'lnav', '-n', '-q', path),
      node(path, '\n'),
    ]);
    if (gigabytes < 2) {
      await searching(path, size, cases);
      await merging(folder, gigabytes * 5e8);
    } else {
      await searching(
        path,
        size,
        casesOfLarge.map((number) => ({ ...cases[number]!, slow: false })),
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function merging(folder: string, bytes: number): Promise<void> {
  const [first, second] = [2, 3].map((seed) => readingLog(folder, `${seed}.log`, bytes, seed));
  const size = statSync(first!).size + statSync(second!).size;
  const mine = middle('merge', first!, second!);
  await table('Two logs as one by time, written to a file', size, mine, [
    peer('sort -m', 'sort', 'coreutils', '-m', '-o', join(folder, 'merged'), first!, second!),
    peer('lnav, opening both', 'lnav', 'lnav', '-n', '-q', first!, second!),
  ]);
}

async function measured([task = '', first = '', second = '']: readonly string[]): Promise<Tries> {
  switch (task) {
    case 'firstScreen':
      return firstScreen(first);
    case 'index':
      return index(first);
    case 'jumpsWithIndex':
      return jumpsWithIndex(first);
    case 'jumpsWithoutIndex':
      return jumpsWithoutIndex(first);
    case 'search':
      return search(first, JSON.parse(second) as SearchQuery);
    default:
      return merge(first, second);
  }
}

const [, , mode = '', ...told] = process.argv;
if (mode === 'measure') process.stdout.write(JSON.stringify(await measured(told)));
else await report(Number(mode));
