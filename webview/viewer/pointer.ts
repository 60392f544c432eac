import type { Row } from '../../src/protocol/viewerApi.ts';
import type { Cursor } from './cursor.ts';
import type { LogView } from './logView.ts';
import type { RowElement } from './rowElement.ts';
import { selectedIn, wordAround } from './selection.ts';

/** Lines per frame that a selection scrolls when it is dragged over an edge. */
const dragLines = 2;

interface Hit {
  readonly element: RowElement;
  readonly row: Row;
  readonly column: number;
}

/** Where a point of the window is in the log: the nearest row and column. */
export function placeAt(view: LogView, x: number, y: number): Hit | null {
  const element = view.elementAt(y);
  if (!element?.row) return null;
  const { row } = element;
  const caret = document.caretPositionFromPoint(x, y);
  const column = caret === null ? null : element.columnAt(caret.offsetNode, caret.offset);
  if (column !== null) return { element, row, column };
  // Left of the text the line begins, right of it and below the log it ends.
  const start = element.caretRect(0);
  const before = x < start.left || y < start.top;
  return { element, row, column: before ? 0 : element.shown.text.length };
}

/**
 * Selecting with the mouse: press and drag, Shift for the other end, two clicks a word, three a line; a
 * click in the gutter takes the line as well.
 */
export function listenToPointer(
  lines: HTMLElement,
  log: HTMLElement,
  view: LogView,
  cursor: Cursor,
): void {
  const press = (event: PointerEvent, clicks: number): void => {
    const hit = placeAt(view, event.clientX, event.clientY);
    if (hit === null) return;
    const { row, column, element } = hit;
    const inGutter = (event.target as Element | null)?.closest('.gutter') !== null;
    if (event.shiftKey) cursor.put(row, column, true);
    else if (clicks >= 3 || inGutter) cursor.selectRows(row, row);
    else if (clicks === 2) {
      const { from, to } = wordAround(element.shown.text, column);
      cursor.select(row, from, to);
    } else cursor.put(row, column, false);
  };
  let clicks = 0;
  let last = { time: 0, x: 0, y: 0 };
  lines.addEventListener('pointerdown', (event) => {
    // The native scroll bar below the log is outside the client area.
    const inside = event.clientY < log.getBoundingClientRect().top + log.clientHeight;
    if (event.button !== 0 || !inside) return;
    const near = Math.abs(event.clientX - last.x) < 4 && Math.abs(event.clientY - last.y) < 4;
    clicks = near && event.timeStamp - last.time < 500 ? clicks + 1 : 1;
    last = { time: event.timeStamp, x: event.clientX, y: event.clientY };
    press(event, clicks);
    if (clicks === 1) drag(event);
  });
  // The menu is about the line under it, or about the selection where that holds it.
  lines.addEventListener('contextmenu', (event) => {
    const hit = placeAt(view, event.clientX, event.clientY);
    const { selection } = cursor;
    if (hit === null) return;
    const { row, column, element } = hit;
    const inside =
      selection !== null && selectedIn(selection, row, element.shown.text.length) !== null;
    if (!inside) cursor.put(row, column, false);
  });
  // The browser would begin a selection of its own, and take the focus away.
  lines.addEventListener('mousedown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    log.focus({ preventScroll: true });
  });

  const drag = ({ pointerId, clientX, clientY }: PointerEvent): void => {
    log.setPointerCapture(pointerId);
    let at = { x: clientX, y: clientY };
    let timer = 0;
    const extend = (): void => {
      const hit = placeAt(view, at.x, at.y);
      if (hit !== null) cursor.put(hit.row, hit.column, true);
    };
    const tick = (): void => {
      const area = log.getBoundingClientRect();
      const over = at.y < area.top ? -1 : at.y > area.bottom ? 1 : 0;
      timer = over === 0 ? 0 : window.requestAnimationFrame(tick);
      if (over === 0) return;
      view.scrollBy(over * dragLines * view.lineHeight);
      const edge = over < 0 ? area.top + 2 : area.bottom - 2;
      const hit = placeAt(view, at.x, edge);
      if (hit !== null) cursor.put(hit.row, hit.column, true);
    };
    const move = (event: PointerEvent): void => {
      if (Math.abs(event.clientX - at.x) + Math.abs(event.clientY - at.y) < 1) return;
      at = { x: event.clientX, y: event.clientY };
      const area = log.getBoundingClientRect();
      if (at.y >= area.top && at.y <= area.bottom) extend();
      else if (timer === 0) tick();
    };
    log.addEventListener('pointermove', move);
    log.addEventListener(
      'lostpointercapture',
      () => {
        window.cancelAnimationFrame(timer);
        log.removeEventListener('pointermove', move);
      },
      { once: true },
    );
  };
}
