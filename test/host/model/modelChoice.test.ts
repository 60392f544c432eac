import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/host/settings.ts';
import { modelFromSettings, modelLabel } from '../../../src/host/model/modelChoice.ts';

const settings = (set: Readonly<Record<string, unknown>>) => readSettings((name) => set[name]);

describe('the chosen model', () => {
  it('is none by default', () => {
    expect(modelFromSettings(settings({}), null)).toBeNull();
    expect(modelLabel(settings({}))).toBe('offline');
  });

  it('is an endpoint with what was set, and nothing made up', () => {
    const chosen = settings({ 'model.provider': 'ollama', 'model.name': 'llama3.2' });
    expect(modelFromSettings(chosen, null)).toEqual({
      kind: 'endpoint',
      preset: 'ollama',
      baseUrl: null,
      model: 'llama3.2',
      key: null,
      contextTokens: null,
      privacy: null,
    });
    expect(modelLabel(chosen)).toBe('Ollama: llama3.2');
  });

  it('takes address, context and privacy where they are set', () => {
    const chosen = settings({
      'model.provider': 'custom',
      'model.name': 'm',
      'model.url': 'http://127.0.0.1:9/v1',
      'model.contextTokens': 4096,
      'privacy.level': 'templates',
    });
    expect(modelFromSettings(chosen, 'k')).toMatchObject({
      baseUrl: 'http://127.0.0.1:9/v1',
      key: 'k',
      contextTokens: 4096,
      privacy: 'templates',
    });
  });

  it('may be a model of the editor', () => {
    const chosen = settings({ 'model.provider': 'editor', 'model.name': 'copilot-x' });
    expect(modelFromSettings(chosen, null)).toMatchObject({ kind: 'editor', id: 'copilot-x' });
    expect(modelLabel(chosen)).toBe('Editor: copilot-x');
  });
});
