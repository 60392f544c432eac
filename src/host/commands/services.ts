import type { ActiveLog } from '../activeLog.ts';
import type { AnalysisService } from '../analysisService.ts';
import type { EngineClient } from '../engineClient.ts';
import type { ExplainService } from '../explainService.ts';
import type { HostLog } from '../hostLog.ts';
import type { Consents } from '../model/consents.ts';
import type { ModelKeys } from '../model/modelKeys.ts';
import type { NormalPatterns } from '../normalPatterns.ts';
import type { Panels } from '../panel/panels.ts';
import type { ReaderClient } from '../readerClient.ts';
import type { SettingsWatcher } from '../settingsWatcher.ts';
import type { TextFollow } from '../text/textFollow.ts';
import type { LogViews } from '../viewer/logViews.ts';

/** What commands work with. */
export interface Services {
  readonly active: ActiveLog;
  readonly analyses: AnalysisService;
  readonly consents: Consents;
  readonly engine: EngineClient;
  readonly explain: ExplainService;
  readonly follow: TextFollow;
  readonly keys: ModelKeys;
  readonly log: HostLog;
  readonly normal: NormalPatterns;
  readonly panels: Panels;
  readonly reader: ReaderClient;
  readonly settings: SettingsWatcher;
  readonly views: LogViews;
}

/**
 * One command. `argument` is whatever a menu, link or keybinding passes; `selection` is what else is
 * selected in the explorer.
 */
export type CommandHandler = (
  services: Services,
  argument: unknown,
  selection?: unknown,
) => Promise<void>;
