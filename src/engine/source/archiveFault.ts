/** Why an archive cannot be unpacked further. What was unpacked before stands. */
export type FaultKind = 'truncated' | 'damaged' | 'bomb' | 'unsupported';

/** Thrown by unpackers, which know no path; whoever reads the file says it in words. */
export class ArchiveFault extends Error {
  readonly kind: FaultKind;

  constructor(kind: FaultKind, cause?: unknown) {
    super(`The archive is ${kind}.`, { cause });
    this.name = 'ArchiveFault';
    this.kind = kind;
  }
}
