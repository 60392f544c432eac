import { describe, expect, it } from 'vitest';
import { keyAction, type Key } from '../../../webview/viewer/keyMap.ts';

function key(name: string, more: Partial<Key> = {}): Key {
  return { key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more };
}

const ctrl = { ctrlKey: true };
const cmd = { metaKey: true };

describe('keys as in the text editor', () => {
  it('move the cursor, and with Shift the end of the selection', () => {
    expect(keyAction(key('ArrowDown'), false, false)).toEqual({
      kind: 'move',
      motion: 'down',
      extend: false,
    });
    expect(keyAction(key('End', { ...ctrl, shiftKey: true }), false, false)).toEqual({
      kind: 'move',
      motion: 'logEnd',
      extend: true,
    });
    expect(keyAction(key('ArrowLeft', ctrl), false, false)).toMatchObject({ motion: 'wordLeft' });
    expect(keyAction(key('ArrowDown', ctrl), false, false)).toEqual({ kind: 'scroll', lines: 1 });
  });

  it('are those of a Mac on a Mac', () => {
    expect(keyAction(key('ArrowDown', cmd), true, false)).toMatchObject({ motion: 'logEnd' });
    expect(keyAction(key('ArrowLeft', cmd), true, false)).toMatchObject({ motion: 'lineStart' });
    expect(keyAction(key('ArrowLeft', { altKey: true }), true, false)).toMatchObject({
      motion: 'wordLeft',
    });
    expect(keyAction(key('f', cmd), true, false)).toEqual({ kind: 'find' });
    expect(keyAction(key('f', ctrl), true, false)).toBeNull();
    expect(keyAction(key('g', cmd), true, false)).toEqual({ kind: 'findNext' });
    expect(keyAction(key('g', ctrl), true, false)).toEqual({ kind: 'goToLine' });
    expect(keyAction(key('Ω', { altKey: true }), true, false)).toEqual({ kind: 'toggleWrap' });
  });

  it('find, copy, select all, and go to lines and findings', () => {
    const kinds = ['f', 'c', 'a', 'g'].map(
      (name) => keyAction(key(name, ctrl), false, false)?.kind,
    );
    expect(kinds).toEqual(['find', 'copy', 'selectAll', 'goToLine']);
    expect(keyAction(key('F3', { shiftKey: true }), false, false)?.kind).toBe('findPrevious');
    expect(keyAction(key('F8'), false, false)?.kind).toBe('nextFinding');
    expect(keyAction(key('z', { altKey: true }), false, false)?.kind).toBe('toggleWrap');
  });

  it('take Ctrl+I as the hover only behind Ctrl+K', () => {
    expect(keyAction(key('k', ctrl), false, false)?.kind).toBe('chord');
    expect(keyAction(key('i', ctrl), false, true)?.kind).toBe('hover');
    expect(keyAction(key('i', ctrl), false, false)).toBeNull();
    expect(keyAction(key('c', ctrl), false, true)).toBeNull();
  });

  it('leave everything else to the page', () => {
    expect(keyAction(key('F1'), false, false)).toBeNull();
    expect(keyAction(key('a'), false, false)).toBeNull();
    expect(keyAction(key('Tab'), false, false)).toBeNull();
    expect(keyAction(key('constructor'), false, false)).toBeNull();
    expect(keyAction(key('p', { ...ctrl, shiftKey: true }), false, false)).toBeNull();
  });
});
