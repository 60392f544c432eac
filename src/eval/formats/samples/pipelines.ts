import type { SamplesByFormat } from '../formatSample.ts';
import { exactly, onSecond, reads } from '../formatSample.ts';

/** Lines in the formats of `record/formats/pipelines.ts`. */
export const pipelinesSamples: SamplesByFormat = {
  'gitlab': [
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
  'gitlab-sections': [
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
  'travis': [
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
  'github-actions': [
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
  'jenkins': [
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
};
