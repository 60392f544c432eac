import type { ExplainService } from '../explainService.ts';
import type { LanguageModels } from '../model/languageModels.ts';
import type { PermissionToSend } from '../model/permission.ts';
import type { SettingsWatcher } from '../settingsWatcher.ts';
import type { LogViews } from '../viewer/logViews.ts';

/** What panels work with. */
export interface PanelServices {
  readonly explain: ExplainService;
  readonly models: LanguageModels;
  readonly permission: PermissionToSend;
  readonly settings: SettingsWatcher;
  readonly views: LogViews;
}
