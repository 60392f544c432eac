import type * as vscode from 'vscode';
import { commandIds } from './contributions.ts';
import { nameOf } from './logDocuments.ts';
import type { OfferOptions } from './offer.ts';
import type { LogViews } from './viewer/logViews.ts';
import { rotatedNames } from './viewer/rotatedLog.ts';

/** All parts of a log as one, where the viewer shows the newest of them. */
export function rotatedOffer(views: LogViews): OfferOptions {
  return {
    setting: 'offer.rotated',
    button: 'Open All as One',
    command: commandIds.openRotated,
    onDidChange: views.onDidChange,
    occasion: () => {
      const uri = views.active?.log.uri;
      return uri?.scheme === 'file' ? { uri, message: () => olderParts(uri) } : undefined;
    },
  };
}

async function olderParts(uri: vscode.Uri): Promise<string | null> {
  const names = await rotatedNames(uri);
  // Who opens an old file wants that one.
  if (names.length < 2 || names.at(-1) !== nameOf(uri)) return null;
  const older = names.length - 1;
  const parts = older === 1 ? 'an older part' : `${older} older parts`;
  return `${nameOf(uri)} has ${parts} beside it: ${names[older - 1] ?? ''}${older > 1 ? ' …' : ''}`;
}
