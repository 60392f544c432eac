import type { AnalysedLog } from './analysedLog.ts';
import { readMessage } from './readLines.ts';
import type { Signal } from './signal.ts';

/** How a peer failed, from what a log says on one attempt to reach it. */
export type PeerFailure = 'unanswered' | 'unreachable' | 'refused' | 'broken';

/** A machine that others could not talk to, put together from all logs. */
export interface PeerTrouble {
  /** Address, or name in lower case where no address is told. */
  readonly host: string;
  /** Signals that tell of it, in file order. */
  readonly signals: readonly Signal[];
  readonly failures: ReadonlySet<PeerFailure>;
  /** Logs that tell of it. */
  readonly reporters: number;
  /** Ports of it that failed. */
  readonly services: number;
  /** Lines that tell of an attempt that nobody answered. */
  readonly unanswered: number;
}

/** Lines of one pattern that are read for the peers they name. */
const maxLinesRead = 300;

/** What a line must speak of before addresses are looked for in it. */
const talk =
  /\b(?:connect(?:ed|ing|ion|ions)?|link|route|reach(?:able|ed)?|unreachable|pipeline|respon(?:se|ded|d)|peer|socket|datanode|upstream)\b/i;

const shapes: readonly (readonly [PeerFailure, RegExp])[] = [
  ['unreachable', /\bno route to host\b|\b(?:host|network) (?:is )?unreachable\b|\bENETUNREACH\b/i],
  ['refused', /\brefused\b/i],
  [
    'unanswered',
    /\bconnect\w*\b.{0,80}\b(?:timed? ?out|timeout)\b|\b(?:timed? ?out|timeout)\b.{0,40}\bconnect\w*\b|\bretrying connect|\breconnect(?:ing)? attempt|\bETIMEDOUT\b/i,
  ],
  ['broken', /\b(?:reset|forcibly closed|broken pipe|bad (?:\w+ ){0,2}(?:link|response|ack))\b/i],
];

/** `name/10.0.0.7:8020`, `10.0.0.7:8020`, `store-2.example:5433`. */
const endpoint =
  /(?<![\w.])(?:([A-Za-z][\w.-]{0,80})\/)?((?:[0-9]{1,3}\.){3}[0-9]{1,3}|[A-Za-z][A-Za-z0-9-]{0,60}(?:\.[A-Za-z0-9-]{1,60}){0,6}):([0-9]{2,5})(?!\w|:[0-9])/g;

/** How an attempt failed that a text tells of; null where it tells of none. */
export function failureIn(text: string): PeerFailure | null {
  if (!talk.test(text)) return null;
  return shapes.find(([, shape]) => shape.test(text))?.[0] ?? null;
}

/** Machines and ports that a text names as peers; a place in code is none. */
export function endpointsIn(
  text: string,
): readonly { readonly host: string; readonly port: number }[] {
  const found: { host: string; port: number }[] = [];
  for (const match of text.slice(0, 1000).matchAll(endpoint)) {
    const [, , host = '', port = ''] = match;
    if (/\.(?:py|go|js|ts|java|cc|cpp|c|rs|rb|cs|php|kt)$/i.test(host)) continue;
    if (/^(?:127\.|0\.0\.0\.0$|localhost$)/.test(host)) continue;
    found.push({ host: host.toLowerCase(), port: Number(port) });
    if (found.length >= 4) break;
  }
  return found;
}

/**
 * Who could not be reached, by whom and how, over all logs. One attempt says little; that several
 * parts of a system fail to reach the same machine says that it is the machine.
 */
export function peersInTrouble(
  signals: readonly Signal[],
  analyses: readonly AnalysedLog[],
): readonly PeerTrouble[] {
  const byHost = new Map<string, Found>();
  for (const { signal, text } of tellingLines(signals, analyses)) {
    const failure = failureIn(text);
    if (failure === null) continue;
    for (const { host, port } of endpointsIn(text)) {
      const found = byHost.get(host) ?? {
        signals: new Set<Signal>(),
        failures: new Set<PeerFailure>(),
        logs: new Set<number>(),
        ports: new Set<number>(),
        unanswered: 0,
      };
      byHost.set(host, found);
      found.signals.add(signal);
      found.failures.add(failure);
      found.logs.add(signal.log);
      found.ports.add(port);
      if (failure === 'unanswered') found.unanswered++;
    }
  }
  return [...byHost].map(([host, found]) => ({
    host,
    signals: [...found.signals],
    failures: found.failures,
    reporters: found.logs.size,
    services: found.ports.size,
    unanswered: found.unanswered,
  }));
}

interface Found {
  readonly signals: Set<Signal>;
  readonly failures: Set<PeerFailure>;
  readonly logs: Set<number>;
  readonly ports: Set<number>;
  unanswered: number;
}

/** The lines behind the signals that may tell of a failed attempt: a pattern hides whom it names. */
function* tellingLines(
  signals: readonly Signal[],
  analyses: readonly AnalysedLog[],
): Generator<{ readonly signal: Signal; readonly text: string }> {
  const wanted = analyses.map(() => new Map<number, Signal>());
  for (const signal of signals) {
    const text =
      signal.trace === null
        ? signal.text
        : signal.trace.trace.chain.map(({ kind, message }) => `${kind}: ${message}`).join(' ');
    if (failureIn(text) === null) continue;
    if (signal.trace === null && signal.count > 1) wanted[signal.log]?.set(signal.template, signal);
    else yield { signal, text };
  }
  for (const [log, patterns] of wanted.entries()) {
    const view = analyses[log]?.view;
    if (view === undefined || patterns.size === 0) continue;
    const read = new Map<number, number>();
    const { ofRecord } = view.templates;
    for (let record = 0; record < view.records.count; record++) {
      const template = ofRecord[record] ?? -1;
      const signal = patterns.get(template);
      if (signal === undefined) continue;
      const seen = read.get(template) ?? 0;
      if (seen >= maxLinesRead) continue;
      read.set(template, seen + 1);
      yield { signal, text: readMessage(view.log, view.records, record) };
    }
  }
}
