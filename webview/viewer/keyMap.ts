/** What a key does in the log. */
export type KeyAction =
  | { readonly kind: 'move'; readonly motion: Motion; readonly extend: boolean }
  | { readonly kind: 'scroll'; readonly lines: -1 | 1 }
  | {
      readonly kind:
        | 'selectAll'
        | 'copy'
        | 'find'
        | 'findNext'
        | 'findPrevious'
        | 'goToLine'
        | 'nextFinding'
        | 'previousFinding'
        | 'toggleWrap'
        | 'chord'
        | 'hover'
        | 'escape';
    };

/** Where the cursor goes. */
export type Motion =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'wordLeft'
  | 'wordRight'
  | 'pageUp'
  | 'pageDown'
  | 'lineStart'
  | 'lineEnd'
  | 'logStart'
  | 'logEnd';

export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const plainMotions: Readonly<Record<string, Motion>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
  Home: 'lineStart',
  End: 'lineEnd',
};

/** On a Mac the command key with arrows goes to the ends, and option goes by words. */
const macMotions: Readonly<Record<string, Motion>> = {
  ArrowUp: 'logStart',
  ArrowDown: 'logEnd',
  ArrowLeft: 'lineStart',
  ArrowRight: 'lineEnd',
  Home: 'logStart',
  End: 'logEnd',
};

const otherMotions: Readonly<Record<string, Motion>> = {
  ArrowLeft: 'wordLeft',
  ArrowRight: 'wordRight',
  Home: 'logStart',
  End: 'logEnd',
};

const wordMotions: Readonly<Record<string, Motion>> = {
  ArrowLeft: 'wordLeft',
  ArrowRight: 'wordRight',
};

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function motionOf(key: Key, mac: boolean): Motion | undefined {
  const command = mac ? key.metaKey : key.ctrlKey;
  if (command) return own(mac ? macMotions : otherMotions, key.key);
  if (key.altKey) return mac ? own(wordMotions, key.key) : undefined;
  return own(plainMotions, key.key);
}

/** Keys with the command key (Ctrl, on a Mac Cmd). `chord` waits for a second key, as the editor's does. */
function commandOf({ key, shiftKey }: Key, chord: boolean, mac: boolean): KeyAction | null {
  const letter = key.toLowerCase();
  if (chord) return letter === 'i' ? { kind: 'hover' } : null;
  if (letter === 'k') return { kind: 'chord' };
  if (mac && letter === 'g') return { kind: shiftKey ? 'findPrevious' : 'findNext' };
  if (shiftKey) return null;
  if (letter === 'a') return { kind: 'selectAll' };
  if (letter === 'c') return { kind: 'copy' };
  if (letter === 'f') return { kind: 'find' };
  return letter === 'g' ? { kind: 'goToLine' } : null;
}

/**
 * The action of a key, as the text editor has it on this system; null leaves the key to the page.
 * `chord` says that the first key of a pair (Ctrl+K) came before.
 */
export function keyAction(key: Key, mac: boolean, chord: boolean): KeyAction | null {
  const command = mac ? key.metaKey : key.ctrlKey;
  if (key.key === 'Escape') return { kind: 'escape' };
  if (key.key === 'F3') return { kind: key.shiftKey ? 'findPrevious' : 'findNext' };
  if (key.key === 'F8') return { kind: key.shiftKey ? 'previousFinding' : 'nextFinding' };
  if (!command && key.altKey && (key.key.toLowerCase() === 'z' || key.key === '\u03a9')) {
    return { kind: 'toggleWrap' };
  }
  if (!mac && command && !key.shiftKey && key.key === 'ArrowUp')
    return { kind: 'scroll', lines: -1 };
  if (!mac && command && !key.shiftKey && key.key === 'ArrowDown') {
    return { kind: 'scroll', lines: 1 };
  }
  // Control+G is "go to line" on a Mac as well.
  if (mac && key.ctrlKey && key.key.toLowerCase() === 'g') return { kind: 'goToLine' };
  const motion = motionOf(key, mac);
  if (motion !== undefined) return { kind: 'move', motion, extend: key.shiftKey };
  return command && !key.altKey ? commandOf(key, chord, mac) : null;
}
