import type { Random } from '../../engine/base/random.ts';
import { seededRandom } from '../../engine/base/random.ts';
import { pick } from '../faults/values.ts';
import { carriersOf, fits, privateKeyText } from './carriers.ts';
import { secretKinds } from './secretKinds.ts';
import { secretOf, toolManners } from './tools.ts';

/** A piece of a log with one secret in it. */
export interface PlantedSecret {
  readonly kind: string;
  readonly carrier: string;
  readonly text: string;
  /** No eight characters in a row of it may be left. */
  readonly core: string;
}

/** Pieces with a private key; each is written in one manner of several. */
const privateKeys = 60;

/** Every kind of secret in every manner of writing that it has; some thousand pieces. */
export function plantSecrets(seed: number): PlantedSecret[] {
  const random = seededRandom(seed);
  const planted: PlantedSecret[] = [];
  for (const kind of secretKinds) {
    for (const [carrier, write] of carriersOf(kind)) {
      const { value, core } = kind.draw(random);
      const key = kind.keys.length > 0 ? pick(random, kind.keys) : '';
      if (!fits(carrier, key, value)) continue;
      planted.push({
        kind: kind.name,
        carrier,
        text: write(random, key, value),
        core,
      });
    }
  }
  for (let count = 0; count < privateKeys; count += 1) planted.push(privateKey(random));
  return planted;
}

/** Passwords as tools, protocols and languages write them. */
export function plantInTools(seed: number): PlantedSecret[] {
  const random = seededRandom(seed);
  return secretKinds
    .filter(({ name }) => name.includes('password of'))
    .flatMap((kind) =>
      toolManners.map(([carrier, write]) => {
        const { value } = kind.draw(random);
        const text = write(random, '', value);
        return { kind: kind.name, carrier, text, core: secretOf(text, value) };
      }),
    );
}

function privateKey(random: Random): PlantedSecret {
  const { text, core, carrier } = privateKeyText(random);
  return { kind: 'private key', carrier, text, core };
}

/** Shortest run of a secret that counts as a leak, in characters. */
const run = 8;
/** What takes no room, and what programs put in front of signs. */
const unseen = /\u001b\[[0-9;]*m|[\u200b\\]/g;

/**
 * Whether something of a secret is left in a text: all of it, or eight characters in a row, also as
 * an address or a line in base64 writes it.
 */
export function leaks(output: string, { core, text }: PlantedSecret): boolean {
  const shown = output.replace(unseen, '');
  const written = [core, encodeURIComponent(core), encodeURIComponent(encodeURIComponent(core))];
  const original = text.replace(unseen, '');
  const wrapped = original.match(/[A-Za-z0-9+/]{12,}={0,2}/g)?.filter((found) => {
    const plain = Buffer.from(found, 'base64').toString();
    return plain.includes(core);
  });
  return [...written, ...(wrapped ?? [])].some((part) =>
    part.split('\n').some((piece) => hasRun(shown, piece.replaceAll('\\', ''))),
  );
}

function hasRun(output: string, piece: string): boolean {
  if (piece.length <= run) return piece.length > 0 && output.includes(piece);
  for (let at = 0; at + run <= piece.length; at += 1) {
    if (output.includes(piece.slice(at, at + run))) return true;
  }
  return false;
}
