import { cellKind } from '../headerCell.ts';
import type { FormatEntry } from './formatEntry.ts';
import { cutHeader, exactly, mostly, often, reads } from './formatEntry.ts';

/** Consoles of continuous integration. */
export const pipelineFormats: readonly FormatEntry[] = [
  {
    name: 'github-actions',
    writer: 'GitHub Actions, as downloaded',
    fits: (shape) => mostly(shape, /^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{7}Z(?: |$)/),
    samples: [
      reads(
        '2024-05-14T09:30:12.2501234Z ##[error]Process completed with exit code 1.',
        exactly,
        'error',
        '',
        'Process completed with exit code 1.',
      ),
      reads(
        '2024-05-14T09:30:12.2501234Z ##[group]Run npm ci',
        exactly,
        'unknown',
        '',
        '##[group]Run npm ci',
      ),
      reads(
        '2024-05-14T09:30:12.2501234Z added 7 packages in 2s',
        exactly,
        'unknown',
        '',
        'added 7 packages in 2s',
      ),
    ],
  },
  {
    name: 'jenkins',
    writer: 'Jenkins with the Timestamper plug-in',
    fits: (shape) =>
      mostly(shape, /^\[\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z\] /) &&
      often(shape, /\] (?:\[Pipeline\]|\+ |Started by )/),
    known: (inferred) => cutHeader(inferred, [cellKind.time]),
    samples: [
      reads('[2024-05-14T09:30:12.250Z] [Pipeline] sh', exactly, 'unknown', '', '[Pipeline] sh'),
      reads('[2024-05-14T09:30:12.250Z] + make test', exactly, 'unknown', '', '+ make test'),
      reads(
        '[2024-05-14T09:30:12.250Z] Started by user anna',
        exactly,
        'unknown',
        '',
        'Started by user anna',
      ),
    ],
  },
];
