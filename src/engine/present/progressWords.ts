import { spanWords } from './timeWords.ts';

/** How far reading a log is; rate and time are null while they are unknown. */
export interface Progress {
  /** 0..1. */
  readonly share: number;
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
}

/** How far it is, how fast, and how long it will take: `34 % · 41 MB/s · 20 s left`. */
export function progressWords({ share, bytesPerSecond, secondsLeft }: Progress): string {
  return [
    shareWords(share),
    ...(bytesPerSecond === null ? [] : [`${megabytes(bytesPerSecond)}/s`]),
    ...(secondsLeft === null ? [] : [leftWords(secondsLeft)]),
  ].join(' · ');
}

/** Whole seconds, since an estimate knows no less: `20 s left`. */
export function leftWords(seconds: number): string {
  return `${spanWords(Math.ceil(seconds) * 1_000)} left`;
}

/** A share of 0..1, cut off, so that nothing is done before it is: `99 %`. */
export function shareWords(share: number): string {
  return `${Math.floor(share * 100)} %`;
}

/** A size in decimal units, as disks are sold: `58 MB`. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
