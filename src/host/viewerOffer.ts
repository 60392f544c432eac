import * as vscode from 'vscode';
import type { ActiveLog } from './activeLog.ts';
import { commandIds } from './contributions.ts';
import { documentLimitBytes, nameOf, unreadWords } from './logDocuments.ts';
import type { OfferOptions } from './offer.ts';
import type { ReaderClient } from './readerClient.ts';

/** The viewer, for a log that is too large for extensions. The status bar keeps the offer quietly. */
export function viewerOffer(active: ActiveLog, reader: ReaderClient): OfferOptions {
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
          if (size <= documentLimitBytes) return null;
          // Who takes the offer finds the thread that reads logs started.
          reader.warmUp();
          return `${nameOf(uri)}: ${unreadWords(unread)}`;
        },
      };
    },
  };
}
