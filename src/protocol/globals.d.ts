// The little that browsers and Node share and that the protocol needs. It is declared by hand so that
// neither `document` nor `process` compiles in here; each project resolves the names to its own types.

interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}
