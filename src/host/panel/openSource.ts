import * as vscode from 'vscode';
import { RpcError } from '../../protocol/rpc.ts';
import { fileNameOf, likeliestPath } from '../sourceFiles.ts';
import { openLine } from './openLine.ts';

/** Files of one name that are compared: a name like `index.js` may occur in every folder. */
const mostCandidates = 500;

const elsewhere = '**/{node_modules,site-packages,.git}/**';

/** A place in source code, as a stack trace names it; the line is 1-based. */
export interface SourcePlace {
  readonly file: string;
  readonly function: string;
  readonly line: number | null;
}

/** Opens a place of a stack trace where the workspace has its file. @throws RpcError `not-found` */
export async function openSource(
  { file, function: name, line }: SourcePlace,
  panelColumn: vscode.ViewColumn | undefined,
): Promise<void> {
  const fileName = fileNameOf(file);
  const found =
    fileName === ''
      ? []
      : await vscode.workspace.findFiles(`**/${escaped(fileName)}`, elsewhere, mostCandidates);
  const path = likeliestPath(
    file,
    found.map((uri) => uri.path),
  );
  const uri = found.find((candidate) => candidate.path === path);
  if (uri === undefined) {
    throw new RpcError({
      reason: 'not-found',
      message: `${fileName === '' ? 'The file' : fileName} is not in this workspace.`,
      advice: 'Open the folder with the source code and try again.',
    });
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const at = line === null ? lineOf(document, name) : line - 1;
  await openLine(document, at, at, panelColumn);
}

/** Where a function is named for the first time; the start of the file where it is not. */
function lineOf(document: vscode.TextDocument, name: string): number {
  const short = name.split(/[.:#]/).at(-1) ?? '';
  const at = short === '' ? -1 : document.getText().indexOf(short);
  return at === -1 ? 0 : document.positionAt(at).line;
}

/** A name as a glob that matches only itself. */
function escaped(name: string): string {
  return name.replace(/[*?[\]{}!]/g, (sign) => `[${sign}]`);
}
