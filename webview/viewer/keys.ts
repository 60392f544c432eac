import type { ViewerCommand } from '../../src/protocol/viewerApi.ts';
import { keyAction, type Motion } from './keyMap.ts';

const isMac = navigator.platform.startsWith('Mac');

export interface KeyOptions {
  readonly onMove: (motion: Motion, extend: boolean) => void;
  readonly onScroll: (lines: number) => void;
  readonly onHover: () => void;
  readonly onEscape: () => void;
  readonly onCommand: (command: ViewerCommand) => void;
  /** Whether a key belongs to what has the focus, as the card does, when it moves or scrolls. */
  readonly isOwn: (target: EventTarget | null) => boolean;
}

/** Keys of the page, wherever the focus is in it. */
export class Keys {
  readonly #options: KeyOptions;
  #chord = false;

  constructor(options: KeyOptions) {
    this.#options = options;
    document.addEventListener('keydown', (event) => {
      this.#on(event);
    });
  }

  #on(event: KeyboardEvent): void {
    const { target } = event;
    const action = keyAction(event, isMac, this.#chord);
    if (event.key === 'Control' || event.key === 'Meta' || event.key === 'Shift') return;
    this.#chord = action?.kind === 'chord';
    if (action === null || event.isComposing) return;
    // In the box of the search keys that write and move belong to it.
    const inInput = target instanceof HTMLInputElement;
    const moves = action.kind === 'move' || action.kind === 'scroll';
    if (inInput && (moves || action.kind === 'copy' || action.kind === 'selectAll')) return;
    if (moves && (target instanceof HTMLButtonElement || this.#options.isOwn(target))) return;
    event.preventDefault();
    switch (action.kind) {
      case 'move':
        this.#options.onMove(action.motion, action.extend);
        return;
      case 'scroll':
        this.#options.onScroll(action.lines);
        return;
      case 'chord':
        return;
      case 'hover':
        this.#options.onHover();
        return;
      case 'escape':
        this.#options.onEscape();
        return;
      case 'copy':
      case 'selectAll':
      case 'find':
      case 'findNext':
      case 'findPrevious':
      case 'goToLine':
      case 'nextFinding':
      case 'previousFinding':
      case 'toggleWrap':
        this.#options.onCommand(action.kind);
    }
  }
}
