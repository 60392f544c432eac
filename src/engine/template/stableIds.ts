import type { Template, TemplateTable } from './templateTable.ts';

/** A template table whose ids continue those of the table before it. */
export interface StableTemplates {
  readonly table: TemplateTable;
  /** Known templates that read otherwise now, as new messages joined them. */
  readonly changed: readonly number[];
}

const none = 0xffffffff;

/**
 * Gives the templates of a log that has grown the ids that they had before. Patterns that became one
 * keep the first of their ids, the others stand for no record any more; new ones follow. Null where a
 * pattern was taken apart: then nothing that was learned of ids holds.
 *
 * @param kept records that both tables hold unchanged
 */
export function withStableIds(
  before: TemplateTable,
  after: TemplateTable,
  kept: number,
): StableTemplates | null {
  const known = before.templates.length;
  const count = after.templates.length;
  const newOf = new Uint32Array(known).fill(none);
  const idOf = new Uint32Array(count).fill(none);
  let same = known <= count;
  for (let record = 0; record < kept; record += 1) {
    const old = before.ofRecord[record]!;
    const now = after.ofRecord[record]!;
    if (newOf[old] === now) continue;
    if (newOf[old] !== none) return null;
    newOf[old] = now;
    if (old < idOf[now]!) idOf[now] = old;
    if (old !== now) same = false;
  }
  let next = known;
  for (let now = 0; now < count; now += 1) {
    if (idOf[now] !== none) continue;
    if (next !== now) same = false;
    idOf[now] = next;
    next += 1;
  }
  const changed: number[] = [];
  const templates: Template[] = before.templates.map((template) => ({ ...template, count: 0 }));
  for (const template of after.templates) {
    const id = idOf[template.id]!;
    const old = before.templates[id];
    // The same object where nothing changed: what was prepared for it serves again.
    templates[id] = id === template.id ? template : { ...template, id };
    if (old !== undefined && old.text !== template.text) changed.push(id);
  }
  if (same) return { table: after, changed };
  const ofRecord = after.ofRecord.map((now) => idOf[now]!);
  return { table: { ...after, templates, ofRecord }, changed };
}
