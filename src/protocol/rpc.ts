import type { ErrorReason } from '../engine/base/engineError.ts';

/** Why a request failed: a reason of the engine, or one of the channel itself. */
export type FailureReason = ErrorReason | 'disconnected' | 'unknown-request' | 'internal';

/** A failure as it crosses a boundary: what happened and what the reader can do. */
export interface Failure {
  readonly reason: FailureReason;
  readonly message: string;
  readonly advice: string;
}

/** A request that failed on the other side, or that this side gave up. */
export class RpcError extends Error {
  readonly reason: FailureReason;
  readonly advice: string;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'RpcError';
    this.reason = failure.reason;
    this.advice = failure.advice;
  }
}

/** Requests and events of one side of a channel. `R` maps a name to its parameters and result. */
export interface Side<R, E> {
  readonly requests: R;
  readonly events: E;
}

export type RequestTable<R> = { [K in keyof R]: { params: unknown; result: unknown } };

/** A side that asks and answers nothing. */
export type SilentSide = Side<Record<string, never>, Record<string, never>>;

/** One function per request; `signal` fires when the asking side cancels or goes away. */
export type Handlers<R extends RequestTable<R>> = {
  readonly [K in keyof R]: (
    params: R[K]['params'],
    signal: AbortSignal,
  ) => R[K]['result'] | Promise<R[K]['result']>;
};

export type EventHandlers<E> = { readonly [K in keyof E]: (payload: E[K]) => void };

/** What a channel needs from its surroundings. */
export interface RpcOptions<
  Own extends Side<RequestTable<Own['requests']>, unknown>,
  Other extends Side<RequestTable<Other['requests']>, unknown>,
> {
  /** Any postMessage: a MessagePort, a Worker, a webview. */
  readonly post: (message: unknown, transfer: readonly ArrayBuffer[]) => void;
  readonly requests: Handlers<Own['requests']>;
  readonly events: EventHandlers<Other['events']>;
  /** Told what nobody waits for: a throwing event handler, a message that makes no sense. */
  readonly onProblem: (message: string, cause?: unknown) => void;
}

type Message =
  | {
      readonly kind: 'request';
      readonly id: number;
      readonly name: string;
      readonly params: unknown;
    }
  | { readonly kind: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: Failure }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'event'; readonly name: string; readonly payload: unknown };

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: RpcError) => void;
  readonly release: () => void;
}

const cancelled: Failure = {
  reason: 'aborted',
  message: 'The request was cancelled.',
  advice: 'Run it again when needed.',
};

/** Buffers to move instead of copy, by the value that holds them. */
const transfers = new WeakMap<object, readonly ArrayBuffer[]>();

/** Marks the buffers of `value` to be moved when it is sent: they are empty here afterwards. */
export function transferring<T extends object>(value: T, buffers: readonly ArrayBuffer[]): T {
  transfers.set(value, buffers);
  return value;
}

/** Keeps reason and advice of an expected failure; everything else is `internal`. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Error) {
    const { reason, advice } = error as Partial<Failure>;
    if (typeof reason === 'string' && typeof advice === 'string') {
      return { reason, message: error.message, advice };
    }
  }
  return {
    reason: 'internal',
    message: error instanceof Error ? error.message : String(error),
    advice: 'See the Faultline output for details.',
  };
}

/**
 * One end of a channel: it asks, answers, cancels and sends events over any postMessage. The transport
 * hands incoming messages to `receive` and says `close` when the other end is gone, so that nobody
 * waits for ever. There are no time limits: an analysis takes as long as it takes, and callers cancel.
 */
export class RpcPeer<
  Own extends Side<RequestTable<Own['requests']>, unknown>,
  Other extends Side<RequestTable<Other['requests']>, unknown>,
> {
  readonly #options: RpcOptions<Own, Other>;
  readonly #pending = new Map<number, Pending>();
  readonly #running = new Map<number, AbortController>();
  #nextId = 1;
  #closed: Failure | null = null;

  constructor(options: RpcOptions<Own, Other>) {
    this.#options = options;
  }

  /**
   * Asks the other side.
   * @throws RpcError with the other side's reason, `aborted` as soon as `signal` fires, `disconnected`
   * after `close`.
   */
  request<K extends keyof Other['requests'] & string>(
    name: K,
    params: Other['requests'][K]['params'],
    signal?: AbortSignal,
  ): Promise<Other['requests'][K]['result']> {
    if (this.#closed !== null) return Promise.reject(new RpcError(this.#closed));
    if (signal?.aborted === true) return Promise.reject(new RpcError(cancelled));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const cancel = (): void => {
        if (!this.#settle(id)) return;
        this.#tryPost({ kind: 'cancel', id });
        reject(new RpcError(cancelled));
      };
      signal?.addEventListener('abort', cancel, { once: true });
      const release = (): void => signal?.removeEventListener('abort', cancel);
      this.#pending.set(id, { resolve, reject, release });
      try {
        this.#post({ kind: 'request', id, name, params }, params);
      } catch (error) {
        this.#settle(id);
        reject(new RpcError(toFailure(error)));
      }
    });
  }

  /** Tells the other side; lost when the channel is closed. */
  emit<K extends keyof Own['events'] & string>(name: K, payload: Own['events'][K]): void {
    if (this.#closed !== null) return;
    try {
      this.#post({ kind: 'event', name, payload }, payload);
    } catch (error) {
      this.#options.onProblem(`The event ${name} could not be sent.`, error);
    }
  }

  /** Takes a message from the transport. What is not a message of this protocol is reported, not thrown. */
  receive(message: unknown): void {
    if (this.#closed !== null) return;
    if (!isMessage(message)) {
      this.#options.onProblem('A message of unknown shape was ignored.');
      return;
    }
    switch (message.kind) {
      case 'request':
        void this.#answer(message.id, message.name, message.params);
        return;
      case 'reply':
        this.#settle(message.id)?.resolve(message.value);
        return;
      case 'failure':
        this.#settle(message.id)?.reject(new RpcError(message.failure));
        return;
      case 'cancel':
        this.#running.get(message.id)?.abort();
        return;
      case 'event':
        this.#deliver(message.name, message.payload);
    }
  }

  /** Ends the channel: pending requests reject with `failure`, running handlers see their signal fire. */
  close(failure: Failure): void {
    if (this.#closed !== null) return;
    this.#closed = failure;
    for (const id of [...this.#pending.keys()]) this.#settle(id)?.reject(new RpcError(failure));
    for (const controller of this.#running.values()) controller.abort();
    this.#running.clear();
  }

  /** Takes a pending request off the list; undefined when it was answered or cancelled before. */
  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.release();
    return pending;
  }

  async #answer(id: number, name: string, params: unknown): Promise<void> {
    const handlers = this.#options.requests as Readonly<
      Record<string, (params: unknown, signal: AbortSignal) => unknown>
    >;
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      if (handler === undefined) {
        throw new RpcError({
          reason: 'unknown-request',
          message: `Nothing answers the request "${name}".`,
          advice: 'Reload the window: two versions of Faultline may be running.',
        });
      }
      const value = await handler(params, controller.signal);
      this.#postUnlessClosed({ kind: 'reply', id, value }, value);
    } catch (error) {
      const failure = toFailure(error);
      if (failure.reason === 'internal')
        this.#options.onProblem(`The request ${name} failed.`, error);
      this.#tryPost({ kind: 'failure', id, failure });
    } finally {
      this.#running.delete(id);
    }
  }

  #deliver(name: string, payload: unknown): void {
    const handlers = this.#options.events as Readonly<Record<string, (payload: unknown) => void>>;
    try {
      if (Object.hasOwn(handlers, name)) handlers[name]?.(payload);
    } catch (error) {
      this.#options.onProblem(`Handling the event ${name} failed.`, error);
    }
  }

  #post(message: Message, carrier: unknown): void {
    const buffers =
      typeof carrier === 'object' && carrier !== null ? transfers.get(carrier) : undefined;
    this.#options.post(message, buffers ?? []);
  }

  #postUnlessClosed(message: Message, carrier: unknown): void {
    if (this.#closed === null) this.#post(message, carrier);
  }

  #tryPost(message: Message): void {
    try {
      this.#postUnlessClosed(message, null);
    } catch (error) {
      this.#options.onProblem(`A ${message.kind} could not be sent.`, error);
    }
  }
}

function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, id, name, failure } = value as Record<string, unknown>;
  switch (kind) {
    case 'event':
      return typeof name === 'string';
    case 'request':
      return typeof id === 'number' && typeof name === 'string';
    case 'failure':
      return typeof id === 'number' && typeof failure === 'object' && failure !== null;
    case 'reply':
    case 'cancel':
      return typeof id === 'number';
    default:
      return false;
  }
}
