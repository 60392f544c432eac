import type { Family, Finding, Reason } from '../finding.ts';
import { severityOf } from '../fuse.ts';
import { shortened } from '../build/shortened.ts';
import type { TemplateIds } from './comparedRun.ts';
import type { Drift } from './drift.ts';
import { readablePattern } from './readablePattern.ts';

const families: Readonly<Record<Drift['kind'], Family>> = {
  new: 'baseline',
  gone: 'count',
  'ends early': 'count',
  'more often': 'count',
  'less often': 'count',
  slower: 'gap',
  earlier: 'order',
  later: 'order',
};

/** That a run has changed does not mean that it broke: a drift is never high. */
const mostHarmful = 0.7;

/**
 * A drift as a finding.
 * @param templates how many different messages the good runs have
 */
export function driftFinding(
  path: string,
  ids: TemplateIds,
  drift: Drift,
  templates: number,
): Omit<Finding, 'rank'> {
  const pattern = readablePattern(ids.texts[drift.template]!);
  const reason: Reason = {
    family: families[drift.kind],
    bits: drift.bits,
    text: sentence(drift, pattern),
    observed: drift.observed,
    expected: drift.expected,
    lines: (drift.lines.length === 0 ? [drift.line] : drift.lines.slice(0, 20)).map(oneBased),
  };
  const baseline: Reason = {
    family: 'baseline',
    bits: 0,
    text: 'It is judged against the good run alone.',
    observed: drift.observed,
    expected: drift.expected,
    lines: [drift.line + 1],
  };
  const covered = drift.lines.map(oneBased);
  // Every template of the run is a chance to differ by accident.
  const score = mostHarmful / (1 + 2 ** (Math.log2(1 + templates) - drift.bits));
  return {
    path,
    line: drift.line + 1,
    endLine: drift.line + 1,
    severity: severityOf(score),
    score,
    bits: drift.bits,
    count: Math.max(1, drift.lines.length),
    template: pattern,
    title: shortened(`${titles[drift.kind]}: ${pattern}`, 140),
    reasons: [reason, baseline],
    related: [],
    repeats: covered.slice(1, 1001),
    lines: covered,
  };
}

function oneBased(line: number): number {
  return line + 1;
}

const titles: Readonly<Record<Drift['kind'], string>> = {
  new: 'New against the good run',
  gone: 'Missing against the good run',
  'ends early': 'The run ends early, after',
  'more often': 'More often than in the good run',
  'less often': 'Less often than in the good run',
  slower: 'Slower than in the good run',
  earlier: 'Earlier than in the good run',
  later: 'Later than in the good run',
};

function sentence(drift: Drift, pattern: string): string {
  const quoted = `“${shortened(pattern, 120)}”`;
  switch (drift.kind) {
    case 'new':
      return `No good run says ${quoted}; here it stands ${drift.observed}.`;
    case 'gone':
      return `The good run says ${quoted} ${drift.expected}; here it is missing.`;
    case 'ends early':
      return `The good run goes on with ${drift.expected} after ${quoted}; this one ends.`;
    case 'more often':
    case 'less often':
      return `${quoted} stands here ${drift.observed}, in a good run ${drift.expected}.`;
    case 'slower':
      return `${quoted} comes ${drift.observed} after the message before it; in a good run it takes ${drift.expected}.`;
    case 'earlier':
    case 'later':
      return `${quoted} stands ${drift.observed}.`;
  }
}
