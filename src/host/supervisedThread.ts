import type { Log } from '../engine/base/log.ts';
import type { Failure, RpcOptions } from '../protocol/rpc.ts';

/** A started worker, as far as its client needs it. */
export interface ThreadPort {
  post(message: unknown, transfer: readonly ArrayBuffer[]): void;
  /** Ends the worker; `onExit` follows. */
  terminate(): void;
}

export interface ThreadListeners {
  readonly onMessage: (message: unknown) => void;
  /** Called once, when the worker has ended for whatever reason. */
  readonly onExit: (error: Error | null) => void;
}

/** The end of a channel, as far as supervision needs it. */
interface Channel {
  receive(message: unknown): void;
  close(failure: Failure): void;
}

export interface SupervisedThreadOptions<Peer extends Channel> {
  /** As it begins a sentence: `The analysis engine`. */
  readonly name: string;
  /** What the reader can do when it stopped too often. */
  readonly advice: string;
  readonly start: (listeners: ThreadListeners) => ThreadPort;
  /** Makes the channel to a worker that messages are posted to. */
  readonly connect: (post: RpcOptions<never, never>['post']) => Peer;
  /** It can be asked again after it had stopped; what it knew is gone. */
  readonly onRestart: () => void;
  readonly log: Log;
}

type State<Peer> =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly port: ThreadPort;
      readonly peer: Peer;
      readonly since: number;
    }
  | { readonly kind: 'resting'; readonly timer: ReturnType<typeof setTimeout> }
  | { readonly kind: 'broken' }
  | { readonly kind: 'disposed' };

/** Pauses before a worker is started again, in milliseconds, one per stop in a row; then it rests. */
const pauses = [250, 1_000, 4_000, 15_000] as const;

/** A worker that ran this long, in milliseconds, stopped for a reason of its own: counting starts again. */
const steady = 120_000;

const disposed: Failure = {
  reason: 'disconnected',
  message: 'Faultline was switched off.',
  advice: 'Reload the window to use it again.',
};

/**
 * A worker thread that is started when it is first asked for, supervised, and started again after a
 * crash with growing pauses. Nobody waits for a worker that is gone.
 */
export class SupervisedThread<Peer extends Channel> {
  readonly #options: SupervisedThreadOptions<Peer>;
  #state: State<Peer> = { kind: 'idle' };
  #stopsInARow = 0;

  constructor(options: SupervisedThreadOptions<Peer>) {
    this.#options = options;
  }

  /** True once a worker was asked for and has not ended. */
  get running(): boolean {
    return this.#state.kind === 'running';
  }

  /** The channel to the running worker. Where there is none it is one that refuses with the reason. */
  get peer(): Peer {
    switch (this.#state.kind) {
      case 'running':
        return this.#state.peer;
      case 'idle':
        return this.#start();
      case 'resting':
        return this.#closed(this.#stoppedFailure());
      case 'broken':
        return this.#closed(this.#brokenFailure());
      case 'disposed':
        return this.#closed(disposed);
    }
  }

  /** Starts the worker before anybody asks for something, where it may be started. */
  warmUp(): void {
    if (this.#state.kind === 'idle') this.#start();
  }

  /** Forgets past crashes, so that the next request starts the worker at once. */
  revive(): void {
    if (this.#state.kind !== 'broken' && this.#state.kind !== 'resting') return;
    if (this.#state.kind === 'resting') clearTimeout(this.#state.timer);
    this.#stopsInARow = 0;
    this.#state = { kind: 'idle' };
  }

  dispose(): void {
    const state = this.#state;
    this.#state = { kind: 'disposed' };
    if (state.kind === 'resting') clearTimeout(state.timer);
    if (state.kind !== 'running') return;
    state.peer.close(disposed);
    state.port.terminate();
  }

  #start(): Peer {
    const { connect, log, name, start } = this.#options;
    let port: ThreadPort | null = null;
    const peer = connect((message, transfer) => port?.post(message, transfer));
    port = start({
      onMessage: (message) => {
        peer.receive(message);
      },
      onExit: (error) => {
        this.#stopped(peer, error);
      },
    });
    this.#state = { kind: 'running', port, peer, since: Date.now() };
    log.debug(`${name} was started.`);
    return peer;
  }

  #stopped(peer: Peer, error: Error | null): void {
    const state = this.#state;
    if (state.kind !== 'running' || state.peer !== peer) return;
    this.#options.log.error(`${this.#options.name} stopped.`, error ?? undefined);
    if (Date.now() - state.since > steady) this.#stopsInARow = 0;
    const pause = pauses[this.#stopsInARow];
    this.#stopsInARow++;
    if (pause === undefined) {
      this.#state = { kind: 'broken' };
      peer.close(this.#brokenFailure());
      return;
    }
    const timer = setTimeout(() => {
      this.#state = { kind: 'idle' };
      this.#options.onRestart();
    }, pause);
    this.#state = { kind: 'resting', timer };
    peer.close(this.#stoppedFailure());
  }

  #closed(failure: Failure): Peer {
    const peer = this.#options.connect(() => undefined);
    peer.close(failure);
    return peer;
  }

  #stoppedFailure(): Failure {
    return {
      reason: 'disconnected',
      message: `${this.#options.name} stopped.`,
      advice: 'It starts again by itself in a moment.',
    };
  }

  #brokenFailure(): Failure {
    return {
      reason: 'disconnected',
      message: `${this.#options.name} stopped several times in a row.`,
      advice: this.#options.advice,
    };
  }
}
