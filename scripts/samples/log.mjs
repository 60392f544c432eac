/** The lines of one log, written in any order and read by time. */
export class Log {
  /** @type {{ time: number, text: string }[]} */
  #lines = [];
  #stamp;

  /** @param {(time: number) => string} stamp How this service writes a time. */
  constructor(stamp) {
    this.#stamp = stamp;
  }

  /** One record; further lines (a stack trace) follow it unstamped. */
  write(time, text, ...further) {
    const stamped = `${this.#stamp(time)} ${text}`;
    this.#lines.push({ time, text: [stamped, ...further].join('\n') });
  }

  toString() {
    // Sorting is stable: lines of one millisecond stay in the order in which they were written.
    const sorted = [...this.#lines].sort((a, b) => a.time - b.time);
    return sorted.map((line) => `${line.text}\n`).join('');
  }
}

/** `2026-03-12 12:03:07.114` */
export const spaced = (time) => new Date(Math.round(time)).toISOString().slice(0, 23).replace('T', ' ');

/** `2026-03-12T12:03:07.114Z` */
export const iso = (time) => new Date(Math.round(time)).toISOString();
