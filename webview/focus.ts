/**
 * Draws, and keeps the keyboard where it was. A control that a new state takes away, such as Stop,
 * would leave the focus nowhere, and the next Tab at the start of the page: it goes to the heading of
 * the part that held the control. A page that has no focus never takes it.
 */
export function drawKeepingFocus(draw: () => void): void {
  const before = document.hasFocus() ? document.activeElement : null;
  const part = before?.closest('section') ?? null;
  draw();
  if (before === null || before === document.body || before.isConnected) return;
  const home = part?.isConnected === true ? part : document;
  home.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
}
