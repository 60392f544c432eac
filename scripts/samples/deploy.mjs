// The release tool. The cause of everything is one line here.
import { iso, Log } from './log.mjs';
import { chance } from './random.mjs';
import { begin, end, release, rollBack } from './story.mjs';

/** @param {boolean} broken */
export function writeDeploy(broken) {
  const log = new Log(iso);
  const random = chance('deploy');
  for (let time = begin + 30_000; time < end; time += 45_000) {
    log.write(time, `INFO  watch    4 services, 4 as declared, drift none, took ${random.between(210, 480)} ms`);
  }
  for (let time = begin + 60_000; time < end; time += 600_000) {
    log.write(time, `INFO  registry token renewed, valid for 3600 s`);
  }
  const roll = ({ announced, down, up }, from, to, differences, who) => {
    let time = announced;
    const say = (after, text) => {
      time += after;
      log.write(time, text);
    };
    say(0, `INFO  release  orders ${from} -> ${to} requested by ${who}`);
    say(1_900, `INFO  release  image orders:${to} pulled, 214 MB`);
    say(800, `INFO  config   ${differences.length} settings differ`);
    for (const difference of differences) say(12, `INFO  config     ${difference}`);
    say(2_400, 'INFO  release  checks passed: image signature, migrations (0 pending), dry run');
    log.write(down - 200, 'INFO  rollout  stopping orders-1');
    log.write(down + 2_900, `INFO  rollout  starting orders-1 with ${to}`);
    log.write(up + 1_100, 'INFO  rollout  orders-1 ready, health 200');
    log.write(up + 2_000, `INFO  release  orders ${to} done in ${Math.round((up + 2_000 - announced) / 1000)} s`);
  };
  const pool = 'orders.datasource.maximum-pool-size';
  const common = ['orders.export.page-size: 250 -> 500', 'orders.features.gift-notes: false -> true'];
  roll(
    release,
    release.previous,
    release.version,
    broken ? [`${pool}: 50 -> 5`, ...common] : common,
    'mira',
  );
  if (broken) {
    log.write(rollBack.alarm, 'WARN  alarm    orders error rate 96 % over 5 min, limit 2 %, paged on-call');
    const back = ['orders.export.page-size: 500 -> 250', 'orders.features.gift-notes: true -> false'];
    roll(rollBack, release.version, release.previous, [`${pool}: 5 -> 50`, ...back], 'jonas');
    log.write(rollBack.up + 127_000, 'INFO  alarm    orders error rate 0 % over 1 min, alarm cleared');
  }
  return log;
}
