import type { Category } from '../explanation.ts';
import type { Hit, Role } from './rule.ts';

/** gRPC status codes (grpc.github.io, "Status codes and their use in gRPC") that name a kind of failure. */
const facts: Readonly<Record<string, readonly [Category, Role, number, string]>> = {
  unavailable: ['dependency.unavailable', 'effect', 0.6, 'a service was unavailable (gRPC)'],
  deadlineexceeded: ['network.timeout', 'effect', 0.65, 'a call exceeded its deadline (gRPC)'],
  resourceexhausted: ['resource.quota', 'cause', 0.75, 'a quota or limit was used up (gRPC)'],
  permissiondenied: ['auth.denied', 'cause', 0.75, 'a call was not permitted (gRPC)'],
  unauthenticated: ['auth.denied', 'cause', 0.75, 'a call was not authenticated (gRPC)'],
  notfound: ['data.missing', 'symptom', 0.4, 'something asked for did not exist (gRPC)'],
  dataloss: ['data.corrupt', 'cause', 0.8, 'data was lost or damaged (gRPC)'],
  failedprecondition: [
    'config.invalid',
    'effect',
    0.45,
    'the system was not in the required state (gRPC)',
  ],
  invalidargument: ['config.invalid', 'effect', 0.4, 'an argument was invalid (gRPC)'],
  aborted: ['concurrency', 'effect', 0.5, 'a call was aborted by a conflict (gRPC)'],
  unimplemented: [
    'version.mismatch',
    'cause',
    0.6,
    'a call is not implemented by the server (gRPC)',
  ],
  alreadyexists: ['concurrency', 'symptom', 0.4, 'something to be created existed already (gRPC)'],
  outofrange: ['code.exception', 'effect', 0.45, 'a value was out of range (gRPC)'],
  cancelled: ['network.disconnect', 'symptom', 0.3, 'a call was given up by its caller (gRPC)'],
  canceled: ['network.disconnect', 'symptom', 0.3, 'a call was given up by its caller (gRPC)'],
  unknown: ['code.exception', 'symptom', 0.35, 'a call failed for a reason not told (gRPC)'],
  internal: ['code.exception', 'symptom', 0.4, 'a call failed inside the server (gRPC)'],
};

/** Only in the shapes in which gRPC libraries print a status: the words alone are too common. */
const shape =
  /(?:rpc error: code = |statuscode\.|grpc[-_ ]status[:= ]{1,2}|grpc\.status[:. ])([a-z_]{5,20})/gi;

/** What the gRPC statuses of a text say. */
export function grpcHits(text: string): readonly Hit[] {
  const hits: Hit[] = [];
  for (const match of text.matchAll(shape)) {
    const name = match[1] ?? '';
    const known = facts[name.replaceAll('_', '').toLowerCase()];
    if (known === undefined) continue;
    const [category, role, strength, says] = known;
    hits.push({ category, role, strength, says, words: `gRPC ${name}`, at: match.index });
    if (hits.length >= 4) break;
  }
  return hits;
}
