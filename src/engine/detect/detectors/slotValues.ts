import { numberOf, slotColumns } from '../../template/slotValues.ts';
import type { Detector } from '../detector.ts';
import { leastBits, strongest, type Evidence } from '../evidence.ts';
import type { LogView } from '../logView.ts';
import { slotLabel } from '../slotLabel.ts';
import { slotOutliers } from './slotOutliers.ts';

/** Records whose values are read, in all: beyond that every n-th of the commonest templates. */
const valueBudget = 250_000;
const templatesWithValues = 1500;
const slotsPerTemplate = 16;

/** Values that do not fit their slot. */
export const slotValues: Detector = {
  learn: (known) => {
    const evidence = valueEvidence(known);
    return {
      judge: (_view, _events, fromRecord) => evidence.filter((item) => item.record >= fromRecord),
    };
  },
};

function valueEvidence(view: LogView): Evidence[] {
  const { log, records, templates } = view;
  const found: Evidence[] = [];
  const order = templates.templates
    .filter((template) => template.slots.length > 0 && template.count >= 30)
    .sort((a, b) => a.count - b.count)
    .slice(-templatesWithValues);
  const members = membersByTemplate(view);
  let budget = valueBudget;
  for (const [position, template] of order.entries()) {
    // What the rarer templates leave is shared by the commoner ones.
    const share = Math.floor(budget / (order.length - position));
    const stride = Math.max(1, Math.ceil(template.count / Math.max(1000, share)));
    const all = members(template.id);
    const chosen = stride === 1 ? all : all.filter((_, index) => index % stride === 0);
    budget -= chosen.length;
    const columns = slotColumns(log, records, templates, template.id, chosen);
    for (const [slot, values] of columns.slice(0, slotsPerTemplate).entries()) {
      const numbers = Float64Array.from(values, numberOf);
      for (const outlier of slotOutliers(slotLabel(template.text, slot), values, numbers)) {
        if (outlier.bits < leastBits) continue;
        const record = chosen[outlier.index]!;
        found.push({
          family: 'value',
          bits: outlier.bits,
          record,
          shows: [record],
          key: `value:${template.id}:${slot}:${outlier.kind}`,
          strong: false,
          describe: outlier.describe,
        });
      }
    }
  }
  return strongest(found);
}

/** Records of a template, ascending, from one pass over the log. */
function membersByTemplate(view: LogView): (template: number) => Uint32Array {
  const { templates } = view;
  const offsets = new Uint32Array(templates.templates.length + 1);
  for (const template of templates.templates) offsets[template.id + 1] = template.count;
  for (let id = 0; id < templates.templates.length; id += 1) {
    offsets[id + 1] = offsets[id + 1]! + offsets[id]!;
  }
  const next = offsets.slice();
  const members = new Uint32Array(templates.ofRecord.length);
  for (let record = 0; record < members.length; record += 1) {
    const template = templates.ofRecord[record]!;
    members[next[template]!] = record;
    next[template] = next[template]! + 1;
  }
  return (template) => members.subarray(offsets[template], offsets[template + 1]);
}
