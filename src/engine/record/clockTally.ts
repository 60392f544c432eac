import type { TimeUnit } from './readerFormat.ts';
import type { LogClock } from './recordTable.ts';
import type { StatedTime } from './statedTime.ts';
import { timeBasis, timeLayout } from './timestamp.ts';

/** Counts how the times of a log are stated. */
export class ClockTally {
  readonly #ways = new Map<string, { readonly clock: LogClock; count: number }>();
  readonly #offsets = new Set<number>();
  #count = 0;

  add({ basis, layout, isEpoch, zoneStated, zone }: StatedTime): void {
    const key = `${basis} ${isEpoch ? layout : 0} ${zoneStated}`;
    let way = this.#ways.get(key);
    if (way === undefined) {
      const unit = isEpoch ? units[layout] : undefined;
      const clock: LogClock = {
        basis: bases[basis]!,
        zone: zoneStated ? 'stated' : 'assumed-utc',
        ...(unit === undefined ? {} : { unit: { name: unit, share: 1 } }),
      };
      way = { clock, count: 0 };
      this.#ways.set(key, way);
    }
    way.count += 1;
    this.#count += 1;
    if (zoneStated) this.#offsets.add(zone);
  }

  /** The commonest way; null where no time was counted. */
  clock(): LogClock | null {
    const [first] = [...this.#ways.values()].sort((one, other) => other.count - one.count);
    if (first === undefined) return null;
    const { clock, count } = first;
    const [offset] = this.#offsets;
    const oneZone = clock.zone === 'stated' && this.#offsets.size === 1;
    return {
      ...clock,
      ...(oneZone && offset !== undefined ? { offset } : {}),
      ...(clock.unit === undefined ? {} : { unit: { ...clock.unit, share: count / this.#count } }),
    };
  }
}

const bases: Readonly<Record<number, LogClock['basis']>> = {
  [timeBasis.absolute]: 'absolute',
  [timeBasis.noYear]: 'no-year',
  [timeBasis.noDate]: 'no-date',
  [timeBasis.relative]: 'relative',
};

const units: Readonly<Record<number, TimeUnit>> = {
  [timeLayout.epochSeconds]: 's',
  [timeLayout.relativeSeconds]: 's',
  [timeLayout.epochMilliseconds]: 'ms',
  [timeLayout.epochMicroseconds]: 'us',
  [timeLayout.epochNanoseconds]: 'ns',
};
