import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { lines, ordinaryLines } from '../engine/explain/analysedLogs.ts';
import type { ScriptedModel } from '../support/scriptedModel.ts';
import { closedPort, startScriptedModel } from '../support/scriptedModel.ts';
import { buildCli, inFolder, runCli } from './runCli.ts';

const trouble = lines(
  ordinaryLines(120),
  '2026-03-12T12:02:01.000Z ERROR store.Writer - write /var/data/orders.7 for eva@shop.example: no space left on device, token=ghp_0123456789abcdefghijABCDEFGHIJ012345',
  ordinaryLines(60, 130),
);
const answer = JSON.stringify({
  verdict: 'probable',
  summary: 'The volume was full.',
  root_cause: {
    category: 'resource.disk',
    component: 'store.Writer',
    statement: 'The volume of the orders was full.',
    evidence: ['E1'],
  },
});

let server: ScriptedModel;

beforeAll(async () => {
  await buildCli();
  server = await startScriptedModel();
}, 120_000);
afterAll(async () => {
  await server.close();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function explain(...args: readonly string[]): ReturnType<typeof runCli> {
  return inFolder(async (folder) => {
    await writeFile(join(folder, 'bad.log'), trouble);
    return runCli(folder, 'explain', 'bad.log', ...args);
  });
}

const named = () => ['--llm', 'custom:small', '--llm-url', server.url];

describe('faultline explain --llm', () => {
  it('lets the model word the report, and says in one line what was sent', async () => {
    server.play({ answer });
    const run = await explain(...named(), '--json');
    expect(run.status).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      source: 'llm:custom/small',
      summary: 'The volume was full.',
      coverage: { provider: `Model at 127.0.0.1:${server.port}` },
    });
    expect(run.stderr).toMatch(
      /^faultline: sent 1 line of the logs \([\d,]+ tokens, 1 value masked\) to Model at 127\.0\.0\.1:\d+\.\n$/,
    );
    expect(JSON.stringify(server.requests.at(-1)?.body)).not.toContain('ghp_');
  });

  it('shows what would be sent, and sends nothing', async () => {
    const before = server.requests.length;
    const run = await explain(
      ...named(),
      '--show-prompt',
      '--privacy',
      'personal',
      '--question',
      'Which volume?',
    );
    expect(run.status).toBe(0);
    expect(run.stdout).toContain('Nothing was sent.');
    expect(run.stdout).toContain('===== system');
    expect(run.stdout).toContain('Question: Which volume?');
    expect(run.stdout).not.toMatch(/eva@|ghp_/);
    expect(server.requests).toHaveLength(before);
  });

  it('takes the key from the environment and prints the offline report when it is wrong', async () => {
    vi.stubEnv('FAULTLINE_LLM_KEY', 'sk-wrong-4711-key');
    server.play({ key: 'the-right-one' });
    const run = await explain(...named());
    expect(run.status).toBe(0);
    expect(run.stdout).toContain('does not accept the key');
    expect(run.stdout).toContain('Offline explanation');
    expect(run.stdout + run.stderr).not.toContain('4711');
    expect(server.requests.at(-1)?.headers['authorization']).toBe('Bearer sk-wrong-4711-key');
  });

  it('prints the offline report when nobody is there', async () => {
    const port = await closedPort();
    const run = await explain(
      '--llm',
      'ollama:llama3.2:3b',
      '--llm-url',
      `http://localhost:${port}/v1`,
    );
    expect(run.status).toBe(0);
    expect(run.stderr).toBe('');
    expect(run.stdout).toContain('ollama/llama3.2:3b did not answer');
    expect(run.stdout).toContain('Start Ollama');
  });

  it.each([
    [['--llm', 'openai:gpt-5'], 'OPENAI_API_KEY'],
    [['--llm', 'custom:m'], 'no address'],
    [['--llm', 'custom:m', '--llm-url', 'http://logs.example/v1'], 'in the clear'],
    [['--show-prompt'], '--llm'],
    [['--privacy', 'all'], 'secrets, personal, templates'],
    [['--rules', 'gone.yaml'], 'gone.yaml'],
  ])('%j ends with 2 and one line', async (args, words) => {
    vi.stubEnv('OPENAI_API_KEY', '');
    const run = await explain(...args);
    expect(run.status).toBe(2);
    expect(run.stderr).toContain(words);
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

it('faultline explain takes rules of a team', async () => {
  const run = await inFolder(async (folder) => {
    await writeFile(join(folder, 'bad.log'), trouble);
    await writeFile(join(folder, 'mine.yaml'), 'this is no rule');
    return runCli(folder, 'explain', 'bad.log', '--rules', 'mine.yaml', '--mode', 'fast', '--json');
  });
  expect(run.status).toBe(0);
  expect(run.stderr).toContain('mine.yaml');
  expect(JSON.parse(run.stdout)).toMatchObject({ mode: 'fast', source: 'offline' });
});
