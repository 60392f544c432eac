import * as vscode from 'vscode';
import type { ActiveLog } from './activeLog.ts';
import { commandIds } from './contributions.ts';
import { documentLimitBytes, nameOf, unreadWords } from './logDocuments.ts';
import type { OfferOptions } from './offer.ts';

/** The viewer, for a log that is too large for extensions. The status bar keeps the offer quietly. */
export function viewerOffer(active: ActiveLog): OfferOptions {
  return {
    setting: 'offer.viewer',
    button: 'Open in Log Viewer',
    command: commandIds.openInViewer,
    onDidChange: active.onDidChange,
    occasion: () => {
      const { unread } = active;
      if (unread?.why !== 'large') return undefined;
      const { uri } = unread;
      return {
        uri,
        message: async () => {
          const { size } = await vscode.workspace.fs.stat(uri);
          // Any log has no text for a moment while its tab opens.
          return size > documentLimitBytes ? `${nameOf(uri)}: ${unreadWords(unread)}` : null;
        },
      };
    },
  };
}
