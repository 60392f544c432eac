import { describe, expect, it } from 'vitest';
import { editorMessages, editorModelFailure } from '../../../src/host/model/editorMessages.ts';

describe('messages for models of the editor', () => {
  it('have no role for instructions: these go first, as the user', () => {
    expect(
      editorMessages([
        { role: 'system', content: 'rules' },
        { role: 'user', content: 'question' },
        { role: 'assistant', content: 'answer' },
      ]),
    ).toEqual([
      { role: 'user', content: 'rules' },
      { role: 'user', content: 'question' },
      { role: 'assistant', content: 'answer' },
    ]);
  });
});

describe('failures of models of the editor', () => {
  const failing = (code: string, message = 'No.'): Error =>
    Object.assign(new Error(message), { code });

  const asked = { aborted: false, asTool: false };

  it('that have no known reason may be that the model fills in no tools', () => {
    const asTool = { ...asked, asTool: true };
    expect(editorModelFailure(failing('other'), asTool).reason).toBe('llm-unusable');
    expect(editorModelFailure(failing('Blocked'), asTool).reason).toBe('llm-limited');
  });

  it('keep their reason', () => {
    expect(editorModelFailure(failing('NoPermissions'), asked).reason).toBe('llm-refused');
    expect(editorModelFailure(failing('NotFound'), asked).reason).toBe('llm-refused');
    expect(editorModelFailure(failing('Blocked'), asked).reason).toBe('llm-limited');
    expect(editorModelFailure(failing('other'), asked).reason).toBe('llm-failed');
    expect(editorModelFailure('odd', asked)).toMatchObject({
      reason: 'llm-failed',
      message: 'odd',
    });
  });

  it('always say what happened and what to do', () => {
    for (const error of [failing('Blocked', ''), failing('', ''), undefined, {}]) {
      const { message, advice } = editorModelFailure(error, asked);
      expect(message).not.toBe('');
      expect(advice).not.toBe('');
    }
  });

  it('are no failure where the reader gave up', () => {
    expect(editorModelFailure(failing('Blocked'), { ...asked, aborted: true }).reason).toBe(
      'aborted',
    );
  });
});
