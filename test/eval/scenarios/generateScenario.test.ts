import { describe, expect, it } from 'vitest';

import { categories } from '../../../src/engine/explain/explanation.ts';
import { allScenarios } from '../../../src/eval/scenarios/allScenarios.ts';
import type { ScenarioCase } from '../../../src/eval/scenarios/generateScenario.ts';
import { generateScenario, seedOf } from '../../../src/eval/scenarios/generateScenario.ts';
import type { Form, Scenario } from '../../../src/eval/scenarios/scenario.ts';

const forms = (scenario: Scenario): Form[] => [
  scenario.original,
  scenario.reworded,
  scenario.unfamiliar,
];
const made = (scenario: Scenario, form: Form, faulty = true): ScenarioCase =>
  generateScenario(form, { seed: seedOf(scenario.name), faulty });

describe('all incidents', () => {
  it('are at least sixty, with every category a few times', () => {
    expect(allScenarios.length).toBeGreaterThanOrEqual(60);
    for (const category of categories.filter((each) => each !== 'unknown' && each !== 'none')) {
      const count = allScenarios.filter((scenario) => scenario.category === category).length;
      expect(count, category).toBeGreaterThanOrEqual(3);
    }
    expect(new Set(allScenarios.map(({ name }) => name)).size).toBe(allScenarios.length);
  });

  it.each(allScenarios)('$name: every step stands where it is said to stand', (scenario) => {
    for (const form of forms(scenario)) {
      const { logs, gold } = made(scenario, form);
      expect(logs.length).toBeGreaterThanOrEqual(2);
      expect(gold.some(({ isCause }) => isCause)).toBe(true);
      expect(gold.some(({ isCause }) => !isCause)).toBe(true);
      expect(gold).toHaveLength(form.story.filter(({ kind }) => kind === 'say').length);
      for (const { step, at } of gold) {
        expect(at).toHaveLength(form.story[step]!.times);
        for (const { path, line, endLine } of at) {
          const lines = logs.find((log) => log.path === path)!.lines;
          expect(endLine).toBeGreaterThanOrEqual(line);
          const text = lines.slice(line - 1, endLine).join('\n');
          const said = form.story[step]!.say.text.replaceAll(/\{\w+\}/g, '');
          const word = /[a-z]{3,}/i.exec(said)![0];
          expect(text).toContain(word);
        }
      }
    }
  });

  it.each(allScenarios)('$name: the twin lacks the fault and nothing else', (scenario) => {
    for (const form of forms(scenario)) {
      const faulty = made(scenario, form);
      const twin = made(scenario, form, false);
      expect(twin.gold).toEqual([]);
      Object.entries(form.services).forEach(([name, service], index) => {
        const { path, lines } = faulty.logs[index]!;
        const ranges = faulty.gold.flatMap(({ at }) => at.filter((range) => range.path === path));
        const usual = lines.filter(
          (_, at) => !ranges.some(({ line, endLine }) => at + 1 >= line && at + 1 <= endLine),
        );
        const ends = form.story.some(({ file, kind }) => file === name && kind === 'stop');
        if (service.job === null && !ends) expect(twin.logs[index]!.lines).toEqual(usual);
        else expect(twin.logs[index]!.lines).toEqual(expect.arrayContaining(usual));
      });
    }
  });
});

describe('generating', () => {
  const [scenario] = allScenarios;
  const form = scenario!.original;

  it('gives the same logs for the same seed and others for another', () => {
    const one = generateScenario(form, { seed: 5, faulty: true });
    expect(generateScenario(form, { seed: 5, faulty: true })).toEqual(one);
    expect(generateScenario(form, { seed: 6, faulty: true })).not.toEqual(one);
  });

  it('adds traffic but no story when it is noisy', () => {
    const plain = generateScenario(form, { seed: 5, faulty: true });
    const noisy = generateScenario(form, { seed: 5, faulty: true, noise: 10 });
    expect(noisy.logs[0]!.lines.length).toBeGreaterThan(plain.logs[0]!.lines.length * 5);
    expect(noisy.gold.map(({ step, at }) => [step, at.length])).toEqual(
      plain.gold.map(({ step, at }) => [step, at.length]),
    );
  });

  it('shifts the clocks of all files but the first', () => {
    const right = generateScenario(form, { seed: 5, faulty: true });
    const wrong = generateScenario(form, { seed: 5, faulty: true, skewed: true });
    expect(wrong.logs[0]).toEqual(right.logs[0]);
    expect(wrong.logs[1]!.lines).toHaveLength(right.logs[1]!.lines.length);
    expect(wrong.logs[1]!.lines[0]).not.toBe(right.logs[1]!.lines[0]);
  });
});
