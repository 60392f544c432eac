import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { movedIndex } from '../keyboard.ts';

/** One thing that can be chosen. */
export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
}

/**
 * A button with a menu (ARIA Authoring Practices 1.2, "Menu Button"): opens with Enter, Space or the
 * down arrow, arrows move, Escape and a click elsewhere close, and the focus goes back to the button.
 */
export class MenuButton extends LitElement {
  static override properties = {
    label: { type: String },
    items: { attribute: false },
    opened: { state: true },
  };

  declare label: string;
  declare items: readonly MenuItem[];
  declare private opened: boolean;

  constructor() {
    super();
    this.label = '';
    this.items = [];
    this.opened = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('click', this.#clickedElsewhere);
    this.addEventListener('focusout', this.#left);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('click', this.#clickedElsewhere);
    this.removeEventListener('focusout', this.#left);
  }

  protected override render(): TemplateResult {
    return html`<button
        class="tool"
        type="button"
        aria-haspopup="menu"
        aria-expanded=${this.opened ? 'true' : 'false'}
        @click=${() => {
          this.opened = !this.opened;
        }}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          this.opened = true;
        }}
      >
        ${this.label}<span class="arrow" aria-hidden="true"></span>
      </button>
      ${
        this.opened
          ? html`<div class="menu" role="menu" aria-label=${this.label} @keydown=${this.#moved}>
              ${this.items.map(
                (item) =>
                  html`<button
                    role="menuitem"
                    type="button"
                    tabindex="-1"
                    @click=${() => {
                      this.#close();
                      item.run();
                    }}
                  >
                    ${item.label}
                  </button>`,
              )}
            </div>`
          : nothing
      }`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('opened') && this.opened) this.#entries()[0]?.focus();
  }

  #entries(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  }

  #close(): void {
    this.opened = false;
    this.querySelector('button')?.focus();
  }

  readonly #moved = (event: KeyboardEvent): void => {
    // The menu lies in a toolbar, which would move as well.
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      this.#close();
      return;
    }
    const entries = this.#entries();
    const index = entries.findIndex((entry) => entry === event.target);
    const next = movedIndex(event.key, index, entries.length, 'vertical');
    if (next === null) return;
    event.preventDefault();
    entries[next]?.focus();
  };

  readonly #clickedElsewhere = (event: MouseEvent): void => {
    if (event.target instanceof Node && !this.contains(event.target)) this.opened = false;
  };

  readonly #left = (event: FocusEvent): void => {
    if (event.relatedTarget instanceof Node && !this.contains(event.relatedTarget)) {
      this.opened = false;
    }
  };
}

customElements.define('faultline-menu', MenuButton);
