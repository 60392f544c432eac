import { describe, expect, it } from 'vitest';
import { boxAction, movedIndex } from '../../webview/keyboard.ts';

describe('arrows in a group of controls', () => {
  it('move along its direction, round at the ends', () => {
    expect(movedIndex('ArrowRight', 2, 3, 'horizontal')).toBe(0);
    expect(movedIndex('ArrowLeft', 0, 3, 'horizontal')).toBe(2);
    expect(movedIndex('ArrowDown', 0, 3, 'vertical')).toBe(1);
    expect(movedIndex('ArrowUp', 0, 3, 'both')).toBe(2);
    expect(movedIndex('Home', 2, 3, 'vertical')).toBe(0);
    expect(movedIndex('End', 0, 3, 'horizontal')).toBe(2);
  });

  it('leave every other key to the page', () => {
    expect(movedIndex('ArrowDown', 0, 3, 'horizontal')).toBeNull();
    expect(movedIndex('ArrowRight', 0, 3, 'vertical')).toBeNull();
    expect(movedIndex('Tab', 0, 3, 'both')).toBeNull();
    expect(movedIndex('Home', 0, 0, 'both')).toBeNull();
  });
});

describe('keys in the box of questions', () => {
  const key = (name: string, more = {}): Parameters<typeof boxAction>[0] => ({
    key: name,
    shiftKey: false,
    isComposing: false,
    ...more,
  });

  it('ask with Enter, begin a line with Shift+Enter, and leave an input method alone', () => {
    expect(boxAction(key('Enter'), 'why?', 4)).toBe('ask');
    expect(boxAction(key('Enter', { shiftKey: true }), 'why?', 4)).toBeNull();
    expect(boxAction(key('Enter', { isComposing: true }), 'なぜ', 2)).toBeNull();
  });

  it('bring back questions from the first and the last line only', () => {
    const text = 'one\ntwo\nthree';
    expect(boxAction(key('ArrowUp'), text, 2)).toBe('older');
    expect(boxAction(key('ArrowUp'), text, 5)).toBeNull();
    expect(boxAction(key('ArrowDown'), text, 5)).toBeNull();
    expect(boxAction(key('ArrowDown'), text, text.length)).toBe('newer');
    expect(boxAction(key('ArrowUp', { shiftKey: true }), text, 0)).toBeNull();
  });
});
