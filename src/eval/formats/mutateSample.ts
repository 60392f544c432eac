import type { Random } from '../../engine/base/random.ts';
import type { FormatSample } from './formatSample.ts';
import type { SampledFormat } from './sampledFormats.ts';

/** A log of lines as a sample of a format has them, with other words, hosts, days and minutes. */
export interface MutatedLog {
  readonly text: string;
  /** What each record has to be read as, in order. */
  readonly records: readonly FormatSample[];
  /** Records above them: the names of columns. */
  readonly above: number;
  /** What the name of its format begins with: the container around its lines. */
  readonly container: string;
}

/** Formats whose message, or whose component, is what they are known by; a table has its commas quoted. */
const fixedWords = new Set([
  'csv',
  'jenkins',
  'github-actions',
  'gitlab-sections',
  'travis',
  'dotnet',
]);
const fixedSources = new Set([
  ...['openssh', 'haproxy', 'hadoop', 'hdfs', 'kafka', 'caddy', 'bgl', 'gitlab-sections', 'travis'],
]);

/** What containers write in front of lines; they hide nothing where the line states its own time. */
const containers = [
  { name: '', prefix: '' },
  { name: '', prefix: '' },
  { name: 'docker-compose/', prefix: 'web-1  | ' },
  { name: 'kubernetes/', prefix: '[pod/web-7d9f8/app] ' },
] as const;

const words =
  'ready queue order payment lost while after buffer cannot again shard index pending closed worker request session cache'.split(
    ' ',
  );
const hosts = ['web-1', 'mail.example.org', 'gate'] as const;
const otherHosts = ['db07', 'ip-10-0-3-17', 'edge.berlin.example.net', 'NODE-12', 'backup'];

const linesPerLog = [4, 12, 60] as const;

/** Makes a log of a sample of a format; the same seed gives the same one. */
export function mutatedLog(entry: SampledFormat, random: Random): MutatedLog {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const container =
    entry.opening === undefined && isContained(entry) ? pick(containers) : containers[0];
  // The samples of a format differ in what its users may set; a log has it one way.
  const sample = pick(entry.samples);
  const lineEnd = random() < 0.3 ? '\r\n' : '\n';
  const size = pick(linesPerLog);
  const records: FormatSample[] = [];
  const lines: string[] = [];
  if (entry.opening !== undefined) lines.push(...entry.opening.split('\n'));
  for (let count = 0; count < size; count += 1) {
    const mutated = mutatedSample(entry, sample, random);
    records.push(mutated);
    lines.push(...mutated.line.split('\n'));
    if (random() < 0.05) lines.push('\tat org.example.Shop.run(Shop.java:41)');
  }
  return {
    text: lines.map((line) => container.prefix + line + lineEnd).join(''),
    records,
    above: entry.opening === undefined ? 0 : 1,
    container: container.name,
  };
}

/** Lines that are told by their very beginning, and blocks of lines, are not put into containers. */
function isContained({ name }: SampledFormat): boolean {
  return !['cri', 'docker-json', 'journald-export', 'logcat-long', 'bgl', 'hpc'].includes(name);
}

function mutatedSample(entry: SampledFormat, sample: FormatSample, random: Random): FormatSample {
  let mutated = sample;
  if (!fixedWords.has(entry.name)) mutated = otherWords(mutated, random);
  if (!fixedSources.has(entry.name)) mutated = otherSource(mutated, random);
  mutated = otherHost(mutated, random);
  return otherTime(mutated, random);
}

/** Another message, where it is a sentence that says nothing about its format. */
function otherWords(sample: FormatSample, random: Random): FormatSample {
  const { line, message } = sample;
  const at = line.lastIndexOf(message);
  const isSentence = /^[A-Za-z][a-z]* [A-Za-z0-9 ,.]+$/.test(message);
  if (at < 0 || message.length === line.length || !isSentence) return sample;
  const other = sentence(random);
  return {
    ...sample,
    line: line.slice(0, at) + other + line.slice(at + message.length),
    message: other,
  };
}

/** What programs say: words with numbers, paths, pairs, names and marks between them. */
function sentence(random: Random): string {
  const word = (): string => words[Math.floor(random() * words.length)]!;
  const number = (): number => Math.floor(random() * 5000);
  const forms = [
    () => `${word()} ${word()} ${word()} ${number()}`,
    () => `${word()} took ${number()} ms (${word()}=${number()})`,
    () => `cannot open /srv/${word()}/${number()}.db, ${word()} it`,
    () => `user=${word()} ${word()}=${number()} ${word()}`,
    () => `${word()} ${number()} of ${number()} is ${word()}, 7% ${word()}`,
    () => `${word()} -> ${word()} after 12.5s`,
    () => `the ${word()} at 10.0.0.${number() % 250}:8080 is ${word()}`,
    () => `GET /${word()}/${number()} ${word()}`,
    () => `${word()} since 2023-11-02 by ${word()}-${number()}`,
    () => `id ${number()}: ${word()} ${word()}`,
  ];
  return forms[Math.floor(random() * forms.length)]!();
}

/** Long runs of small letters in the component become others of the same length. */
function otherSource(sample: FormatSample, random: Random): FormatSample {
  const { line, source } = sample;
  const isName = /^[A-Za-z][\w.$:/-]*$/.test(source) && !source.endsWith('.java');
  if (!isName || line.split(source).length !== 2) return sample;
  const other = source.replaceAll(/[a-z]{4,}/g, (run) =>
    Array.from(run, (letter, index) =>
      index === 0 ? letter : 'abcdefghiklmnoprstuw'[Math.floor(random() * 20)],
    ).join(''),
  );
  return { ...sample, line: line.replace(source, other), source: other };
}

function otherHost(sample: FormatSample, random: Random): FormatSample {
  const host = hosts.find((name) => sample.line.split(` ${name} `).length === 2);
  if (host === undefined || sample.message.includes(` ${host} `)) return sample;
  const other = otherHosts[Math.floor(random() * otherHosts.length)]!;
  return { ...sample, line: sample.line.replace(` ${host} `, ` ${other} `) };
}

/** Another day of May and another minute, in whatever way the line writes them. */
function otherTime(sample: FormatSample, random: Random): FormatSample {
  if (sample.time === null || !/(?<!\d)(?:09|9|11):30:12/.test(sample.line)) return sample;
  const minute = 10 + Math.floor(random() * 50);
  const day = 1 + Math.floor(random() * 28);
  const two = String(day).padStart(2, '0');
  const dated = sample.line
    .replaceAll(/(?<=2024[-/.]05[-/.])14/g, two)
    .replaceAll(
      /(?<=[A-Z][a-z]{2} )14(?= [\d:]{8}|, )/g,
      sample.line.includes('May 14,') ? String(day) : String(day).padStart(2, ' '),
    )
    .replaceAll(/14(?=[/ -]May)/g, two)
    .replaceAll(/(?<=\b05[-.])14(?= )/g, two)
    .replaceAll(/(?<=24\/05\/)14(?= )/g, two);
  const line = dated.replaceAll(/(?<=(?<!\d)(?:09|9|11):)30(?=:12)/g, String(minute));
  const moved =
    Date.parse(sample.time) +
    (minute - 30) * 60_000 +
    (dated === sample.line ? 0 : (day - 14) * 86_400_000);
  const moment = new Date(moved).toISOString();
  const message = sample.message.includes('30:12')
    ? line.slice(line.length - (sample.line.length - sample.line.lastIndexOf(sample.message)))
    : sample.message;
  return { ...sample, line, time: moment, message };
}
