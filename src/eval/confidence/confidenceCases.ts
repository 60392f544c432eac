import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { AnalysedLog } from '../../engine/explain/analysedLog.ts';
import { confidenceSigns } from '../../engine/explain/confidence.ts';
import type { SignName } from '../../engine/explain/confidenceTable.ts';
import { explainLogs } from '../../engine/explain/explainLogs.ts';
import type { Confidence, Explanation } from '../../engine/explain/explanation.ts';
import { weighLogs } from '../../engine/explain/weighLogs.ts';
import { analyseFolder } from '../data/analyseFolder.ts';
import { readJsonLines, readText } from '../data/files.ts';
import { allScenarios } from '../scenarios/allScenarios.ts';
import { analysedScenario } from '../scenarios/explainScenario.ts';
import { generateScenario, seedOf } from '../scenarios/generateScenario.ts';

/** A report on a case whose answer is known. */
export interface ConfidenceCase {
  /** What belongs together and is left out together where a fit is tried on the rest. */
  readonly family: string;
  readonly half: 'development' | 'other';
  readonly name: string;
  readonly verdict: Explanation['verdict'];
  readonly confidence: Confidence;
  /** What spoke for the cause; null where nothing was found. */
  readonly signs: ReadonlyMap<SignName, number> | null;
  /** Weak signs where nothing was found. */
  readonly weak: number;
  /** Whether the named category, or the named subsystem, is right; of quiet reports, that all is well. */
  readonly right: boolean;
}

/**
 * Every case with a known answer: generated incidents and their twins (as known programs log them, and
 * reworded as the other half), and where they are, jobs of a cluster and injected faults with their
 * fault-free rounds.
 * @param root folder of the data sets; empty where there is none
 */
export async function confidenceCases(
  root: string,
  onProgress: (text: string) => void,
): Promise<readonly ConfidenceCase[]> {
  const has = (name: string): boolean => root !== '' && existsSync(join(root, name));
  return [
    ...(await scenarioCases(onProgress)),
    ...(has('hadoop') ? await jobCases(join(root, 'hadoop'), onProgress) : []),
    ...(has('openstack_fi') ? await faultCases(join(root, 'openstack_fi'), onProgress) : []),
  ];
}

interface Given {
  readonly family: string;
  readonly half: ConfidenceCase['half'];
  readonly name: string;
  readonly analyses: readonly AnalysedLog[];
  readonly baseline?: readonly AnalysedLog[];
  /** Judges a report that names a cause; null where there is none to name. */
  readonly isRight: ((told: Explanation) => boolean) | null;
}

function judged({ family, half, name, analyses, baseline = [], isRight }: Given): ConfidenceCase {
  const input = { analyses, baseline };
  const told = explainLogs(input);
  const { signals, hypotheses, ordered, changes } = weighLogs(input);
  const isQuiet = told.verdict === 'no_incident';
  const signs = confidenceSigns({ hypotheses, ordered, changes, similar: [] });
  return {
    family,
    half,
    name,
    verdict: told.verdict,
    confidence: told.confidence,
    signs: isQuiet ? null : new Map(signs.map((sign) => [sign.name, sign.value])),
    weak: signals.filter(({ weight }) => weight >= 0.2).length,
    right: isQuiet ? isRight === null : (isRight?.(told) ?? false),
  };
}

async function scenarioCases(onProgress: (text: string) => void): Promise<ConfidenceCase[]> {
  const cases: ConfidenceCase[] = [];
  for (const scenario of allScenarios) {
    const family = scenario.category.replace(/\..*/, '');
    for (const [half, form] of [
      ['development', scenario.original],
      ['other', scenario.reworded],
    ] as const) {
      for (const faulty of [true, false]) {
        const name = `${scenario.name}${faulty ? '' : ', twin'}`;
        onProgress(`${name}, ${half}`);
        const made = generateScenario(form, { seed: seedOf(scenario.name), faulty });
        const analyses = await analysedScenario(made);
        const isRight = faulty
          ? (told: Explanation) => told.rootCause.category === scenario.category
          : null;
        cases.push(judged({ family, half, name, analyses, isRight }));
      }
    }
  }
  return cases;
}

/** Categories that stand for each label; timeouts are how a machine that is down shows. */
const jobCategories: Readonly<Record<string, readonly string[]>> = {
  'Disk full': ['resource.disk'],
  'Machine down': ['node.down', 'network.timeout', 'dependency.unavailable'],
  'Network disconnection': ['network.disconnect', 'network.dns', 'network.tls'],
};

async function jobCases(
  folder: string,
  onProgress: (text: string) => void,
): Promise<ConfidenceCase[]> {
  const cases: ConfidenceCase[] = [];
  const lines = readText(join(folder, 'labels.csv')).trim().split('\n').slice(1);
  for (const [index, line] of lines.entries()) {
    const [name = '', , label = ''] = line.split(',');
    onProgress(name);
    const wanted = jobCategories[label];
    cases.push(
      judged({
        family: 'jobs',
        half: index % 2 === 0 ? 'development' : 'other',
        name,
        analyses: await analyseFolder(join(folder, name)),
        isRight:
          wanted === undefined ? null : ({ rootCause }) => wanted.includes(rootCause.category),
      }),
    );
  }
  return cases;
}

async function faultCases(
  folder: string,
  onProgress: (text: string) => void,
): Promise<ConfidenceCase[]> {
  const cases: ConfidenceCase[] = [];
  const labels = readJsonLines<{ campaign: string; test: string }>(join(folder, 'labels.jsonl'));
  for (const [index, { campaign, test }] of labels.entries()) {
    onProgress(`${campaign} ${test}`);
    const faulty = await analyseFolder(join(folder, campaign, test, 'round_1'));
    const good = await analyseFolder(join(folder, campaign, test, 'round_2'));
    const half = index % 2 === 0 ? 'development' : 'other';
    const name = `${campaign} ${test}`;
    const isRight = ({ rootCause }: Explanation): boolean =>
      rootCause.component.toLowerCase().startsWith(campaign.toLowerCase());
    cases.push(
      judged({ family: 'faults', half, name, analyses: faulty, baseline: good, isRight }),
      judged({ family: 'faults', half, name: `${name}, alone`, analyses: faulty, isRight }),
      judged({ family: 'faults', half, name: `${name}, good`, analyses: good, isRight: null }),
    );
  }
  return cases;
}
