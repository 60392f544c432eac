import type { Basis, Explanation, PanelSubject, ReportKind } from '../src/protocol/panelApi.ts';
import { visible } from './visible.ts';

const whole = new Intl.NumberFormat();
const percent = new Intl.NumberFormat(undefined, { style: 'percent' });

/** `1,204,331` in the reader's locale. */
export function count(value: number): string {
  return whole.format(value);
}

/** `1 line`, `2 lines`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `72%` of a share between 0 and 1. */
export function share(value: number): string {
  return percent.format(value);
}

/** `480 ms`, `1.2 s`. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000
    ? `${count(Math.round(milliseconds))} ms`
    : `${(milliseconds / 1000).toLocaleString(undefined, { maximumFractionDigits: 1 })} s`;
}

/** The clock part of an ISO time, as the log wrote it: logs without a zone are kept in UTC. */
export function clock(iso: string): string {
  const match = /T(\d\d:\d\d:\d\d(?:\.\d{1,3})?)/.exec(iso);
  return match?.[1] ?? iso;
}

/** `01-25 04:03:02`: for logs of several days, where the clock alone says little. */
export function dayAndClock(iso: string): string {
  return `${iso.slice(5, 10)} ${clock(iso).slice(0, 8)}`;
}

/** `14 Oct 2026` in the reader's locale. */
export function day(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? iso
    : date.toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** `14:03` on the reader's clock: when a report was written, not when a log line was. */
export function hour(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? iso
    : date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}

/** What the reader calls the log at `path`. */
export function logName(subject: PanelSubject, path: string): string {
  const known = subject.logs.find((log) => log.path === path);
  return known?.name ?? visible(path.slice(path.lastIndexOf('/') + 1));
}

/** Logs that a heading names; a folder may have hundreds. */
const namedLogs = 3;

/** `orders.log, api.log and 12 more`. */
export function subjectName(subject: PanelSubject): string {
  const shown = subject.logs.slice(0, namedLogs).map((log) => log.name);
  const more = subject.logs.length - shown.length;
  const names = `${shown.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`;
  return subject.line === null ? names : `${names}, line ${count(subject.line)}`;
}

/** Verdicts in the reader's words. */
export const verdicts: Record<ReportKind, string> = {
  found: 'Cause found',
  probable: 'Probable cause',
  inconclusive: 'Inconclusive',
  'nothing-wrong': 'Nothing wrong',
};

const bases: Record<Basis['kind'], string> = {
  rule: 'A rule matched:',
  knowledge: 'General knowledge:',
  statistic: 'Counted:',
  order: 'Order of events, which is no proof:',
  trace: 'Stack trace:',
  change: 'A change in the log:',
  incident: 'A past incident:',
  question: 'Your question:',
  model: 'Worded by a language model, checked against the evidence:',
};

/** What a sentence rests on, in words. */
export function basisWords({ kind, detail }: Basis): string {
  return detail === '' ? bases[kind].replace(/:$/, '') : `${bases[kind]} ${detail}`;
}

/** Whether a sentence of the summary is a model's: else its answer changed only what is beside it. */
export function isWorded({ sentences }: Explanation): boolean {
  return sentences.some(({ basis }) => basis.kind === 'model');
}

/** Name of the model that had a part in an explanation; null where none had. */
export function modelOf({ source }: Explanation): string | null {
  return source === 'offline' ? null : source.slice('llm:'.length);
}

/** The host of an address that may be opened: `https` only, without a user name in it; else null. */
export function webHost(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, host, username, password } = new URL(address);
  return protocol === 'https:' && username === '' && password === '' && host !== '' ? host : null;
}
