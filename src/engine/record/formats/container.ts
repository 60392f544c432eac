import type { FormatEntry } from './formatEntry.ts';

/** What container runtimes write around the lines of a program. */
export const containerFormats: readonly FormatEntry[] = [
  {
    name: 'cri',
    writer: 'containerd, CRI-O: files below /var/log/pods',
    fits: ({ columns }) => columns.startsWith('time stream'),
  },
  {
    name: 'docker-json',
    writer: 'the json-file driver of Docker',
    fits: ({ line }) => line.startsWith('{"log":"'),
  },
];
