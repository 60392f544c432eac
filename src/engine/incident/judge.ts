import type { Grade, Incident } from './incident.ts';

/** Most of each list that a merged incident keeps. */
const mostKept = { templates: 48, exceptions: 32, components: 16, logs: 50 };

/**
 * What a grade of the report makes of the incident that it was saved as: a bullseye confirms the cause
 * that the report named, a wrong one rejects it, the others leave it open. What a person confirmed or
 * corrected before is not undone by a report that missed it.
 */
export function graded(incident: Incident, grade: Grade): Incident {
  if (grade === 'bullseye') return { ...incident, grade, status: 'confirmed' };
  if (incident.status === 'confirmed') return { ...incident, grade };
  return { ...incident, grade, status: grade === 'wrong' ? 'rejected' : 'unconfirmed' };
}

/**
 * One incident of several: the first one's name, with what all of them showed. Where it is not
 * confirmed and another one is, the cause and the fix are the confirmed one's. As recent as the latest.
 */
export function merged(first: Incident, others: readonly Incident[]): Incident {
  const all = [first, ...others];
  const told = all.find(({ status }) => status === 'confirmed') ?? first;
  const resolution = all.map((one) => one.resolution).find((text) => text !== '') ?? '';
  const union = (of: (incident: Incident) => readonly string[], most: number): string[] =>
    [...new Set(all.flatMap(of))].slice(0, most);
  const savedAt = all.map((one) => one.savedAt).reduce((a, b) => (a < b ? b : a));
  return {
    ...first,
    savedAt,
    logs: union(({ logs }) => logs, mostKept.logs),
    templates: union(({ templates }) => templates, mostKept.templates),
    exceptions: union(({ exceptions }) => exceptions, mostKept.exceptions),
    components: union(({ components }) => components, mostKept.components),
    category: told.category,
    rootCause: told.rootCause,
    resolution: told.resolution === '' ? resolution : told.resolution,
    status: told.status,
    grade: told.grade,
    merged: [...new Set(all.flatMap((one) => [...one.merged, one.id]))].filter(
      (id) => id !== first.id,
    ),
  };
}
