import * as vscode from 'vscode';
import type { WorkerOptions } from '../protocol/workerApi.ts';
import { ActiveLog } from './activeLog.ts';
import { AnalysisService } from './analysisService.ts';
import { type FaultlineApi, createApi } from './api.ts';
import { registerCommands } from './commands.ts';
import { Decorations } from './decorations.ts';
import type { Disposable } from './disposables.ts';
import { EngineClient } from './engineClient.ts';
import { ExplainService } from './explainService.ts';
import { FormatProblems } from './formatProblems.ts';
import { HostLog } from './hostLog.ts';
import { Hovers } from './hovers.ts';
import { Consents } from './model/consents.ts';
import { askEditorModel } from './model/editorModels.ts';
import { LanguageModels } from './model/languageModels.ts';
import { ModelKeys } from './model/modelKeys.ts';
import { PayloadPreview } from './model/payloadPreview.ts';
import { PermissionToSend } from './model/permission.ts';
import { NormalPatterns } from './normalPatterns.ts';
import { Offer } from './offer.ts';
import { Panels } from './panel/panels.ts';
import { ReaderClient } from './readerClient.ts';
import { rotatedOffer } from './rotatedOffer.ts';
import { SettingsWatcher } from './settingsWatcher.ts';
import { StatusItem } from './statusItem.ts';
import { workerSetup } from './storage.ts';
import { LineTimeMarks } from './text/lineTimeMarks.ts';
import { LogStructure } from './text/logStructure.ts';
import { TextFollow } from './text/textFollow.ts';
import { UserRules } from './userRules.ts';
import { viewerOffer } from './viewerOffer.ts';
import { LogViews } from './viewer/logViews.ts';
import { SelectionItem } from './viewer/selectionItem.ts';
import { Spool } from './viewer/spool.ts';
import { ViewerChoices } from './viewer/viewerChoices.ts';
import { Welcome } from './welcome.ts';
import { startReader, startWorker } from './workerPort.ts';

/**
 * Composition root. Activation only makes light objects; the engine starts in its own thread with the
 * first log, after activation has returned.
 */
export function activate(context: vscode.ExtensionContext): FaultlineApi {
  const log = keep(new HostLog());
  const settings = keep(new SettingsWatcher(log));
  const normal = keep(new NormalPatterns(context));
  const rules = keep(new UserRules(log));
  const formats = new FormatProblems(log);
  const options = (): WorkerOptions => ({
    embeddings: settings.current.embeddings,
    normalTemplates: normal.list().map(({ template }) => template),
    rules: rules.files,
    formats: settings.current.formats,
    incidents: {
      similarity: settings.current['incidents.similarity'],
      limit: settings.current['incidents.limit'],
      learning: settings.current['incidents.learning'],
    },
  });
  const folder = (name: string): vscode.Uri => vscode.Uri.joinPath(context.extensionUri, name);
  const spool = keep(new Spool(vscode.Uri.joinPath(context.globalStorageUri, 'spool').fsPath, log));
  const engine = keep(
    new EngineClient({
      start: (listeners) =>
        startWorker(
          folder('dist/worker.mjs').fsPath,
          workerSetup(context, spool.folder('texts'), options()),
          listeners,
        ),
      editorModel: ({ id, request }, signal, onText) => askEditorModel(id, request, signal, onText),
      events: {
        marks: (event) => {
          analyses.marked(event);
        },
        progress: (event) => {
          analyses.progressed(event);
        },
        modelText: (event) => {
          explain.modelText(event);
        },
        ruleProblems: ({ problems }) => {
          rules.judged(problems);
        },
        formatProblems: ({ problems }) => {
          formats.judged(problems);
        },
      },
      onRestart: () => {
        analyses.engineRestarted();
      },
      log,
    }),
  );
  const analyses: AnalysisService = keep(
    new AnalysisService(engine, log, settings.current.enable, options()),
  );
  const reader = keep(
    new ReaderClient({
      start: (listeners) =>
        startReader(
          folder('dist/reader.mjs').fsPath,
          { spoolDir: spool.folder('texts'), formats: settings.current.formats },
          listeners,
        ),
      events: {
        indexed: (event) => {
          views.indexed(event);
        },
        found: (event) => {
          views.found(event);
        },
        changed: (event) => {
          views.fileChanged(event);
          follow.fileChanged(event);
        },
      },
      onRestart: () => {
        views.readerRestarted();
        follow.readerRestarted();
      },
      log,
    }),
  );
  const choices = new ViewerChoices(context.globalState, settings);
  const views: LogViews = keep(
    new LogViews({ analyses, reader, settings, choices, log }, spool, folder('dist').fsPath),
  );
  const active = keep(new ActiveLog(analyses, settings, views));
  const explain: ExplainService = keep(new ExplainService(engine, analyses));
  const keys = new ModelKeys(context.secrets);
  const models = keep(new LanguageModels(settings, keys));
  const consents = new Consents(context.workspaceState);
  const permission = new PermissionToSend(consents, keep(new PayloadPreview()));
  const panels = keep(
    new Panels({ explain, models, permission, settings, views }, log, folder('dist')),
  );
  keep(new Decorations(analyses, settings, folder('media')));
  keep(new Hovers(analyses, settings, log));
  keep(new LogStructure(analyses, log));
  keep(new LineTimeMarks(analyses, settings, log));
  const follow: TextFollow = keep(new TextFollow({ analyses, reader, log }));
  keep(new StatusItem({ analyses, settings, active, models, consents, rules }));
  keep(new SelectionItem(views, analyses, log));
  keep(new Offer(viewerOffer(active, reader), settings, log));
  keep(new Offer(rotatedOffer(views), settings, log));
  keep(new Welcome(context.globalState));
  keep(
    registerCommands({
      active,
      analyses,
      consents,
      engine,
      explain,
      follow,
      keys,
      log,
      normal,
      panels,
      reader,
      settings,
      views,
    }),
  );

  const applyChange = (): void => void analyses.reconfigure(settings.current.enable, options());
  keep(settings.onDidChange(applyChange));
  keep(settings.onDidChangeFormats((chosen) => void views.useFormats(chosen)));
  keep(normal.onDidChange(applyChange));
  keep(rules.onDidChange(applyChange));
  setImmediate(() => {
    analyses.start();
  });
  return keep(createApi(analyses));

  function keep<T extends Disposable>(item: T): T {
    context.subscriptions.push(item);
    return item;
  }
}
