/** In which direction a group of controls lies: which arrow keys move in it. */
export type Orientation = 'horizontal' | 'vertical' | 'both';

const forward = { horizontal: ['ArrowRight'], vertical: ['ArrowDown'] } as const;
const backward = { horizontal: ['ArrowLeft'], vertical: ['ArrowUp'] } as const;

function keys(
  table: Readonly<Record<'horizontal' | 'vertical', readonly string[]>>,
  orientation: Orientation,
): readonly string[] {
  return orientation === 'both' ? [...table.horizontal, ...table.vertical] : table[orientation];
}

/**
 * Where an arrow key, Home or End moves to in a group of `count` controls (ARIA Authoring Practices
 * 1.2, "Keyboard navigation inside components"): round at the ends. Null for every other key, and
 * in an empty group.
 */
export function movedIndex(
  key: string,
  index: number,
  count: number,
  orientation: Orientation,
): number | null {
  if (count === 0) return null;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (keys(forward, orientation).includes(key)) return (index + 1) % count;
  if (keys(backward, orientation).includes(key)) return (index - 1 + count) % count;
  return null;
}

/** What a key does in the box of questions. */
export type BoxAction = 'ask' | 'older' | 'newer' | null;

/**
 * Enter asks and Shift+Enter begins a new line; arrows go through earlier questions from the first
 * and the last line only, so that they still move in a question of several lines. Keys that compose
 * a character (IME) belong to that.
 */
export function boxAction(
  key: { readonly key: string; readonly shiftKey: boolean; readonly isComposing: boolean },
  text: string,
  caret: number,
): BoxAction {
  if (key.isComposing) return null;
  if (key.key === 'Enter') return key.shiftKey ? null : 'ask';
  if (key.shiftKey) return null;
  if (key.key === 'ArrowUp') return text.slice(0, caret).includes('\n') ? null : 'older';
  if (key.key === 'ArrowDown') return text.slice(caret).includes('\n') ? null : 'newer';
  return null;
}
