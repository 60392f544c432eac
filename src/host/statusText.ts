import type { Severity } from '../engine/detect/finding.ts';
import type { AnalysisProgress, StageProgress } from '../engine/analysis/analysis.ts';
import {
  leftWords,
  megabytes,
  progressWords,
  shareWords,
} from '../engine/present/progressWords.ts';
import { sessionsText } from '../engine/present/sessionsText.ts';
import type { CommandId } from './contributions.ts';
import { commandIds } from './contributions.ts';
import type { LogState } from './logState.ts';
import { meetsFloor } from './settings.ts';

/** One entry of the language status, without the editor's types. */
export interface StatusText {
  readonly text: string;
  readonly detail: string;
  readonly severity: 'information' | 'warning' | 'error';
  readonly busy: boolean;
  readonly command: { readonly id: CommandId; readonly title: string };
}

/** What is happening to a log, in words, how much of it is done, how fast and for how long still. */
export function activityText(progress: AnalysisProgress): string {
  return `${stageText(progress.stage)} ${progressWords(progress)}`;
}

/** What a stage of an analysis does. */
export function stageText(stage: StageProgress['stage']): string {
  switch (stage) {
    case 'reading':
      return 'reading';
    case 'parsing':
      return 'finding patterns';
    case 'detecting':
      return 'looking for what does not belong';
    case 'embedding':
      return 'comparing patterns';
  }
}

/** State and count of the active log. `locale` writes the numbers. */
export function findingsStatus(
  state: LogState | null,
  enabled: boolean,
  floor: Severity,
  locale: string,
): StatusText {
  if (!enabled) {
    return {
      text: '$(circle-slash) Faultline is off',
      detail: 'nothing is marked',
      severity: 'information',
      busy: false,
      command: { id: commandIds.toggle, title: 'Switch On' },
    };
  }
  const shown = state?.shown ?? null;
  const count =
    shown?.marks.marks.filter(({ severity }) => meetsFloor(severity, floor)).length ?? 0;
  const found = (icon: string): string =>
    count > 0
      ? `${icon} ${counted(count, 'finding', locale)}`
      : `${icon === '$(pulse)' ? '$(check)' : icon} quiet`;
  const show = { id: commandIds.showFindings, title: 'Show Findings' };
  const cancel = { id: commandIds.cancelAnalysis, title: 'Cancel' };
  switch (state?.kind) {
    case undefined:
    case 'waiting':
      return {
        text: shown === null ? '$(sync~spin) waiting' : found('$(sync~spin)'),
        detail: 'reads the log when it stops changing',
        severity: 'information',
        busy: true,
        command: cancel,
      };
    case 'working':
      return {
        text: workingText(state, shown === null ? null : found('$(sync~spin)')),
        detail: sentences([
          state.progress === null ? 'starting' : activityText(state.progress),
          ...(shown?.marks.notes ?? []),
        ]),
        severity: 'information',
        busy: true,
        command: cancel,
      };
    case 'done':
      return {
        text: found('$(pulse)'),
        detail: readText(state, locale),
        severity: 'information',
        busy: false,
        command: show,
      };
    case 'cancelled':
      return {
        text: count > 0 ? `${found('$(circle-slash)')}, stopped` : '$(circle-slash) cancelled',
        detail: sentences([cancelledText(state), ...(shown?.marks.notes ?? [])]),
        severity: 'information',
        busy: false,
        command: { id: commandIds.analyseAgain, title: 'Analyse Again' },
      };
    case 'failed':
      return {
        text: `$(warning) ${state.failure.message}`,
        detail: state.failure.advice,
        severity: 'warning',
        busy: false,
        command: { id: commandIds.analyseAgain, title: 'Analyse Again' },
      };
  }
}

/** Who compared the patterns. */
export function engineStatus(state: LogState | null): StatusText {
  const embedder = state?.shown?.marks.embedder ?? null;
  const command = { id: commandIds.showOutput, title: 'Output' };
  const base = { severity: 'information', busy: false, command } as const;
  const text = '$(symbol-misc) patterns compared on this machine';
  if (embedder === null) return { ...base, text, detail: 'the engine has not read this log yet' };
  if (embedder.state === 'ready') return { ...base, text, detail: `embedder ${embedder.id}` };
  if (embedder.state === 'loading') {
    return { ...base, text, detail: `embedder ${embedder.id} is loading` };
  }
  return {
    ...base,
    text,
    severity: embedder.state === 'fallback' ? 'warning' : 'information',
    detail: embedder.detail || `embedder ${embedder.id}`,
  };
}

/** Which language model may word reports, and who receives what for it. */
export function modelStatus(label: string, receivers: readonly string[]): StatusText {
  const command = { id: commandIds.chooseModel, title: 'Choose Model' };
  const base = { severity: 'information', busy: false, command } as const;
  if (label === 'offline') {
    return {
      ...base,
      text: '$(lock) nothing leaves this machine',
      detail: 'no language model is chosen',
    };
  }
  return {
    ...base,
    text: `$(comment-discussion) ${label.replaceAll('$(', '(')} writes reports`,
    detail:
      receivers.length === 0
        ? 'you see what would be sent, and are asked, before it is'
        : `approved to receive: ${receivers.join('; ').replaceAll('$(', '(')}`,
  };
}

/** What is wrong with the workspace's own rules; null where nothing is. */
export function rulesStatus(problems: readonly string[]): StatusText | null {
  const [first] = problems;
  if (first === undefined) return null;
  const more = problems.length > 1 ? ` and ${problems.length - 1} more` : '';
  return {
    text: '$(warning) rules of this workspace',
    detail: `${first.replaceAll('$(', '(')}${more}`,
    severity: 'warning',
    busy: false,
    command: { id: commandIds.showOutput, title: 'Output' },
  };
}

/** The first line while a log is analysed. Only a log that takes long shows how far it is beside its findings. */
function workingText(
  { progress }: Extract<LogState, { kind: 'working' }>,
  found: string | null,
): string {
  if (progress === null) return found ?? '$(sync~spin) starting';
  const { share, secondsLeft } = progress;
  if (found === null) return `$(sync~spin) ${shareWords(share)}`;
  return secondsLeft === null
    ? found
    : `${found} · ${shareWords(share)} · ${leftWords(secondsLeft)}`;
}

function cancelledText({ shown }: Extract<LogState, { kind: 'cancelled' }>): string {
  const { bytes, of } = shown?.marks.read ?? { bytes: 0, of: 0 };
  if (shown === null || bytes >= of) return 'the log was not read to its end';
  return `stopped at ${megabytes(bytes)} of ${megabytes(of)}; what was found stays`;
}

/** Sentences one behind the other; the last one without its full stop, as what follows brings its own. */
function sentences(parts: readonly string[]): string {
  return parts.map((part) => part.replace(/\.$/, '')).join('. ');
}

/** `1 finding`, `1,204 findings`. */
function counted(count: number, noun: string, locale: string): string {
  return `${count.toLocaleString(locale)} ${noun}${count === 1 ? '' : 's'}`;
}

function readText(state: Extract<LogState, { kind: 'done' }>, locale: string): string {
  const { lines, templates, sessions, notes, milliseconds, hidden } = state.shown.marks;
  const seconds = (milliseconds / 1_000).toLocaleString(locale, { maximumFractionDigits: 1 });
  const parts = [
    `read ${counted(lines, 'line', locale)} of ${counted(templates, 'pattern', locale)} in ${seconds} s`,
  ];
  const grouping = sessionsText(sessions, sessions.count.toLocaleString(locale));
  // The name of an id is the log's: the editor would draw `$(…)` in it as an icon.
  if (grouping !== '') parts.push(grouping.replaceAll('$(', '('));
  if (hidden > 0) parts.push(`${counted(hidden, 'finding', locale)} marked as normal`);
  return sentences([parts.join(', '), ...notes]);
}
