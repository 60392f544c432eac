import { EngineError } from '../base/engineError.ts';
import { createRedactor } from '../privacy/createRedactor.ts';
import { instructionIn } from '../privacy/instructionIn.ts';
import { placeholder } from '../privacy/kinds.ts';
import type { PrivacyLevel } from '../privacy/privacyLevel.ts';
import type { Incident, IncidentQuery } from './incident.ts';

type Signs = Pick<Incident, 'templates' | 'exceptions' | 'components'>;

/** Texts of logs whose clean form is remembered; the same patterns are looked up again and again. */
const mostRemembered = 4000;
const cleaned = new Map<string, string | null>();

/**
 * An incident without what must not be remembered. Texts of a log lose secrets and personal data, and
 * lines that read like an instruction to a model are left out altogether. What a person wrote loses
 * secrets only.
 * @param typed how what a person wrote is redacted
 * @throws EngineError `invalid-argument` where what a person wrote reads like such an instruction
 */
export function cleanIncident(incident: Incident, typed: PrivacyLevel = 'secrets'): Incident {
  for (const text of [incident.title, incident.rootCause, incident.resolution]) {
    const why = instructionIn(text);
    if (why === null) continue;
    throw new EngineError(
      'invalid-argument',
      `The incident is not remembered: its text reads like an instruction to a language model (${why}).`,
      'Say what happened in words of your own.',
    );
  }
  const byHand = createRedactor(typed);
  return {
    ...incident,
    title: byHand.redact(incident.title),
    rootCause: byHand.redact(incident.rootCause),
    resolution: byHand.redact(incident.resolution),
    logs: fromLog(incident.logs),
    ...signs(incident),
  };
}

/** A query in the form in which incidents are stored: only then can the two be the same. */
export function cleanQuery(query: IncidentQuery): IncidentQuery {
  return { ...query, text: fromLog([query.text]).join(''), ...signs(query) };
}

function signs({ templates, exceptions, components }: Signs): Signs {
  return {
    templates: fromLog(templates),
    exceptions: fromLog(exceptions),
    components: fromLog(components),
  };
}

function fromLog(texts: readonly string[]): string[] {
  return [...new Set(texts.map(cleanText).filter((text) => text !== null))];
}

/** A text of a log; null where it reads like an instruction. */
function cleanText(text: string): string | null {
  const known = cleaned.get(text);
  if (known !== undefined) return known;
  // Numbers of placeholders would differ between two logs: they become slots.
  const clean =
    instructionIn(text) === null
      ? createRedactor('personal').redact(text).replaceAll(placeholder, '<*>')
      : null;
  if (cleaned.size >= mostRemembered) cleaned.clear();
  cleaned.set(text, clean);
  return clean;
}
