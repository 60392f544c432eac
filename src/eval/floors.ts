import type { LogView } from '../engine/detect/logView.ts';
import type { Floor } from './benchmark.ts';
import { flagging, ranking } from './metrics/ranking.ts';

/** What asks for no skill, on units that hold records each (a session, a line). */
export interface UnitFloors {
  readonly ap: readonly Floor[];
  readonly f1: readonly Floor[];
}

/**
 * Floors of unsupervised detection: flag everything, flag what holds the first record of a template,
 * rank by the rarest template.
 *
 * @param labels 1 for each unit that is anomalous
 */
export function unitFloors(
  view: LogView,
  labels: readonly number[],
  units: readonly (readonly number[])[],
): UnitFloors {
  const { templates, ofRecord } = view.templates;
  const rarity = units.map((records) =>
    records.reduce((most, record) => Math.max(most, 1 / templates[ofRecord[record]!]!.count), 0),
  );
  const fresh = units.map((records) =>
    records.some((record) => templates[ofRecord[record]!]!.firstRecord === record),
  );
  const rare = ranking(rarity, labels);
  const everything = labels.map(() => true);
  return {
    ap: [
      { name: 'any order', value: labels.reduce((sum, label) => sum + label, 0) / labels.length },
      { name: 'rarity', value: rare.ap },
    ],
    f1: [
      { name: 'flag everything', value: flagging(everything, labels).f1 },
      { name: 'new event', value: flagging(fresh, labels).f1 },
      { name: 'rarity, best threshold', value: rare.oracle },
    ],
  };
}
