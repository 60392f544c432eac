import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { findDataSet, titleOf } from '../../src/eval/dataSets.ts';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'faultline-sets-'));
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

/** A folder that holds empty files of these names. */
async function folderWith(name: string, ...files: string[]): Promise<string> {
  for (const file of files) {
    const path = join(root, name, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, '');
  }
  return join(root, name);
}

describe('a folder of any name', () => {
  it.each([
    ['hdfs_2pct', ['store.log', 'anomaly_label.csv']],
    ['hdfs_2pct', ['store.log.gz', 'anomaly_label.csv.gz']],
    ['logchunks', ['labels.jsonl', 'logs/a/b/1.log.gz']],
    ['openstack_fi', ['labels.jsonl', 'Nova/Test_1/round_1/api.log', 'Nova/Test_1/round_2/a.log']],
    ['cidiff', ['case/fail.log', 'case/pass.log', 'case/groundtruth']],
    ['hadoop', ['labels.csv', 'job_1/container.log']],
    ['cre', ['labels.tsv', 'one.log']],
    ['loghub_2k', ['Mac/Mac_2k.log', 'Mac/Mac_2k.log_structured.csv']],
    ['plain', ['syslog.log']],
  ])('is known as %s by what lies in it', async (name, files) => {
    const folder = await folderWith(`${name}-${files.length}-${files[0] ?? ''}`, ...files);
    const found = findDataSet(folder);
    expect(found).toEqual({ name, folder });
    if (found !== null && typeof found !== 'string') {
      expect(titleOf(found)).toBe(`${folder} (as ${name})`);
    }
  });

  it('is refused with a reason when nothing fits', async () => {
    expect(findDataSet(await folderWith('other', 'picture.png'))).toContain('layout');
  });
});

describe('a name', () => {
  it('that is none is nothing', () => {
    expect(findDataSet('no-such-set')).toBeNull();
  });

  it('needs no data where logs are generated', () => {
    expect(findDataSet('faults')).toMatchObject({ name: 'faults' });
    expect(findDataSet('scenarios')).toMatchObject({ name: 'scenarios' });
  });
});
