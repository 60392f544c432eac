import { headerTail } from '../headerLayout.ts';
import { timeBasis, timeLayout } from '../timestamp.ts';
import type { FormatEntry } from './formatEntry.ts';
import { mostly } from './formatEntry.ts';

/** Logging libraries of programming languages. */
export const programFormats: readonly FormatEntry[] = [
  {
    name: 'spring-boot',
    writer: 'Spring Boot',
    fits: ({ columns }) => columns.startsWith('time level number mark bracket'),
  },
  {
    name: 'python-logging',
    writer: "Python's logging",
    fits: ({ columns, line }) =>
      columns === 'time mark word mark level mark' || isPythonDefault(line),
  },
  {
    name: 'logback',
    writer: 'logback, log4j 2 (%d [%t] %p)',
    fits: ({ columns }) => columns.startsWith('time bracket level'),
  },
  {
    name: 'env-logger',
    writer: 'env_logger of Rust',
    fits: ({ columns, header }) => columns === 'time level' && header.tail === headerTail.close,
  },
  {
    name: 'tracing',
    writer: 'tracing-subscriber of Rust',
    fits: (shape) =>
      mostly(
        shape,
        /^\d{4}-\d\d-\d\dT[\d:.]+Z {1,2}(?:TRACE|DEBUG|INFO|WARN|ERROR) (?:\w+(?:::\w+)+|\w+(?=: )): /,
      ),
  },
  {
    name: 'tomcat',
    writer: 'Apache Tomcat (JULI)',
    fits: (shape) => mostly(shape, /^\d\d-[A-Z][a-z]{2}-\d{4} [\d:.]+ [A-Z]+ \[.*?\] [\w.$]+ /),
  },
  {
    name: 'compact-date',
    writer: 'programs that write dates as 240514',
    fits: ({ header }) => header.timeLayout === timeLayout.compactShort,
  },
  {
    name: 'epoch',
    writer: 'programs that count seconds, milli-, micro- or nanoseconds since 1970',
    fits: ({ header }) =>
      header.timeLayout >= timeLayout.epochSeconds &&
      header.timeLayout <= timeLayout.epochNanoseconds,
  },
  {
    name: 'serilog',
    writer: 'Serilog of .NET',
    fits: (shape) =>
      mostly(
        shape,
        /^(?:\d{4}-\d\d-\d\d [\d:.]+ [+-]\d\d:\d\d |\[[\d:.]+ )\[?(?:VRB|DBG|INF|WRN|ERR|FTL)\] /,
      ),
  },
  {
    name: 'log4j',
    writer: 'log4j and its followers (%d %p [%t] %c)',
    fits: ({ columns }) => /^time( mark)? level( bracket)?( mark)?$/.test(columns),
  },
  {
    name: 'go-std',
    writer: "Go's log",
    fits: ({ header, line }) => header.levelColumn < 0 && /^\d{4}\/\d\d\/\d\d \d\d:/.test(line),
  },
  {
    name: 'dotnet',
    writer: 'the console logger of .NET',
    fits: ({ header, line }) => header.timeLayout === 0 && /^[a-z]{4}: [\w.]+\[\d+\]$/.test(line),
  },
  {
    name: 'level',
    writer: 'build tools and scripts: a level, no time',
    fits: ({ header }) => header.timeLayout === timeLayout.none,
  },
  {
    name: 'clock',
    writer: 'a time of day, no date',
    fits: ({ header }) => header.basis === timeBasis.noDate,
  },
  {
    name: 'time-level',
    writer: 'any log with a time and a level',
    fits: ({ header }) => header.levelColumn >= 0,
  },
  {
    name: 'time',
    writer: 'any log with a time',
    fits: () => true,
  },
];

function isPythonDefault(line: string): boolean {
  return /^(?:DEBUG|INFO|WARNING|ERROR|CRITICAL):[\w.-]+:/.test(line);
}
