import type { Category } from '../explanation.ts';
import type { Hit, Role } from './rule.ts';

type Fact = readonly [category: Category, role: Role, strength: number, says: string];

/** NTSTATUS and HRESULT values (Microsoft, [MS-ERREF]) that name a kind of failure. */
const values: Readonly<Record<string, Fact>> = {
  c0000005: ['process.crash', 'effect', 0.85, 'a process used memory that is not its own'],
  c0000017: ['resource.memory', 'cause', 0.85, 'the system had no memory left'],
  c000001d: ['process.crash', 'effect', 0.8, 'a process died of an illegal instruction'],
  c0000022: ['auth.denied', 'cause', 0.8, 'access was denied'],
  c0000034: ['data.missing', 'cause', 0.6, 'a file or object was missing'],
  c000007b: ['version.mismatch', 'cause', 0.85, 'a program or library was for another processor'],
  c000007f: ['resource.disk', 'cause', 0.95, 'the disk was full'],
  c000009a: ['resource.handles', 'cause', 0.8, 'the system ran out of a resource'],
  c00000b5: ['network.timeout', 'effect', 0.65, 'an operation timed out'],
  c00000fd: ['code.exception', 'cause', 0.85, 'a stack was used up'],
  c0000135: ['version.mismatch', 'cause', 0.85, 'a library was missing'],
  c0000139: ['version.mismatch', 'cause', 0.85, 'a library lacked an entry point'],
  c000013a: ['process.killed', 'symptom', 0.3, 'a process was ended by a person'],
  c0000142: ['process.crash', 'effect', 0.8, 'a library could not be initialised'],
  c0000374: ['process.crash', 'effect', 0.9, 'the heap of a process was damaged'],
  c0000409: ['process.crash', 'effect', 0.9, 'a process ended itself on a damaged stack'],
  '80004003': ['code.exception', 'cause', 0.7, 'code used an invalid pointer'],
  '80004005': ['unknown', 'symptom', 0.4, 'an operation failed without a reason'],
  '80070002': ['data.missing', 'cause', 0.6, 'a file was missing'],
  '80070003': ['data.missing', 'cause', 0.6, 'a path was missing'],
  '80070005': ['auth.denied', 'cause', 0.8, 'access was denied'],
  '8007000e': ['resource.memory', 'cause', 0.9, 'memory could not be allocated'],
  '80070020': ['concurrency', 'cause', 0.75, 'a file was used by another process'],
  '80070057': ['config.invalid', 'cause', 0.6, 'an argument was not valid'],
  '80070070': ['resource.disk', 'cause', 0.95, 'the disk was full'],
  '800705b4': ['network.timeout', 'effect', 0.65, 'an operation timed out'],
  '800706ba': ['dependency.unavailable', 'cause', 0.8, 'a remote service did not answer'],
  '80072ee2': ['network.timeout', 'effect', 0.65, 'a request timed out'],
  '80072ee7': ['network.dns', 'cause', 0.85, 'a host name could not be resolved'],
  '80072efd': ['dependency.unavailable', 'cause', 0.75, 'a server could not be reached'],
  '80072f8f': ['network.tls', 'cause', 0.85, 'a certificate was not accepted'],
  '8009030c': ['auth.denied', 'cause', 0.8, 'a login was refused'],
};

/** As hexadecimal, or as the signed decimal number that an exit code prints. */
const shape = /\b0x([c8][0-9a-f]{7})\b|(?<![0-9.])-(1073[0-9]{6}|2147[0-9]{6})\b/gi;

/** What the Windows status values of a text say. */
export function windowsHits(text: string): readonly Hit[] {
  const hits: Hit[] = [];
  for (const match of text.matchAll(shape)) {
    const value = match[1] ?? (2 ** 32 - Number(match[2])).toString(16);
    const known = values[value.toLowerCase()];
    if (known === undefined) continue;
    const [category, role, strength, says] = known;
    hits.push({ category, role, strength, says, words: match[0], at: match.index });
    if (hits.length >= 3) break;
  }
  return hits;
}
