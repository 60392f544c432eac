import type { Category } from '../explanation.ts';
import type { Hit, Role } from './rule.ts';

interface StatusFact {
  readonly category: Category;
  readonly role: Role;
  readonly strength: number;
  readonly says: string;
}

const fact = (category: Category, role: Role, strength: number, says: string): StatusFact => ({
  category,
  role,
  strength,
  says,
});

/** What an HTTP status (RFC 9110, RFC 6585) says about the server that sent it. */
const facts: Readonly<Record<number, StatusFact>> = {
  400: fact('config.invalid', 'symptom', 0.2, 'a request was rejected as malformed'),
  401: fact('auth.denied', 'symptom', 0.3, 'a request was not authenticated'),
  403: fact('auth.denied', 'effect', 0.45, 'a request was forbidden'),
  404: fact('data.missing', 'symptom', 0.15, 'something asked for did not exist'),
  405: fact('config.invalid', 'symptom', 0.25, 'a method was not allowed'),
  408: fact('network.timeout', 'symptom', 0.4, 'a request timed out'),
  409: fact('concurrency', 'symptom', 0.3, 'a request conflicted with the present state'),
  413: fact('resource.quota', 'cause', 0.5, 'a request was too large'),
  422: fact('config.invalid', 'symptom', 0.25, 'a request could not be processed'),
  429: fact('resource.quota', 'cause', 0.75, 'a rate limit was reached'),
  499: fact('network.timeout', 'symptom', 0.4, 'clients gave up waiting'),
  500: fact('code.exception', 'symptom', 0.45, 'requests failed with HTTP 500'),
  502: fact(
    'dependency.unavailable',
    'symptom',
    0.6,
    'an upstream answered wrongly or not at all (HTTP 502)',
  ),
  503: fact('dependency.unavailable', 'symptom', 0.6, 'a service was unavailable (HTTP 503)'),
  504: fact('network.timeout', 'symptom', 0.6, 'an upstream did not answer in time (HTTP 504)'),
  507: fact('resource.disk', 'cause', 0.8, 'a server had no storage left (HTTP 507)'),
};

/**
 * Words directly before a number that make it a status. A bare `503` may be a size, a port or a
 * duration, so a number alone never counts.
 */
const before =
  /(?:http\/[0-9](?:\.[0-9])?"?|\bstatus(?:[ _-]?code)?"?'?|\bhttp(?: error| status| code)?|\bresponse(?: code| status)?|\breturned|\banswered(?: with)?|\bresponded(?: with)?|\bgot|\bcode"?) {0,2}[:=(]? {0,2}"?([1-5][0-9]{2})(?![0-9.]| ?(?:ms|millis|milliseconds|s|secs?|seconds|bytes|kb|mb)\b(?![=:]))/gi;

/** `503 Service Unavailable` and its like, where the reason phrase makes the number certain. */
const after =
  /(?<![0-9.])([45][0-9]{2}):? (?:bad request|unauthorized|forbidden|not found|request timeout|conflict|too many requests|internal server error|bad gateway|service unavailable|service temporarily unavailable|gateway time-?out|payload too large|unprocessable)/gi;

/** HTTP statuses of 400 and more that a text states. */
export function httpStatuses(text: string): readonly { status: number; at: number }[] {
  const found: { status: number; at: number }[] = [];
  for (const pattern of [before, after]) {
    for (const match of text.matchAll(pattern)) {
      const status = Number(match[1]);
      if (status >= 400 && found.every((item) => item.status !== status)) {
        found.push({ status, at: match.index + match[0].lastIndexOf(match[1] ?? '') });
      }
      if (found.length >= 4) return found;
    }
  }
  return found;
}

/** What the HTTP statuses of a text say. */
export function httpHits(text: string): readonly Hit[] {
  const hits: Hit[] = [];
  for (const { status, at } of httpStatuses(text)) {
    const known =
      facts[status] ??
      (status >= 500
        ? fact('dependency.unavailable', 'symptom', 0.4, `requests failed with HTTP ${status}`)
        : null);
    if (known !== null) hits.push({ ...known, words: `HTTP ${status}`, at });
  }
  return hits;
}
