import { placeholder } from '../privacy/kinds.ts';
import { createRedactor } from '../privacy/createRedactor.ts';
import type { PrivacyLevel } from '../privacy/privacyLevel.ts';
import type { Redactor } from '../privacy/redactor.ts';
import type { Incident, IncidentQuery } from './incident.ts';

/**
 * An incident without what must not be remembered. Texts of a log lose secrets and personal data, and
 * lines that read like an instruction to a model are left out altogether. What a person wrote loses
 * secrets only.
 * @param typed how what a person wrote is redacted
 * @throws EngineError `invalid-argument` where what a person wrote reads like such an instruction
 */
export function cleanIncident(incident: Incident, typed: PrivacyLevel = 'secrets'): Incident {
  const fromLog = createRedactor('personal');
  const byHand = typed === 'personal' ? fromLog : createRedactor(typed);
  return {
    ...incident,
    title: byHand.redact(incident.title),
    rootCause: byHand.redact(incident.rootCause),
    resolution: byHand.redact(incident.resolution),
    logs: incident.logs.map((name) => fromLog.redact(name)),
    ...signs(incident, fromLog),
  };
}

/** A query in the form in which incidents are stored: only then can the two be the same. */
export function cleanQuery(query: IncidentQuery): IncidentQuery {
  const fromLog = createRedactor('personal');
  return { text: fromLog.redact(query.text), ...signs(query, fromLog) };
}

/** What is recognised again. Numbers of placeholders differ between two logs: they become slots. */
function signs(
  { templates, exceptions, components }: Pick<Incident, 'templates' | 'exceptions' | 'components'>,
  redactor: Redactor,
): Pick<Incident, 'templates' | 'exceptions' | 'components'> {
  const cleaned = (texts: readonly string[]): string[] => [
    ...new Set(texts.map((text) => redactor.redact(text).replaceAll(placeholder, '<*>'))),
  ];
  return {
    templates: cleaned(templates),
    exceptions: cleaned(exceptions),
    components: cleaned(components),
  };
}
