/** What a variable position of a template holds. `mixed` where its values are of several kinds. */
export type SlotKind =
  | 'number'
  | 'hex'
  | 'ip'
  | 'uuid'
  | 'mac'
  | 'path'
  | 'url'
  | 'email'
  | 'time'
  | 'quoted'
  | 'word'
  | 'mixed';

/** A message pattern: constant words and slots. */
export interface Template {
  readonly id: number;
  /** The pattern as text; every slot reads `<*>`. */
  readonly text: string;
  readonly slots: readonly SlotKind[];
  /** Number of records. */
  readonly count: number;
  readonly firstRecord: number;
  readonly lastRecord: number;
}

/** The templates of one log and which one each record follows. */
export interface TemplateTable {
  readonly templates: readonly Template[];
  /** Template id per record, in file order. */
  readonly ofRecord: Uint32Array;
  /** True when the log had more distinct patterns than are kept apart: rare ones were grouped. */
  readonly truncated?: boolean;
}
