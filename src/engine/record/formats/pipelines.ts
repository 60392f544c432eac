import { cellKind } from '../headerCell.ts';
import type { FormatEntry } from './formatEntry.ts';
import { cutHeader, exactly, mostly, often, onSecond, readBy, reads } from './formatEntry.ts';

/** Consoles of continuous integration. */
export const pipelineFormats: readonly FormatEntry[] = [
  {
    name: 'gitlab',
    writer: 'GitLab CI/CD with FF_TIMESTAMPS',
    fits: (shape) => mostly(shape, /^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z \d\d[OE][ +]?/),
    known: (inferred) => cutHeader(inferred, [cellKind.time, cellKind.word]),
    samples: [
      reads(
        '2024-05-14T09:30:12.250123Z 00O Running with gitlab-runner 17.0.0',
        exactly,
        'unknown',
        '',
        'Running with gitlab-runner 17.0.0',
      ),
      reads(
        '2024-05-14T09:30:12.250123Z 01E ERROR: Job failed: exit code 1',
        exactly,
        'error',
        '',
        'ERROR: Job failed: exit code 1',
      ),
      reads('2024-05-14T09:30:12.250123Z 00O $ npm test', exactly, 'unknown', '', '$ npm test'),
    ],
  },
  {
    name: 'gitlab-sections',
    writer: 'GitLab CI/CD: the marks of sections',
    fits: readBy('gitlab-sections'),
    pattern: {
      begins: /^section_(?:start|end):\d{10}:/,
      pattern: String.raw`(?<message>section_(?:start|end):(?<time>\d{10}):(?<component>[\w.-]+)(?:\[[^\]]*\])?)`,
      unit: 's',
      marks: true,
    },
    samples: [
      reads(
        'section_start:1715679012:get_sources',
        onSecond,
        'unknown',
        'get_sources',
        'section_start:1715679012:get_sources',
      ),
      reads(
        'section_end:1715679012:step_script',
        onSecond,
        'unknown',
        'step_script',
        'section_end:1715679012:step_script',
      ),
      reads(
        'section_start:1715679012:build[collapsed=true]',
        onSecond,
        'unknown',
        'build',
        'section_start:1715679012:build[collapsed=true]',
      ),
    ],
  },
  {
    name: 'travis',
    writer: 'Travis CI: folds and timers',
    fits: readBy('travis'),
    pattern: {
      begins: /^travis_(?:fold|time):(?:start|end):/,
      pattern: String.raw`(?<message>travis_(?:fold|time):(?:start|end):(?<component>[\w.-]+)(?::start=\d+,finish=(?<time>\d{19}),duration=-?\d+)?)`,
      unit: 'ns',
      marks: true,
    },
    samples: [
      reads(
        'travis_fold:start:worker_info',
        null,
        'unknown',
        'worker_info',
        'travis_fold:start:worker_info',
      ),
      reads(
        'travis_time:end:0af3:start=1715679011250123456,finish=1715679012250123456,duration=1000000000',
        exactly,
        'unknown',
        '',
        'travis_time:end:0af3:start=1715679011250123456,finish=1715679012250123456,duration=1000000000',
      ),
      reads(
        'travis_fold:end:install.npm',
        null,
        'unknown',
        'install.npm',
        'travis_fold:end:install.npm',
      ),
    ],
  },
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
