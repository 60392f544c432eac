import type { Row } from '../../src/protocol/viewerApi.ts';
import { count, counted } from '../format.ts';
import { shownText } from './ansi.ts';
import type { MarkIndex } from './markIndex.ts';
import type { Selection } from './selection.ts';

/** Characters of a line that are read out when the cursor comes to it. */
const mostSaid = 300;

/** Says what happens to those who do not see it. */
export class Announcer {
  readonly #element: HTMLElement;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  say(text: string): void {
    this.#element.textContent = text;
  }

  /** Where the cursor is, and what is wrong there; or how much is selected. */
  sayCursor(row: Row, selection: Selection | null, marks: MarkIndex): void {
    const lines =
      selection === null ? 1 : Math.abs(selection.head.line - selection.anchor.line) + 1;
    if (lines > 1) {
      this.say(`${counted(lines, 'line')} selected`);
      return;
    }
    const mark = row.exact ? marks.at(row.line)?.mark : undefined;
    const finding = mark === undefined ? '' : `, ${mark.severity} finding: ${mark.title}`;
    this.say(`Line ${count(row.line)}${finding}. ${shownText(row.text).text.slice(0, mostSaid)}`);
  }
}
