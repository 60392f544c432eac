import type { CommandId } from './contributions.ts';

/** What a link or menu hands to a command: a place in a log. `line` is 0-based. */
export interface LogPlace {
  readonly uri: string;
  readonly line: number;
}

/** The address that runs one of our commands at a place. */
export function commandUri(command: CommandId, place: LogPlace): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify([place]))}`;
}

/** The place in a command's argument; null for anything else, as keybindings and menus pass other things. */
export function placeOf(argument: unknown): LogPlace | null {
  if (typeof argument !== 'object' || argument === null) return null;
  const { uri, line } = argument as Record<string, unknown>;
  return typeof uri === 'string' && typeof line === 'number' && Number.isInteger(line) && line >= 0
    ? { uri, line }
    : null;
}
