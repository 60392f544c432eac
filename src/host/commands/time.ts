import * as vscode from 'vscode';
import type { TimeContext } from '../../engine/present/timeQuery.ts';
import { parseTimeQuery, timeQueryForms } from '../../engine/present/timeQuery.ts';
import { isoTime } from '../../engine/record/time.ts';
import type { LogTimes } from '../../protocol/workerApi.ts';
import { isLogDocument, nameOf } from '../logDocuments.ts';
import type { LogView } from '../viewer/logView.ts';
import type { CommandHandler, Services } from './services.ts';
import { targetOf } from './target.ts';
import type { Target } from './target.ts';
import { viewerGoToTime, viewerToggleDeltas } from './viewer.ts';

/** How long a line that was gone to stays marked, in milliseconds. */
const markedFor = 1_600;

/** Shows or hides the time between lines: in the active viewer, or in text editors. */
export const toggleDeltas: CommandHandler = async (services, argument) => {
  const { settings, views } = services;
  if (views.active !== undefined) await viewerToggleDeltas(services, argument);
  else await settings.set('deltas', !settings.current.deltas);
};

/** Asks for a time and goes to the first message that is not before it. */
export const goToTime: CommandHandler = async (services, argument) => {
  // The viewer knows the times of its lines without an analysis.
  if (services.views.active !== undefined) {
    await viewerGoToTime(services, argument);
    return;
  }
  const target = await targetOf(services, argument);
  if (target === null) return;
  const { analyses } = services;
  const { log } = target.shown;
  const here = await analyses.ask(log, 'times', { from: target.line, to: target.line });
  if (here.clock === null) {
    void vscode.window.showInformationMessage('No line of this log states a time.');
    return;
  }
  const context = contextOf(here.clock, here.times[0] ?? NaN);
  const typed = await vscode.window.showInputBox({
    title: 'Go to Time',
    prompt: `${shortTime(context.first, context.zone)} to ${shortTime(context.last, context.zone)}${zoneWords(here.clock)}`,
    placeHolder: timeQueryForms,
    validateInput: (text) =>
      text.trim() === '' || parseTimeQuery(text, context) !== null
        ? null
        : `Write a time such as ${timeQueryForms}`,
  });
  const wanted = typed === undefined ? null : parseTimeQuery(typed, context);
  if (wanted === null) return;
  if (wanted.kind === 'share') {
    const lines = analyses.stateOf(log)?.shown?.marks.lines ?? 0;
    await target.shown.jump(Math.floor(wanted.share * Math.max(0, lines - 1)));
    return;
  }
  const found = await analyses.ask(log, 'lineAtTime', { ms: wanted.ms, side: 'after' });
  if (found !== null) await target.shown.jump(found.line);
};

/** Scrolls every other visible log to the time at the cursor and marks the line there for a moment. */
export const sameMoment: CommandHandler = async (services, argument) => {
  const { analyses, views } = services;
  const view = views.active;
  const target = view === undefined ? await targetOf(services, argument) : null;
  const here =
    view === undefined ? target && (await momentIn(services, target)) : await momentOf(view);
  if (here === null) return;
  if (Number.isNaN(here.ms)) {
    void vscode.window.showInformationMessage('This line states no time.');
    return;
  }
  const others = vscode.window.visibleTextEditors.filter(
    ({ document }) => isLogDocument(document) && document !== target?.shown.log,
  );
  const otherViews = views.visible.filter((other) => other !== view && other !== target?.shown);
  const told: string[] = [];
  for (const editor of others) {
    const { document } = editor;
    const { clock } = await analyses.ask(document, 'times', { from: 0, to: 0 });
    const doubt = clock === null ? noTime : here.clock && clockDoubt(here.clock, clock);
    if (doubt !== null) told.push(`${nameOf(document.uri)} ${doubt}`);
    const found = await analyses.ask(document, 'lineAtTime', { ms: here.ms, side: 'nearest' });
    if (found !== null) markBriefly(editor, found.line);
  }
  for (const other of otherViews) {
    if (other.timed) other.go({ kind: 'time', time: here.ms });
    else told.push(`${nameOf(other.log.uri)} ${noTime}`);
  }
  const message =
    others.length + otherViews.length === 0
      ? 'No other log is visible.'
      : `${shortTime(here.ms, 0)}${told.length === 0 ? '' : `; ${told.join('; ')}`}`;
  vscode.window.setStatusBarMessage(message, 8_000);
};

const noTime = 'states no time';

/** When a line was written; `ms` is NaN where it does not say. */
interface Moment {
  readonly ms: number;
  /** Null where only the times of lines are known. */
  readonly clock: LogTimes | null;
}

async function momentIn({ analyses }: Services, { shown, line }: Target): Promise<Moment> {
  const here = await analyses.ask(shown.log, 'times', { from: line, to: line });
  return { ms: here.clock === null ? NaN : (here.times[0] ?? NaN), clock: here.clock };
}

async function momentOf(view: LogView): Promise<Moment> {
  return { ms: (await view.timeAt(view.line)) ?? NaN, clock: null };
}

function contextOf({ first, last, clock }: LogTimes, at: number): TimeContext {
  return { first, last, at: Number.isNaN(at) ? null : at, zone: clock?.offset ?? 0 };
}

/** @param zone minutes east of UTC in which the time is shown */
function shortTime(ms: number, zone: number): string {
  return (
    isoTime(ms + zone * 60_000)
      ?.slice(0, 19)
      .replace('T', ' ') ?? ''
  );
}

/** The clock of the log is taken as it stands; only a stated zone is a zone. */
function zoneWords({ clock }: LogTimes): string {
  if (clock?.basis === 'relative') return ', counted from the start of the log';
  return clock?.zone === 'stated'
    ? `, ${zoneName(clock.offset ?? 0)}`
    : ', on the clock of the log';
}

/** `UTC+02:00`. */
function zoneName(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const two = (part: number): string => String(part).padStart(2, '0');
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** Why two clocks cannot be compared for certain; null where they can. */
function clockDoubt(one: LogTimes, other: LogTimes): string | null {
  const bases = [one.clock?.basis, other.clock?.basis];
  if (bases.some((basis) => basis !== 'absolute') && bases[0] !== bases[1]) {
    return 'states less of the date: its clock cannot be compared';
  }
  if (one.clock?.zone !== other.clock?.zone) return 'states no zone or another: taken as UTC';
  return null;
}

function markBriefly(editor: vscode.TextEditor, line: number): void {
  const range = editor.document.lineAt(Math.min(line, editor.document.lineCount - 1)).range;
  editor.revealRange(range, vscode.TextEditorRevealType.InCenter);
  const mark = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
  });
  editor.setDecorations(mark, [range]);
  setTimeout(() => {
    mark.dispose();
  }, markedFor);
}
