import { movedIndex, type Orientation } from '../keyboard.ts';

/**
 * A toolbar or a group of choices: one stop for the Tab key, arrows inside. Its controls are buttons
 * in it, wherever they stand; the tab stop is the chosen one, or the one that was last used.
 */
export class RovingGroup extends HTMLElement {
  #current: HTMLElement | null = null;
  readonly #changed = new MutationObserver(() => {
    this.#arrange();
  });

  connectedCallback(): void {
    this.addEventListener('keydown', this.#moved);
    this.addEventListener('focusin', this.#focused);
    this.#changed.observe(this, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['aria-checked', 'disabled'],
    });
    this.#arrange();
  }

  disconnectedCallback(): void {
    this.removeEventListener('keydown', this.#moved);
    this.removeEventListener('focusin', this.#focused);
    this.#changed.disconnect();
  }

  #controls(): HTMLElement[] {
    return [
      ...this.querySelectorAll<HTMLElement>('button:not([disabled]):not([role^="menuitem"])'),
    ];
  }

  /** Leaves exactly one control in the order of the Tab key. */
  #arrange(): void {
    const controls = this.#controls();
    const chosen = controls.find((control) => control.ariaChecked === 'true');
    const kept = controls.find((control) => control === this.#current);
    const stop = chosen ?? kept ?? controls[0];
    for (const control of controls) control.tabIndex = control === stop ? 0 : -1;
  }

  readonly #focused = (event: FocusEvent): void => {
    const control = this.#controls().find((one) => one === event.target);
    if (control === undefined) return;
    this.#current = control;
    for (const other of this.#controls()) other.tabIndex = other === control ? 0 : -1;
  };

  readonly #moved = (event: KeyboardEvent): void => {
    const controls = this.#controls();
    const index = controls.findIndex((control) => control === event.target);
    if (index < 0) return;
    const orientation: Orientation =
      this.getAttribute('role') === 'radiogroup' ? 'both' : 'horizontal';
    const next = movedIndex(event.key, index, controls.length, orientation);
    if (next === null) return;
    event.preventDefault();
    controls[next]?.focus();
  };
}

customElements.define('faultline-roving', RovingGroup);
