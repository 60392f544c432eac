import type { SamplesByFormat } from '../formatSample.ts';
import { exactly, reads } from '../formatSample.ts';

/** Lines in the formats of `record/formats/container.ts`. */
export const containerSamples: SamplesByFormat = {
  'cri': [
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
  'docker-json': [
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
};
