/** What another detector says about units (sessions, lines); one entry a seed. */
export interface PeerScores {
  readonly name: string;
  readonly seed: number | null;
  readonly scores: readonly number[];
  /** By the detector's own threshold. */
  readonly flags: readonly boolean[];
}

/** One run of another parser. */
export interface PeerSpeed {
  readonly log: 'hdfs' | 'varied';
  readonly peer: string;
  readonly lines: number;
  readonly seconds: number;
  /** Seconds of all threads. */
  readonly processor: number;
}

/** What bench/peers/main.py writes: other programs on the same data, in the same run. */
export interface Peers {
  readonly versions: Readonly<Record<string, string>>;
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
  /** Peer, system, one template a line. */
  readonly templates: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly speed: readonly PeerSpeed[];
  readonly sessions: { readonly ids: readonly string[]; readonly peers: readonly PeerScores[] };
  readonly lines: { readonly peers: readonly PeerScores[] };
}
