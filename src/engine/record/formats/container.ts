import type { FormatEntry } from './formatEntry.ts';
import { exactly, reads } from './formatEntry.ts';

/** What container runtimes write around the lines of a program. */
export const containerFormats: readonly FormatEntry[] = [
  {
    name: 'cri',
    writer: 'containerd, CRI-O: files below /var/log/pods',
    fits: ({ columns }) => columns.startsWith('time stream'),
    samples: [
      reads(
        '2024-05-14T09:30:12.250123456Z stderr F connection to queue lost',
        exactly,
        'unknown',
        '',
        'connection to queue lost',
      ),
      reads(
        '2024-05-14T09:30:12.250123456Z stdout F {"level":"error","msg":"queue is full"}',
        exactly,
        'error',
        '',
        'queue is full',
      ),
      reads(
        '2024-05-14T11:30:12.250123456+02:00 stdout P a line that goes on',
        exactly,
        'unknown',
        '',
        'a line that goes on',
      ),
    ],
  },
  {
    name: 'docker-json',
    writer: 'the json-file driver of Docker',
    fits: ({ line }) => line.startsWith('{"log":"'),
    samples: [
      reads(
        '{"log":"ready to serve\\n","stream":"stdout","time":"2024-05-14T09:30:12.250123456Z"}',
        exactly,
        'unknown',
        '',
        'ready to serve',
      ),
      reads(
        '{"log":"no route\\n","stream":"stderr","time":"2024-05-14T09:30:12.250123456Z"}',
        exactly,
        'unknown',
        '',
        'no route',
      ),
      reads(
        '{"log":"bye\\n","stream":"stdout","attrs":{"tag":"web"},"time":"2024-05-14T09:30:12.250123456Z"}',
        exactly,
        'unknown',
        '',
        'bye',
      ),
    ],
  },
];
