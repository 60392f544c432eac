import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/engine/base/random.ts';
import { decodeLog } from '../../../src/engine/record/decodeLog.ts';
import { parseRecords } from '../../../src/engine/record/parseRecords.ts';
import { mineTemplates } from '../../../src/engine/template/mineTemplates.ts';

const random = seededRandom(21);
const below = (bound: number): number => Math.floor(random() * bound);
const pick = (...words: readonly string[]): string => words[below(words.length)]!;
const two = (value: number): string => String(value).padStart(2, '0');
const clock = (): string => `${two(below(24))}:${two(below(60))}:${two(below(60))}`;
const hex = (digits: number): string =>
  Array.from({ length: digits }, () => below(16).toString(16)).join('');

/** A style: how a line begins, and sentences with the template that each must give. */
interface Style {
  readonly header: () => string;
  readonly sentences: readonly (readonly [string, () => string])[];
}

const styles: Record<string, Style> = {
  'a phone': {
    header: () =>
      `20240514-${below(24)}:${below(60)}:${below(60)}:${below(1000)}|${pick('Step_Core', 'Step_Store')}|30002312|`,
    sentences: [
      ['onStepsChanged <*>', () => `onStepsChanged ${below(9999)}`],
      ['flush sensor data', () => 'flush sensor data'],
      ['day details=<*>', () => `day details=${below(9e9)}##${below(9999)}##${below(99_999)}`],
      ['REPORT : <*> <*> <*>', () => `REPORT : ${below(9999)} ${below(9999)} ${below(999)}`],
    ],
  },
  'a desktop': {
    header: () => `Jul  ${1 + below(9)} ${clock()} ${pick('host-10-105', 'laptop')} `,
    sentences: [
      ['AirPort: Link up on <*>', () => `kernel[0]: AirPort: Link up on en${below(2)}`],
      [
        "icon is now in state '<*>'",
        () => `locationd[${80 + below(9)}]: icon is now in state '${pick('Active', 'Inactive')}'`,
      ],
      [
        'Switch<<*>>(<*>)::listen - packet for route = <*>',
        () =>
          `kernel[0]: Switch<${below(2)}>(0x${hex(1)})::listen - packet for route = 0x${hex(2)}`,
      ],
      ['scanner powered On', () => 'sharingd[31]: scanner powered On'],
      ['scanner powered Off', () => 'sharingd[31]: scanner powered Off'],
    ],
  },
  'a cluster': {
    header: () =>
      `- ${1_131_566_461 + below(99_999)} 2005.11.09 dn${below(900)} Nov 9 ${clock()} dn${below(900)}/dn${below(900)} `,
    sentences: [
      [
        'session closed for user root',
        () => `crond(pam_unix)[${below(9999)}]: session closed for user root`,
      ],
      [
        'no answer from any [<*>] datasource',
        () =>
          `/apps/x86/gmetad[1682]: no answer from any [Grid_${pick('A1', 'A2', 'B1', 'C5')}] datasource`,
      ],
      [
        'ACPI: interrupt <*> -> IRQ <*>',
        () => `kernel: ACPI: interrupt 0000:${hex(2)}:${hex(2)}.${below(8)} -> IRQ ${below(250)}`,
      ],
      [
        'accepted key from <*> port <*>',
        () =>
          `sshd[${below(9999)}]: accepted key from ::ffff:10.100.${below(9)}.${below(9)} port ${below(60_000)}`,
      ],
    ],
  },
  'a Java service': {
    header: () => `17/06/09 ${clock()} INFO `,
    sentences: [
      [
        'Running task <*> in stage <*> (TID <*>)',
        () =>
          `executor.Executor: Running task ${below(40)}.0 in stage ${below(9)}.0 (TID ${below(900)})`,
      ],
      [
        'Block <*> stored as values (size <*>, free <*>)',
        () =>
          `storage.MemoryStore: Block broadcast_${below(60)} stored as values (size ${below(90)}.5 ${pick('B', 'KB')}, free ${below(400)}.1 ${pick('KB', 'MB')})`,
      ],
      [
        'Partition <*> not found',
        () => `spark.CacheManager: Partition rdd_${below(9)}_${below(40)} not found`,
      ],
      [
        'Saved output to hdfs://<*>',
        () =>
          `mapred.Committer: Saved output to hdfs://10.10.34.11:9000/t/${below(9)}/_0/task_${below(9e9)}_m_0`,
      ],
    ],
  },
};

describe('logs in the style of', () => {
  it.each(Object.entries(styles))('%s', async (_, { header, sentences }) => {
    const chosen = Array.from({ length: 600 }, () => sentences[below(sentences.length)]!);
    const text = chosen.map(([, say]) => `${header()}${say()}\n`).join('');
    const log = decodeLog('x', new TextEncoder().encode(text));
    const records = await parseRecords(log);
    const { templates, ofRecord } = await mineTemplates(log, records);
    expect(new Set(templates.map((template) => template.text))).toEqual(
      new Set(sentences.map(([template]) => template)),
    );
    expect([...ofRecord].map((id) => templates[id]!.text)).toEqual(
      chosen.map(([template]) => template),
    );
  });
});
