import { describe, expect, it } from 'vitest';
import { untilSilent } from '../../../src/host/model/untilSilent.ts';

async function* parts(pause: () => Promise<void>): AsyncGenerator<string> {
  yield 'The ';
  await pause();
  yield 'disk';
}

describe('untilSilent', () => {
  it('passes on what arrives', async () => {
    const got: string[] = [];
    for await (const part of untilSilent(
      parts(() => Promise.resolve()),
      1_000,
    ))
      got.push(part);
    expect(got).toEqual(['The ', 'disk']);
  });

  it('fails where nothing arrives any more, although the source goes on', async () => {
    const got: string[] = [];
    const reading = async (): Promise<void> => {
      for await (const part of untilSilent(
        parts(() => new Promise(() => undefined)),
        20,
      )) {
        got.push(part);
      }
    };
    await expect(reading()).rejects.toMatchObject({ reason: 'llm-stalled' });
    expect(got).toEqual(['The ']);
  });

  it('passes on a failure of the source', async () => {
    const cut = (): Promise<void> => Promise.reject(new Error('cut'));
    const reading = untilSilent(parts(cut), 1_000);
    expect((await reading.next()).value).toBe('The ');
    await expect(reading.next()).rejects.toThrow('cut');
  });
});
