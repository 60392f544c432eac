import type { AnalysedLog } from './analysedLog.ts';
import type { Hit } from './knowledge/rule.ts';
import type { PeerTrouble } from './peers.ts';
import { peersInTrouble } from './peers.ts';
import type { Signal } from './signal.ts';

/** From so many unanswered attempts on, at several ports, a single reporter is enough. */
const manyAttempts = 10;
/** Machines that do not answer one and the same log: then it is that log's own connection. */
const manyPeers = 3;

/**
 * Signals with what only several of them together tell. A machine that nobody can connect to is
 * down; one that refuses is up, and only a service of it is gone; one to which connections break
 * again and again is badly connected. Where the network itself says that there is no way, or one
 * log cannot reach several machines, the connection between them is cut.
 */
export function withPeerFacts(
  signals: readonly Signal[],
  analyses: readonly AnalysedLog[],
): readonly Signal[] {
  const peers = peersInTrouble(signals, analyses);
  if (peers.length === 0) return signals;
  const silent = peers.filter(isSilent);
  const cut =
    peers.some(({ failures }) => failures.has('unreachable')) ||
    (silent.length >= manyPeers && silent.every(({ reporters }) => reporters === 1));
  const added = new Map<Signal, Hit>();
  for (const peer of peers) {
    const hit = isSilent(peer) ? silentHit(peer, cut) : brokenHit(peer);
    const first = earliest(peer.signals.filter((signal) => signal.isNew !== false));
    if (hit === null || first === undefined) continue;
    const known = added.get(first);
    if (known === undefined || hit.strength > known.strength) added.set(first, hit);
  }
  return signals.map((signal) => {
    const hit = added.get(signal);
    return hit === undefined ? signal : withFact(signal, hit);
  });
}

/** What the lines tell together stands for what each of them tells of the connection by itself. */
function withFact(signal: Signal, hit: Hit): Signal {
  const rest = signal.facts.filter(
    ({ category, rule }) =>
      rule !== undefined || !(category.startsWith('network.') || category.startsWith('dependency')),
  );
  return {
    ...signal,
    facts: [hit, ...rest],
    // It is believed whatever level each of the lines has.
    weight: Math.max(signal.weight, 0.2 + 0.6 * hit.strength),
  };
}

/** The first by time; what states none keeps its place. */
function earliest(signals: readonly Signal[]): Signal | undefined {
  return signals.toSorted((a, b) => a.time - b.time || 0)[0];
}

/** Nobody heard from it: neither an answer nor a refusal, nor a word of the network in between. */
function isSilent({ failures }: PeerTrouble): boolean {
  return failures.has('unanswered') && !failures.has('refused') && !failures.has('unreachable');
}

function silentHit(
  { host, reporters, services, unanswered }: PeerTrouble,
  cut: boolean,
): Hit | null {
  // One service that does not answer one caller may be down while its machine is well.
  if (reporters < 2 && (services < 2 || unanswered < manyAttempts)) return null;
  const strength = 0.78;
  return cut
    ? {
        category: 'network.disconnect',
        role: 'cause',
        strength,
        says: 'machines could not reach each other',
        words: host,
        at: 0,
      }
    : {
        category: 'node.down',
        role: 'cause',
        strength,
        says: 'a machine did not answer attempts to connect to it',
        words: host,
        at: 0,
      };
}

function brokenHit({ host, signals, failures, reporters }: PeerTrouble): Hit | null {
  const breaks = failures.has('broken') && !failures.has('refused') && !failures.has('unanswered');
  if (!breaks || (reporters < 2 && signals.length < manyPeers)) return null;
  return {
    category: 'network.disconnect',
    role: 'effect',
    strength: 0.7,
    says: 'connections to one machine broke again and again',
    words: host,
    at: 0,
  };
}
