import { describe, expect, it } from 'vitest';
import { parseRecords } from '../../../src/engine/record/parseRecords.ts';
import { parseText, textLog } from './parseText.ts';

describe('consoles of pipelines', () => {
  it('of GitLab: marks of sections state times and name what they are about', async () => {
    const text = [
      'Running with gitlab-runner 17.0.0',
      'section_start:1715679012:get_sources\r\u001b[0K\u001b[36;1mGetting source\u001b[0;m',
      'Fetching changes with git depth set to 20',
      'ERROR: it cannot be fetched',
      'section_end:1715679014:get_sources\r\u001b[0K',
      'Cleaning up',
    ].join('\n');
    const records = await parseText(`${text}\n`.repeat(6));
    expect(records.slice(0, 6)).toMatchObject([
      { time: null, message: 'Running with gitlab-runner 17.0.0' },
      { time: '2024-05-14T09:30:12.000Z', source: 'get_sources' },
      { time: null },
      { time: null, level: 'error' },
      { time: '2024-05-14T09:30:14.000Z', source: 'get_sources' },
      { time: null, message: 'Cleaning up' },
    ]);
    expect((await parseRecords(textLog(text))).format).toMatchObject({
      name: 'gitlab-sections',
      hasTime: true,
    });
  });

  it('of Travis: marks among lines of every kind', async () => {
    const text = [
      'travis_fold:start:worker_info',
      'Worker information',
      'travis_fold:end:worker_info',
      ...Array.from({ length: 60 }, (_, at) => `[INFO] compiling ${at} of 60`),
      'travis_time:end:0af3:start=1715679011250123456,finish=1715679012250123456,duration=1',
    ];
    const records = await parseText(`${text.join('\n')}\n`);
    expect(records.at(-1)).toMatchObject({ time: '2024-05-14T09:30:12.250Z' });
    expect(records[10]).toMatchObject({ level: 'info', time: null });
    expect((await parseRecords(textLog(text.join('\n')))).format.name).toBe('travis');
  });
});

describe('exports of the journal', () => {
  const entry = (at: number, message: string): string =>
    [
      `__CURSOR=s=7a;i=${at};b=9f`,
      `__REALTIME_TIMESTAMP=17156790${12 + at}250123`,
      '__MONOTONIC_TIMESTAMP=12250123',
      'PRIORITY=3',
      '_PID=4711',
      'SYSLOG_IDENTIFIER=sshd',
      `MESSAGE=${message}`,
      '_COMM=sshd-session',
      '',
      '',
    ].join('\n');

  it('are one record to each entry, with its own fields', async () => {
    const text = Array.from({ length: 30 }, (_, at) => entry(at, `connection ${at} reset`)).join(
      '',
    );
    const records = await parseText(text);
    expect(records).toHaveLength(30);
    expect(records[7]).toMatchObject({
      time: '2024-05-14T09:30:19.250Z',
      level: 'error',
      source: 'sshd',
      message: 'connection 7 reset',
    });
  });

  it('are read on where they grow', async () => {
    const first = await parseText(entry(0, 'a') + entry(1, 'b').slice(0, 40));
    expect(first[1]).toMatchObject({ level: 'unknown' });
    const whole = await parseText(entry(0, 'a') + entry(1, 'b'));
    expect(whole[1]).toMatchObject({ level: 'error', message: 'b' });
  });
});
