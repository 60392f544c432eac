import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';

import { explainLogs } from '../../engine/explain/explainLogs.ts';
import { incidentFrom } from '../../engine/explain/lookUp.ts';
import { incidentFromDraft } from '../../engine/incident/draft.ts';
import type { Incident } from '../../engine/incident/incident.ts';
import { openEngine } from '../compose.ts';
import { findInputs } from '../inputs.ts';
import { complain, Progress } from '../terminal.ts';
import { UsageError } from '../usageError.ts';
import type { CommandContext } from './context.ts';
import { type FolderOptions, openFolder } from './incidentFolder.ts';

export interface AddOptions extends FolderOptions {
  readonly title?: string;
  readonly cause?: string;
  readonly fix?: string;
  readonly baseline?: string[];
  readonly confirmed?: boolean;
}

/** A text that is no JSON after this many characters is none. */
const mostCharacters = 8 * 1024 * 1024;

/**
 * Saves the incident of logs, or those written on stdin: one JSON object, or one a line. Each comes once
 * it is durable.
 */
export async function* addedFrom(
  context: CommandContext,
  paths: readonly string[],
  options: AddOptions,
): AsyncGenerator<Incident> {
  const store = openFolder(options.dir);
  const drafts = paths.length === 0 ? written() : [await explained(context, paths, options)];
  let saved = 0;
  for await (const incident of drafts) {
    yield await store.save({
      ...incident,
      title: options.title ?? incident.title,
      rootCause: options.cause ?? incident.rootCause,
      resolution: options.fix ?? incident.resolution,
      status: options.confirmed === true ? 'confirmed' : incident.status,
    });
    saved += 1;
  }
  if (saved === 0) {
    throw new UsageError(
      'There is nothing to save. Name logs, or write an incident as JSON to stdin.',
    );
  }
}

/** What the logs say, as an unconfirmed incident. */
async function explained(
  { signal }: CommandContext,
  paths: readonly string[],
  { baseline }: AddOptions,
): Promise<Incident> {
  const progress = new Progress();
  const inputs = await findInputs(paths);
  const good = baseline === undefined ? null : await findInputs(baseline);
  for (const { path, why } of [...inputs.skipped, ...(good?.skipped ?? [])]) {
    complain(`skipped ${path}: ${why}`);
  }
  const engine = await openEngine({ embeddings: false, signal, progress });
  const analyses = await engine.analyse(inputs.logs);
  const compared = good === null ? [] : await engine.parse(good.files);
  const explanation = explainLogs({ analyses, baseline: compared });
  progress.clear();
  await engine.close();
  return incidentFrom(explanation, analyses, new Date().toISOString(), randomUUID(), compared);
}

/** Incidents on stdin: a line that is JSON by itself is one, else all of it together is. */
async function* written(): AsyncGenerator<Incident> {
  if (process.stdin.isTTY) {
    throw new UsageError('Name logs, or write an incident as JSON to stdin. See --help.');
  }
  let pending = '';
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    pending += `${line}\n`;
    if (pending.length > mostCharacters) break;
    const value = parsed(pending);
    if (value === undefined) continue;
    pending = '';
    yield incidentFromDraft(value, { id: randomUUID(), now: new Date().toISOString() });
  }
  if (pending.trim() !== '') {
    throw new UsageError('What came on stdin is no JSON. Write an object with at least a "title".');
  }
}

/** Undefined for what is no whole JSON value yet. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
