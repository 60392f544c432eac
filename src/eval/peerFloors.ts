import type { Floor } from './benchmark.ts';
import { flagging, ranking } from './metrics/ranking.ts';
import type { PeerScores } from './peers.ts';
import { mean } from './rows.ts';

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
