import * as vscode from 'vscode';
import type { Handlers } from '../../protocol/rpc.ts';
import type { ReaderRequests, ViewerHostRequests, ViewerState } from '../../protocol/viewerApi.ts';
import type { AnalysisService } from '../analysisService.ts';
import type { CommandId } from '../contributions.ts';
import { commandIds } from '../contributions.ts';
import { logKey } from '../openLog.ts';
import type { OpenLog } from '../openLog.ts';
import type { ReaderClient } from '../readerClient.ts';
import type { Origin } from '../shownLog.ts';
import type { ViewerChoices } from './viewerChoices.ts';

/** What is passed on to the reading thread. */
type Passed = 'rows' | 'find' | 'search' | 'hits' | 'text';

type RunCommand = ViewerHostRequests['run']['params']['command'];

/** Commands of the extension that a page asks for by a name of its own. */
const commands: Readonly<Record<RunCommand, CommandId>> = {
  explain: commandIds.explainRootCause,
  explainFinding: commandIds.explainFinding,
  markNormal: commandIds.markNormal,
  saveIncident: commandIds.saveIncident,
  cancel: commandIds.cancelAnalysis,
  again: commandIds.analyseAgain,
  openAsText: commandIds.openAsText,
  showFindings: commandIds.showFindings,
  askLine: commandIds.viewerGoToLine,
  askTime: commandIds.viewerGoToTime,
};

/** What the answers to a page need. */
export interface PageContext {
  /** Names the view towards the reading thread. */
  readonly view: string;
  readonly log: OpenLog;
  readonly reader: ReaderClient;
  readonly analyses: AnalysisService;
  readonly choices: ViewerChoices;
  readonly ready: () => ViewerState;
  /** 0-based line of the cursor. */
  readonly line: () => number;
  readonly origin: (line: number) => Promise<Origin>;
  readonly setFollow: (on: boolean) => void;
  readonly showMembers: (
    params: ViewerHostRequests['showMembers']['params'],
  ) => Promise<number | null>;
  /** What the page is shown by has changed. */
  readonly show: () => void;
}

/** Answers to a page: what it asks of the text is passed on to the reading thread, and nothing of it kept. */
export function pageRequests(context: PageContext): Handlers<ViewerHostRequests> {
  const { view, log, reader, analyses, choices } = context;
  const pass =
    <K extends Passed>(name: K) =>
    (
      params: ViewerHostRequests[K]['params'],
      signal: AbortSignal,
    ): Promise<ReaderRequests[K]['result']> =>
      reader.request(name, { ...params, view } as ReaderRequests[K]['params'], signal);
  return {
    ready: context.ready,
    rows: pass('rows'),
    find: pass('find'),
    search: pass('search'),
    hits: pass('hits'),
    text: pass('text'),
    hover: async ({ line }, signal) => {
      const { log: own, line: at } = await context.origin(line - 1);
      const content = await analyses.ask(own, 'hover', { line: at }, signal);
      return content?.parts ?? null;
    },
    pattern: async ({ line }, signal) => {
      const { log: own, line: at } = await context.origin(line - 1);
      return analyses.ask(own, 'templateAt', { line: at }, signal);
    },
    setHidden: async ({ patterns }) => {
      await choices.hide(log.uri.toString(), patterns);
      return null;
    },
    showMembers: context.showMembers,
    copy: async (params, signal) => {
      const { text } = await reader.request('text', { ...params, view }, signal);
      await vscode.env.clipboard.writeText(text);
      return text.length;
    },
    setOptions: async ({ follow, ...others }) => {
      if (follow !== undefined) context.setFollow(follow);
      await choices.change(others);
      context.show();
      return null;
    },
    run: ({ command, line }) => {
      const at = Math.max(0, (line ?? context.line() + 1) - 1);
      void vscode.commands.executeCommand(commands[command], { uri: logKey(log), line: at });
      return null;
    },
  };
}
