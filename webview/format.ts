import type { PanelSubject } from '../src/protocol/panelApi.ts';

const whole = new Intl.NumberFormat();

/** `1,204,331` in the reader's locale. */
export function count(value: number): string {
  return whole.format(value);
}

/** `1 line`, `2 lines`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
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

/** What the reader calls the log at `path`. */
export function logName(subject: PanelSubject, path: string): string {
  const known = subject.logs.find((log) => log.path === path);
  return known?.name ?? path.slice(path.lastIndexOf('/') + 1);
}

/** `orders.log, api.log`. */
export function subjectName(subject: PanelSubject): string {
  const names = subject.logs.map((log) => log.name).join(', ');
  return subject.line === null ? names : `${names}, line ${count(subject.line)}`;
}
