/** Least time between two words about a text that grows, in milliseconds. */
const pause = 100;

/** Calls `act` soon after `tell`, at most once in a tenth of a second; never after `end`. */
export function paced(act: () => void): { tell: () => void; end: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  return {
    tell: () => {
      timer ??= setTimeout(() => {
        timer = null;
        act();
      }, pause);
    },
    end: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
