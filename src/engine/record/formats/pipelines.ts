import { cellKind } from '../headerCell.ts';
import type { FormatEntry } from './formatEntry.ts';
import { cutHeader, mostly, often, readBy } from './formatEntry.ts';

/** Consoles of continuous integration. */
export const pipelineFormats: readonly FormatEntry[] = [
  {
    name: 'gitlab',
    writer: 'GitLab CI/CD with FF_TIMESTAMPS',
    fits: (shape) => mostly(shape, /^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z \d\d[OE][ +]?/),
    known: (inferred) => cutHeader(inferred, [cellKind.time, cellKind.word]),
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
  },
  {
    name: 'github-actions',
    writer: 'GitHub Actions, as downloaded',
    fits: (shape) => mostly(shape, /^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{7}Z(?: |$)/),
  },
  {
    name: 'jenkins',
    writer: 'Jenkins with the Timestamper plug-in',
    fits: (shape) =>
      mostly(shape, /^\[\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z\] /) &&
      often(shape, /\] (?:\[Pipeline\]|\+ |Started by )/),
    known: (inferred) => cutHeader(inferred, [cellKind.time]),
  },
];
