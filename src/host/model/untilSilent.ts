import { RpcError } from '../../protocol/rpc.ts';

/**
 * The parts of an answer as they arrive. Ends with a failure where nothing arrives for `patience`
 * milliseconds, also when the source never ends.
 * @throws RpcError `llm-stalled`
 */
export async function* untilSilent<T>(
  parts: AsyncIterable<T>,
  patience: number,
): AsyncGenerator<T, void> {
  const source = parts[Symbol.asyncIterator]();
  for (;;) {
    const next = await withinTime(source.next(), patience);
    if (next.done === true) return;
    yield next.value;
  }
}

async function withinTime<T>(work: Promise<T>, patience: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new RpcError({
          reason: 'llm-stalled',
          message: `The model said nothing for ${Math.round(patience / 1_000)} s.`,
          advice: 'Try again, or choose another model.',
        }),
      );
    }, patience);
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearTimeout(timer);
  }
}
