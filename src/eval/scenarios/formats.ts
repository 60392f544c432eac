import {
  accessStamp,
  clockStamp,
  isoStamp,
  shortStamp,
  spacedStamp,
  syslogStamp,
} from '../faults/stamps.ts';
import type { Level } from './story.ts';

/** An entry as a format writes it: milliseconds since 1970, level, source, text, and a running number. */
export interface Written {
  readonly at: number;
  readonly level: Level;
  readonly source: string;
  readonly text: string;
  readonly number: number;
}

/** Writes one entry; further lines of the text stay as they are, unless the format quotes. */
export type LineFormat = (entry: Written) => string;

const upper = (level: Level): string => (level === 'warn' ? 'WARN' : level.toUpperCase());
const long = (level: Level): string => (level === 'warn' ? 'WARNING' : level.toUpperCase());
const quoted = (text: string): string => JSON.stringify(text);
const pidOf = (number: number): number => 2000 + (number % 7) * 13;

/** PostgreSQL's default `log_line_prefix` with milliseconds. */
export const postgresLine: LineFormat = ({ at, level, source, text, number }) => {
  const word = { debug: 'DEBUG', info: 'LOG', warn: 'WARNING', error: 'ERROR', fatal: 'FATAL' };
  const who = source === '' ? '' : ` ${source}`;
  return `${spacedStamp(at, '.')} UTC [${pidOf(number)}]${who} ${word[level]}:  ${text}`;
};

/** The error log of MySQL 8. */
export const mysqlLine: LineFormat = ({ at, level, source, text, number }) => {
  const word = { debug: 'Note', info: 'Note', warn: 'Warning', error: 'ERROR', fatal: 'ERROR' };
  return `${isoStamp(at).slice(0, 23)}${String(number % 1000).padStart(3, '0')}Z ${number % 90} [${word[level]}] [${source}] [Server] ${text}`;
};

/** Redis, with the role and the sign of the level. */
export const redisLine: LineFormat = ({ at, level, text }) => {
  const [month = '', day = '', clock = ''] = syslogStamp(at).split(/ +/);
  const sign = { debug: '-', info: '*', warn: '#', error: '#', fatal: '#' }[level];
  return `1:M ${day.padStart(2, '0')} ${month} ${isoStamp(at).slice(0, 4)} ${clock}.${isoStamp(at).slice(20, 23)} ${sign} ${text}`;
};

/** Log4j as Kafka ships it: the logger stands at the end. */
export const kafkaLine: LineFormat = ({ at, level, source, text }) => {
  const [first = '', ...rest] = text.split('\n');
  return [`[${spacedStamp(at, ',')}] ${upper(level)} ${first} (${source})`, ...rest].join('\n');
};

/** RabbitMQ 3.9 and later. */
export const rabbitLine: LineFormat = ({ at, level, text, number }) => {
  const word = { debug: 'debug', info: 'info', warn: 'warning', error: 'error', fatal: 'error' };
  return `${spacedStamp(at, '.')}000+00:00 [${word[level]}] <0.${600 + (number % 50)}.0> ${text}`;
};

/** The error log of nginx. */
export const nginxErrorLine: LineFormat = ({ at, level, text, number }) => {
  const word = { debug: 'debug', info: 'notice', warn: 'warn', error: 'error', fatal: 'emerg' };
  const stamp = `${isoStamp(at).slice(0, 10).replaceAll('-', '/')} ${isoStamp(at).slice(11, 19)}`;
  return `${stamp} [${word[level]}] 29#29: ${level === 'error' || level === 'warn' ? `*${1400 + number} ` : ''}${text}`;
};

/** The combined format of web servers; `source` is the client, the text what follows the time. */
export const accessLine: LineFormat = ({ at, source, text }) =>
  `${source} - - [${accessStamp(at)}] ${text}`;

/** klog, as the parts of Kubernetes write. */
export const klogLine: LineFormat = ({ at, level, source, text }) => {
  const letter = { debug: 'I', info: 'I', warn: 'W', error: 'E', fatal: 'F' }[level];
  const iso = isoStamp(at);
  return `${letter}${iso.slice(5, 7)}${iso.slice(8, 10)} ${iso.slice(11, 23)}417    1342 ${source}] ${text}`;
};

/** Events of Kubernetes, a line each; `source` is reason and object. */
export const eventLine: LineFormat = ({ at, level, source, text }) =>
  `${isoStamp(at).slice(0, 19)}Z   ${level === 'info' || level === 'debug' ? 'Normal ' : 'Warning'}   ${source}   ${text}`;

/** logrus, as the Docker daemon writes. */
export const logrusLine: LineFormat = ({ at, level, text }) =>
  `time="${isoStamp(at).slice(0, 23)}417311Z" level=${level === 'warn' ? 'warning' : level} msg=${quoted(text)}`;

/** Syslog of one host; `source` is the program. */
export const syslogLine =
  (host: string): LineFormat =>
  ({ at, source, text }) =>
    text
      .split('\n')
      .map((line) => `${syslogStamp(at)} ${host} ${source}: ${line}`)
      .join('\n');

/** Spring Boot's default pattern. */
export const springLine: LineFormat = ({ at, level, source, text, number }) =>
  `${spacedStamp(at, '.')} ${upper(level === 'fatal' ? 'error' : level).padStart(5)} 1 --- [nio-8080-exec-${(number % 9) + 1}] ${source.padEnd(40)} : ${text}`;

/** Log4j with the thread in brackets. */
export const log4jLine: LineFormat = ({ at, level, source, text }) =>
  `${spacedStamp(at, ',')} ${upper(level).padEnd(5)} [main] ${source} - ${text}`;

/** Hadoop's daemons. */
export const hadoopLine: LineFormat = ({ at, level, source, text }) =>
  `${spacedStamp(at, ',')} ${upper(level)} ${source}: ${text}`;

/** Python's logging with the logger in front of the text. */
export const pythonLine: LineFormat = ({ at, level, source, text }) =>
  `${spacedStamp(at, ',')} ${long(level === 'fatal' ? 'error' : level)} ${source}: ${text}`;

/** Celery's workers. */
export const celeryLine: LineFormat = ({ at, level, source, text, number }) =>
  `[${spacedStamp(at, ',')}: ${long(level)}/ForkPoolWorker-${(number % 4) + 1}] ${source}${text}`;

/** pino: an object a line. */
export const pinoLine: LineFormat = ({ at, level, source, text }) => {
  const [msg = '', ...stack] = text.split('\n');
  const code = { debug: 20, info: 30, warn: 40, error: 50, fatal: 60 }[level];
  const head = `{"level":${code},"time":${at},"pid":17,"hostname":"web-2","name":"${source}"`;
  const trace = stack.length === 0 ? '' : `,"err":{"stack":${quoted(stack.join('\n'))}}`;
  return `${head}${trace},"msg":${quoted(msg)}}`;
};

/** winston's simple format with a time. */
export const winstonLine: LineFormat = ({ at, level, source, text }) =>
  `${isoStamp(at)} [${source}] ${level}: ${text}`;

/** Serilog's console template. */
export const serilogLine: LineFormat = ({ at, level, source, text }) => {
  const word = { debug: 'DBG', info: 'INF', warn: 'WRN', error: 'ERR', fatal: 'FTL' }[level];
  return `${spacedStamp(at, '.')} +00:00 [${word}] ${source}: ${text}`;
};

/** Go's slog as text. */
export const slogLine: LineFormat = ({ at, level, source, text }) => {
  const [msg = '', ...rest] = text.split('\n');
  const head = `time=${isoStamp(at)} level=${upper(level === 'fatal' ? 'error' : level)} component=${source} msg=${quoted(msg)}`;
  return [head, ...rest].join('\n');
};

/** oslo.log, as OpenStack's services write. */
export const osloLine: LineFormat = ({ at, level, source, text, number }) =>
  text
    .split('\n')
    .map(
      (line) =>
        `${spacedStamp(at, '.')} ${pidOf(number)} ${long(level)} ${source} [req-5b1c0e3a-77d4-4b7e-9a55-0c6f6c1f${String(1000 + (number % 9000))} admin admin] ${line}`,
    )
    .join('\n');

/** The log of a runner: a time and the output of the step. */
export const runnerLine: LineFormat = ({ at, text }) =>
  text
    .split('\n')
    .map((line) => `${isoStamp(at).slice(0, 23)}4171Z ${line}`)
    .join('\n');

// From here on: formats that programmers make up.

/** `2024-05-14 09:12:33|WARN|source|text` */
export const pipes: LineFormat = ({ at, level, source, text }) =>
  `${spacedStamp(at, '.').slice(0, 19)}|${upper(level)}|${source}|${text}`;

/** `[09:12:33,123] (source) warn - text` */
export const clockOnly: LineFormat = ({ at, level, source, text }) =>
  `[${clockStamp(at)}] (${source}) ${level} - ${text}`;

/** Objects with other keys than pino's. */
export const jsonLines: LineFormat = ({ at, level, source, text }) =>
  `{"ts":"${isoStamp(at)}","severity":"${long(level)}","unit":"${source}","message":${quoted(text)}}`;

/** Key and value, times in seconds since 1970. */
export const epochPairs: LineFormat = ({ at, level, source, text }) =>
  `ts=${(at / 1000).toFixed(3)} lvl=${level} mod=${source} txt=${quoted(text)}`;

/** `<W> 2024-05-14T09:12:33.123Z source: text` */
export const letters: LineFormat = ({ at, level, source, text }) =>
  `<${level.slice(0, 1).toUpperCase()}> ${isoStamp(at)} ${source}: ${text}`;

/** Tabs between the fields. */
export const tabs: LineFormat = ({ at, level, source, text }) =>
  `${isoStamp(at)}\t${upper(level)}\t${source}\t${text}`;

/** `240514 091233 source WARNING text` */
export const compact: LineFormat = ({ at, level, source, text, number }) =>
  `${shortStamp(at)} ${pidOf(number)} ${long(level)} ${source}: ${text}`;

/** `14/May/2024:09:12:33 +0000 [source] warn: text` */
export const dayFirst: LineFormat = ({ at, level, source, text }) =>
  `${accessStamp(at)} [${source}] ${level}: ${text}`;

/** RFC 5424. */
export const structuredSyslog =
  (host: string): LineFormat =>
  ({ at, level, source, text, number }) => {
    const severity = { debug: 7, info: 6, warn: 4, error: 3, fatal: 2 }[level];
    return `<${8 + severity}>1 ${isoStamp(at)} ${host} ${source} ${pidOf(number)} - - ${text}`;
  };
