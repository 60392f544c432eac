/** Milliseconds between two words to the extension or two copies of the state. */
const quiet = 250;

/** Calls at most every `quiet` milliseconds, the last time for certain. */
export function calmly(call: () => void): () => void {
  let timer = 0;
  return () => {
    if (timer !== 0) return;
    timer = window.setTimeout(() => {
      timer = 0;
      call();
    }, quiet);
  };
}
