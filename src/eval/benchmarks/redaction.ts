import { createRedactor } from '../../engine/privacy/createRedactor.ts';
import type { PrivacyLevel } from '../../engine/privacy/privacyLevel.ts';
import type { Benchmark, BenchmarkResult, Row } from '../benchmark.ts';
import { logStyles } from '../faults/allStyles.ts';
import { generateLog } from '../faults/generateLog.ts';
import { mean, row } from '../rows.ts';
import { lookAlikes, plantPersons, showsPerson } from '../secrets/personalData.ts';
import type { PlantedSecret } from '../secrets/plantSecrets.ts';
import { leaks, plantInTools, plantSecrets } from '../secrets/plantSecrets.ts';

/** Messages of each generated style. */
const ordinaryLines = 500;

/** What of planted secrets and personal data is left, and what else is masked. */
export const redaction: Benchmark = {
  name: 'redaction',
  title: 'Masking of planted secrets and personal data',
  dataSet: 'scenarios',
  run: ({ seeds, onProgress }): Promise<BenchmarkResult> => {
    onProgress('secrets');
    const rounds = Array.from({ length: seeds }, (_, index) => index + 1);
    const known = rounds.flatMap(plantSecrets);
    const tools = rounds.flatMap(plantInTools);
    const leaked = { development: leaking(known), other: leaking(tools) };
    const kinds = new Set([...known, ...tools].map(({ kind }) => kind));
    const manners = new Set([...known, ...tools].map(({ carrier }) => carrier));
    onProgress('personal data');
    const people = rounds.flatMap((seed) => plantPersons(seed));
    const found = people.map(
      ({ text, value }) => !showsPerson(createRedactor('personal').redact(text), value),
    );
    const ordinary = logStyles.flatMap((style, seed) =>
      generateLog(style, ordinaryLines, seed + 1).entries.map(({ text, values }) =>
        text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''),
      ),
    );
    const alike = rounds.flatMap(lookAlikes);
    const all = [...known, ...tools].map(({ text }) => text).concat(people.map(({ text }) => text));
    return Promise.resolve({
      rows: [
        row({
          measure: 'planted secrets that are left, in whole or eight characters in a row',
          unit: 'count',
          better: 'less',
          floors: [{ name: 'nothing is masked', value: known.length + tools.length }],
          development: leaked.development.length,
          other: leaked.other.length,
          all: leaked.development.length + leaked.other.length,
          must: 0,
        }),
        row({ measure: 'personal data that is masked', all: share(found) }),
        ...recallRows(
          people.map(({ kind }) => kind),
          found,
        ),
        row({
          measure: 'generated ordinary messages changed, secrets only',
          better: 'less',
          all: changed(ordinary, 'secrets'),
        }),
        row({
          measure: 'look-alikes changed, secrets and personal data',
          better: 'less',
          all: changed(alike, 'personal'),
        }),
        row({
          measure: 'unmasking gives the text back, masking again changes nothing',
          all: share(all.map(isExact)),
          must: 1,
          wholeJudged: true,
        }),
      ],
      notes: [
        `${known.length + tools.length} secrets of ${kinds.size} kinds in ${manners.size} manners of writing. Other: ${new Set(tools.map(({ carrier }) => carrier)).size} manners of particular tools, protocols and languages, written after the finders; at first sight 27 of 57 such manners leaked, and the finders were extended.`,
        ...examples([...leaked.development, ...leaked.other]),
      ],
    });
  },
};

function leaking(planted: readonly PlantedSecret[]): readonly PlantedSecret[] {
  return planted.filter((secret) => leaks(createRedactor('secrets').redact(secret.text), secret));
}

function changed(texts: readonly string[], level: PrivacyLevel): number {
  return share(texts.map((text) => createRedactor(level).redact(text) !== text));
}

function isExact(text: string): boolean {
  const redactor = createRedactor('personal');
  const once = redactor.redact(text);
  return redactor.unmask(once) === text && redactor.redact(once) === once;
}

function share(values: readonly boolean[]): number {
  return mean(values.map(Number));
}

function recallRows(kinds: readonly string[], found: readonly boolean[]): Row[] {
  return [...new Set(kinds)].map((kind) =>
    row({
      measure: `personal data that is masked: ${kind}`,
      all: share(found.filter((_, index) => kinds[index] === kind)),
    }),
  );
}

function examples(leaked: readonly PlantedSecret[]): string[] {
  const names = [...new Set(leaked.map(({ kind, carrier }) => `${kind} in ${carrier}`))];
  return names.length === 0 ? [] : [`Left: ${names.slice(0, 12).join('; ')}.`];
}
