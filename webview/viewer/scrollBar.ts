import type { SearchCount } from '../../src/protocol/viewerApi.ts';
import type { MarkIndex } from './markIndex.ts';
import { byteOfThumb, thumbOf, type Seen } from './scrollMath.ts';

/** What the bar asks of the view. */
export interface ScrollBarOptions {
  /** Goes to where the top of the view begins with this byte. */
  readonly onByte: (byte: number) => void;
  readonly onPage: (direction: -1 | 1) => void;
  readonly onLine: (line: number) => void;
  readonly onWheel: (event: WheelEvent) => void;
}

/** Height of a mark in the strip, and how near a click has to come, in pixels. */
const markHeight = 3;
const clickReach = 5;

/** The scroll bar in shares of bytes, and beside it the strip of findings and search results. */
export class ScrollBar {
  readonly bar = document.createElement('div');
  readonly strip = document.createElement('canvas');
  readonly #thumb = document.createElement('div');
  readonly #options: ScrollBarOptions;
  #seen: Seen = { from: 0, to: 0, of: 0 };
  #marks: MarkIndex | null = null;
  #lines = 0;
  #found: SearchCount | null = null;
  #height = 0;
  #drawn: string | null = null;

  constructor(parent: HTMLElement, controls: string, options: ScrollBarOptions) {
    this.#options = options;
    this.bar.className = 'bar';
    this.bar.tabIndex = 0;
    this.bar.setAttribute('role', 'scrollbar');
    this.bar.setAttribute('aria-controls', controls);
    this.bar.setAttribute('aria-orientation', 'vertical');
    this.bar.setAttribute('aria-label', 'Place in the log');
    this.bar.setAttribute('aria-valuemin', '0');
    this.bar.setAttribute('aria-valuemax', '100');
    this.#thumb.className = 'thumb';
    this.bar.append(this.#thumb);
    this.strip.className = 'strip';
    this.strip.setAttribute('aria-hidden', 'true');
    parent.append(this.strip, this.bar);
    this.#listen();
    new ResizeObserver(() => {
      this.#height = this.bar.clientHeight;
      this.showSeen(this.#seen);
      this.#draw();
    }).observe(this.bar);
    // A change of theme is a change of the body's classes and of the root's variables.
    new MutationObserver(() => {
      this.#draw();
    }).observe(document.body, { attributes: true, attributeFilter: ['class'] });
  }

  showSeen(seen: Seen): void {
    this.#seen = seen;
    const thumb = thumbOf(seen, this.#height);
    const drawn = thumb === null ? '' : `${thumb.top.toFixed(1)} ${thumb.height.toFixed(1)}`;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#thumb.hidden = thumb === null;
    if (thumb === null) {
      this.bar.setAttribute('aria-valuenow', '0');
      return;
    }
    this.#thumb.style.height = `${thumb.height}px`;
    this.#thumb.style.transform = `translateY(${thumb.top}px)`;
    const room = Math.max(1, this.#height - thumb.height);
    this.bar.setAttribute('aria-valuenow', String(Math.round((thumb.top / room) * 100)));
  }

  showMarks(marks: MarkIndex, lines: number): void {
    if (marks === this.#marks && lines === this.#lines) return;
    this.#marks = marks;
    this.#lines = lines;
    this.#draw();
  }

  showFound(found: SearchCount | null): void {
    if (found === this.#found) return;
    this.#found = found;
    this.#draw();
  }

  #listen(): void {
    this.bar.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      this.bar.focus();
      const thumb = thumbOf(this.#seen, this.#height);
      if (thumb === null) return;
      const y = event.clientY - this.bar.getBoundingClientRect().top;
      if (y < thumb.top) this.#options.onPage(-1);
      else if (y > thumb.top + thumb.height) this.#options.onPage(1);
      else this.#drag(event, y - thumb.top);
    });
    this.bar.addEventListener('wheel', this.#options.onWheel, { passive: false });
    this.strip.addEventListener('wheel', this.#options.onWheel, { passive: false });
    this.strip.addEventListener('click', (event) => {
      this.#clickStrip(event.clientY - this.strip.getBoundingClientRect().top);
    });
  }

  /** The size of the thumb is that of the beginning: rows differ in length, and it would twitch. */
  #drag({ pointerId }: PointerEvent, grip: number): void {
    const start = this.#seen;
    const thumb = thumbOf(start, this.#height);
    if (thumb === null) return;
    this.bar.setPointerCapture(pointerId);
    this.bar.classList.add('dragged');
    const move = (event: PointerEvent): void => {
      const y = event.clientY - this.bar.getBoundingClientRect().top;
      this.#options.onByte(byteOfThumb(y - grip, thumb, start, this.#height));
    };
    const stop = (): void => {
      this.bar.classList.remove('dragged');
      this.bar.removeEventListener('pointermove', move);
    };
    this.bar.addEventListener('pointermove', move);
    this.bar.addEventListener('lostpointercapture', stop, { once: true });
  }

  #yOfLine(line: number): number {
    return ((line - 1) / Math.max(1, this.#lines)) * this.#height;
  }

  #clickStrip(y: number): void {
    let best: number | null = null;
    for (const line of this.#marks?.firsts ?? []) {
      const distance = Math.abs(this.#yOfLine(line) + markHeight / 2 - y);
      if (distance > clickReach) continue;
      if (best === null || distance < Math.abs(this.#yOfLine(best) + markHeight / 2 - y)) {
        best = line;
      }
    }
    if (best !== null) this.#options.onLine(best);
    else this.#options.onByte(Math.round((y / Math.max(1, this.#height)) * this.#seen.of));
  }

  #draw(): void {
    const ratio = window.devicePixelRatio;
    const width = this.strip.clientWidth;
    this.strip.width = Math.max(1, Math.round(width * ratio));
    this.strip.height = Math.max(1, Math.round(this.#height * ratio));
    const canvas = this.strip.getContext('2d');
    if (canvas === null) return;
    canvas.scale(ratio, ratio);
    const theme = getComputedStyle(document.body);
    const colour = (name: string): string => theme.getPropertyValue(`--vscode-${name}`).trim();
    const paint = (fill: string, x: number, y: number, w: number, h: number): void => {
      if (fill === '') return;
      canvas.fillStyle = fill;
      canvas.fillRect(x, Math.round(y), w, h);
    };
    const half = Math.floor(width / 2);
    const marks = this.#marks?.marks ?? [];
    const repeat = colour('faultline-repeat');
    for (const { repeats } of marks) {
      for (const line of repeats) paint(repeat, 1, this.#yOfLine(line), half, 2);
    }
    for (const severity of ['low', 'medium', 'high'] as const) {
      const fill = colour(severity === 'high' ? 'faultline-high' : 'faultline-medium');
      for (const mark of marks) {
        if (mark.severity !== severity) continue;
        paint(fill, 1, this.#yOfLine(mark.line), half, markHeight);
      }
    }
    const { strip } = this.#found ?? {};
    if (strip === undefined) return;
    const hits = colour('editorOverviewRuler-findMatchForeground');
    const cell = this.#height / strip.length;
    strip.forEach((lines, index) => {
      if (lines > 0) paint(hits, half + 2, index * cell, width - half - 2, Math.max(2, cell));
    });
  }
}
