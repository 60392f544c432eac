import type { Floor } from './benchmark.ts';
import { flagging, ranking } from './metrics/ranking.ts';
import { mean } from './rows.ts';

/** What another detector says about units (sessions, lines); one entry a seed. */
interface PeerScores {
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

/** Figures of peers beside the floors of a benchmark; the mean of their seeds. */
export interface PeerFloors {
  readonly ap: readonly Floor[];
  readonly oracle: readonly Floor[];
  readonly automatic: readonly Floor[];
}

/** @param labels 1 for each anomalous unit, in the order of the peers' scores */
export function peerFloors(peers: readonly PeerScores[], labels: readonly number[]): PeerFloors {
  const names = [...new Set(peers.map(({ name }) => name))];
  const of = (judge: (peer: PeerScores) => number): Floor[] =>
    names.map((name) => ({
      name,
      value: mean(peers.filter((peer) => peer.name === name).map(judge)),
    }));
  return {
    ap: of(({ scores }) => ranking(scores, labels).ap),
    oracle: of(({ scores }) => ranking(scores, labels).oracle),
    automatic: of(({ flags }) => flagging(flags, labels).f1),
  };
}
