/**
 * Fits the confidence of explanations on the development half, shows how it holds on families that were
 * left out and on the other half, and prints the table for `confidenceTable.ts`.
 * Usage: npm run bench -- fitConfidence
 */
import { expectedConfidence } from '../../src/engine/explain/confidenceTable.ts';
import type { ConfidenceTable, SignName } from '../../src/engine/explain/confidenceTable.ts';
import type { ConfidenceCase } from '../../src/eval/confidence/confidenceCases.ts';
import { confidenceCases } from '../../src/eval/confidence/confidenceCases.ts';
import { fitTable, probabilityOf, roundedTable } from '../../src/eval/confidence/fitTable.ts';
import { dataFolder } from '../../src/eval/data/files.ts';
import type { Judged } from '../../src/eval/metrics/reliability.ts';
import { brier, calibrationError, coverageAt } from '../../src/eval/metrics/reliability.ts';

const holdings = [0.3, 1, 3, 10, 30];

function fitted(cases: readonly ConfidenceCase[], holding: number): ConfidenceTable {
  return fitTable(
    cases.flatMap(({ signs, right }) => (signs === null ? [] : [{ signs, right }])),
    cases.flatMap(({ signs, weak, right }) => (signs === null ? [{ weak, right }] : [])),
    expectedConfidence,
    holding,
  );
}

function judged(cases: readonly ConfidenceCase[], table: ConfidenceTable): Judged[] {
  return cases.map(({ signs, weak, right }) => {
    const quiet = 1 / (1 + Math.exp(-table.quiet.base - table.quiet.weakSign * weak));
    return { score: signs === null ? quiet : probabilityOf(table, signs), hit: right };
  });
}

function say(name: string, list: readonly Judged[]): void {
  const loss =
    list.reduce((sum, { score, hit }) => sum - Math.log(hit ? score : 1 - score), 0) / list.length;
  console.log(
    `${name}: ${list.length} cases, ECE ${calibrationError(list, 10).toFixed(3)}, Brier ${brier(list).toFixed(3)}, log loss ${loss.toFixed(3)}, coverage at .9 ${coverageAt(list, 0.9).toFixed(2)}`,
  );
}

const cases = await confidenceCases(dataFolder() ?? '', () => undefined);
const development = cases.filter(({ half }) => half === 'development');
const other = cases.filter(({ half }) => half === 'other');
const families = [...new Set(development.map(({ family }) => family))];
for (const family of families) {
  const members = development.filter((each) => each.family === family);
  console.log(`${family}: ${members.length}, right ${members.filter(({ right }) => right).length}`);
}
for (const name of Object.keys(expectedConfidence.signs) as SignName[]) {
  const told = development.filter(({ signs }) => signs !== null);
  const mean = (right: boolean): string => {
    const part = told.filter((each) => each.right === right);
    return (
      part.reduce((sum, { signs }) => sum + (signs?.get(name) ?? 0), 0) / part.length
    ).toFixed(2);
  };
  console.log(`  ${name}: mean ${mean(true)} where right, ${mean(false)} where wrong`);
}
say('as expected, development', judged(development, expectedConfidence));
say('as expected, other', judged(other, expectedConfidence));
for (const holding of holdings) {
  const leftOut = families.flatMap((family) => {
    const table = fitted(
      development.filter((each) => each.family !== family),
      holding,
    );
    return judged(
      development.filter((each) => each.family === family),
      table,
    );
  });
  say(`holding ${holding}, families left out`, leftOut);
  const table = roundedTable(fitted(development, holding));
  say(`holding ${holding}, development`, judged(development, table));
  say(`holding ${holding}, other`, judged(other, table));
  console.log(JSON.stringify(table));
}
