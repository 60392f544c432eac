import { InvalidArgumentError } from 'commander';

import type { Severity } from '../engine/detect/finding.ts';

/** @throws InvalidArgumentError */
export function parseCount(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 1_000_000) {
    throw new InvalidArgumentError('It must be a whole number from 1 to 1,000,000.');
  }
  return value;
}

/** @throws InvalidArgumentError */
export function parseSeverity(text: string): Severity {
  if (text === 'high' || text === 'medium' || text === 'low') return text;
  throw new InvalidArgumentError('It must be high, medium or low.');
}
