import type { SourceChange } from '../../engine/source/byteSource.ts';
import type { FollowState } from './followState.ts';

/** What the status bar says about following. */
export interface FollowWords {
  /** With an icon. */
  readonly text: string;
  readonly tooltip: string;
  /** For screen readers. */
  readonly label: string;
}

/**
 * @param lines of the document, the empty one behind the last line end not counted
 * @param notice what happened to the file a moment ago; empty: nothing
 */
export function followWords(
  { on, news }: FollowState,
  lines: number,
  notice: string,
  locale: string,
): FollowWords {
  const count = news === null ? 0 : Math.max(0, lines - news);
  const counted = `${count.toLocaleString(locale)} new line${count === 1 ? '' : 's'}`;
  const mode = on ? 'Following' : 'Paused';
  const added = [...(count > 0 && !on ? [counted] : []), ...(notice === '' ? [] : [notice])];
  const since =
    news === null || count === 0
      ? ''
      : ` New since you looked: ${counted}, from line ${(news + 1).toLocaleString(locale)} on.`;
  const does = on
    ? 'Lines are shown as they are written. Scroll up to pause; select to stop.'
    : 'Paused while you look at earlier lines. Select, or go to the end, to follow again.';
  return {
    text: `${on ? '$(arrow-down)' : '$(debug-pause)'} ${[mode, ...added].join(' · ')}`,
    tooltip: `${does}${since}`,
    label: `Faultline: ${[mode, ...added].join(', ')}.${since}`,
  };
}

/** What happened to the file; empty where nothing needs to be said. */
export function changeWords(change: SourceChange, locale: string): string {
  switch (change.kind) {
    case 'same':
    case 'grew':
      return '';
    case 'truncated':
      return `the file was cut to ${change.to.toLocaleString(locale)} bytes`;
    case 'replaced':
      return 'another file has its name now';
    case 'gone':
      return 'the file was removed or renamed';
    case 'unreadable':
      return change.message;
  }
}
