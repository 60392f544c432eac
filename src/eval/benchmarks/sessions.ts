import { readView } from '../../engine/analysis/readView.ts';
import { scoreLogSessions } from '../../engine/analysis/scoreLogSessions.ts';
import type { LogView } from '../../engine/detect/logView.ts';
import { scoreSessions } from '../../engine/detect/sessionScores.ts';
import type { SessionScore } from '../../engine/detect/sessionScores.ts';
import type { Benchmark, BenchmarkResult, Floor, Row } from '../benchmark.ts';
import type { LabelledSessions } from '../data/labelledSessions.ts';
import { earlySessions, labelledSessions, linesOfSessions } from '../data/labelledSessions.ts';
import { unitFloors } from '../floors.ts';
import { flagging, ranking } from '../metrics/ranking.ts';
import { reliabilityRows } from '../metrics/reliabilityRows.ts';
import { peerFloors } from '../peerFloors.ts';
import { figureOf, row } from '../rows.ts';

/** A labelled session. */
interface Unit {
  readonly id: string;
  readonly label: number;
  /** It starts among the first half of all sessions. */
  readonly early: boolean;
  readonly records: readonly number[];
}

interface Scores {
  readonly ap: number;
  readonly oracle: number;
  readonly automatic: number;
}

export const sessions: Benchmark = {
  name: 'hdfs',
  title: 'Sessions: which ones are anomalous',
  dataSet: 'hdfs_2pct',
  run: async ({ folder, seeds, peers, onProgress }): Promise<BenchmarkResult> => {
    const data = labelledSessions(folder);
    const { anomalous } = data;
    const early = earlySessions(data);
    const view = await readView(data.log, {});
    const units = unitsOf(view, anomalous, early);
    const halves = {
      development: units.filter(({ early }) => early),
      other: units.filter(({ early }) => !early),
      all: units,
    };
    const ofSeeds: Record<keyof typeof halves, Scores[]> = { development: [], other: [], all: [] };
    let first: readonly SessionScore[] = [];
    for (let seed = 1; seed <= seeds; seed += 1) {
      onProgress(`seed ${seed} of ${seeds}`);
      const scores = await scoreSessions(view, { seed });
      if (seed === 1) first = scores;
      for (const half of ['development', 'other', 'all'] as const) {
        ofSeeds[half].push(judge(halves[half], scores));
      }
    }
    const floors = unitFloors(
      view,
      units.map(({ label }) => label),
      units.map(({ records }) => records),
    );
    const { ids = [], peers: others = [] } = peers?.sessions ?? {};
    const beside = peerFloors(
      others,
      ids.map((id) => Number(anomalous.get(id))),
    );
    const measured = (
      measure: string,
      key: keyof Scores,
      rest: { floors: readonly Floor[]; must?: number; stretch?: number },
    ): Row =>
      row({
        measure,
        development: figureOf(ofSeeds.development.map((scores) => scores[key])),
        other: figureOf(ofSeeds.other.map((scores) => scores[key])),
        all: figureOf(ofSeeds.all.map((scores) => scores[key])),
        ...rest,
      });
    onProgress('with good sessions as baseline');
    const taught = judge(halves.other, await withBaseline(data, early));
    const rows = [
      measured('AP', 'ap', { floors: [...floors.ap, ...beside.ap], must: 0.95, stretch: 0.98 }),
      measured('F1, automatic threshold', 'automatic', {
        floors: [...floors.f1, ...beside.automatic],
        must: 0.95,
        stretch: 0.97,
      }),
      measured('F1, best threshold', 'oracle', { floors: [...floors.f1, ...beside.oracle] }),
      row({
        measure: "first half's normal sessions as baseline: F1 on the rest, automatic threshold",
        other: taught.automatic,
        must: 0.96,
        stretch: 0.98,
      }),
      row({ measure: 'the same: AP', other: taught.ap }),
      row({ measure: 'the same: F1, best threshold', other: taught.oracle }),
      ...reliabilityRows(
        'is anomalous',
        judgedSessions(halves.development, first),
        judgedSessions(halves.other, first),
      ),
    ];
    return { rows, notes: notesOf(view, units, first) };
  },
};

function notesOf(view: LogView, units: readonly Unit[], scores: readonly SessionScore[]): string[] {
  const scored = new Set(scores.map(({ id }) => id));
  const missing = units.filter(({ id }) => !scored.has(id)).length;
  const extra = scored.size - (units.length - missing);
  return [
    `${view.records.count} records; sessions found by ${view.sessions.identifier}; ${units.length} labelled, of which ${missing} were not found; ${extra} found that have no label.`,
    'Halves by the start of the session. All sessions are scored together, without labels.',
  ];
}

function unitsOf(
  view: LogView,
  anomalous: ReadonlyMap<string, boolean>,
  early: ReadonlySet<string>,
): Unit[] {
  const { ids, offsets, members } = view.sessions;
  const records = new Map(
    ids.map((id, at) => [id, Array.from(members.subarray(offsets[at], offsets[at + 1]))]),
  );
  return [...anomalous].map(([id, label]) => ({
    id,
    label: Number(label),
    early: early.has(id),
    records: records.get(id) ?? [],
  }));
}

/** A session that was not found counts as one that is not suspected. */
function judge(units: readonly Unit[], scores: readonly SessionScore[]): Scores {
  const byId = new Map(scores.map((score) => [score.id, score]));
  const labels = units.map(({ label }) => label);
  const { ap, oracle } = ranking(
    units.map(({ id }) => byId.get(id)?.score ?? 0),
    labels,
  );
  const flags = units.map(({ id }) => byId.get(id)?.flagged ?? false);
  return { ap, oracle, automatic: flagging(flags, labels).f1 };
}

function judgedSessions(
  units: readonly Unit[],
  scores: readonly SessionScore[],
): { score: number; severity: string; hit: boolean }[] {
  const byId = new Map(scores.map((score) => [score.id, score]));
  return units.map(({ id, label }) => {
    const found = byId.get(id);
    return {
      score: found?.score ?? 0,
      severity: found?.flagged === true ? 'high' : 'low',
      hit: label === 1,
    };
  });
}

/** The rest of the log, with the normal sessions of the first half as the only teachers. */
function withBaseline(data: LabelledSessions, early: ReadonlySet<string>): Promise<SessionScore[]> {
  const good = linesOfSessions(data, (id) => early.has(id) && data.anomalous.get(id) === false);
  const rest = linesOfSessions(data, (id) => !early.has(id));
  return scoreLogSessions(rest, { baseline: [good] });
}
