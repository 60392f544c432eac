import * as v from 'valibot';
import { EngineError } from '../base/engineError.ts';
import type { Incident } from './incident.ts';
import { incidentShape } from './incidentEvents.ts';

const { entries } = incidentShape;

/** An incident as a person or a script writes it: all but the title may be left out. */
const draftShape = v.object({
  ...v.partial(incidentShape).entries,
  title: v.pipe(entries.title, v.nonEmpty('title: it must say what happened')),
});

/**
 * An incident of what somebody wrote, with the rest left empty.
 * @param otherwise for what was not said: an id of its own, and the present time (ISO 8601)
 * @throws EngineError `invalid-argument`
 */
export function incidentFromDraft(
  draft: unknown,
  otherwise: { readonly id: string; readonly now: string },
): Incident {
  const read = v.safeParse(draftShape, draft);
  if (!read.success) {
    const issue = read.issues[0];
    const where = issue.path?.map(({ key }) => String(key)).join('.') ?? '';
    throw new EngineError(
      'invalid-argument',
      `This is no incident: ${where === '' ? '' : `${where}: `}${issue.message}.`,
      'Give it a title, and lists of words as templates, exceptions and components.',
    );
  }
  const said = read.output;
  return {
    id: said.id ?? otherwise.id,
    savedAt: said.savedAt ?? otherwise.now,
    title: said.title,
    logs: said.logs ?? [],
    templates: said.templates ?? [],
    exceptions: said.exceptions ?? [],
    components: said.components ?? [],
    category: said.category ?? 'unknown',
    rootCause: said.rootCause ?? '',
    resolution: said.resolution ?? '',
    status: said.status ?? 'unconfirmed',
    grade: said.grade ?? null,
    origin: said.origin ?? '',
    merged: said.merged ?? [],
  };
}
