/** Where the evaluation data lies: outside the repository, never copied into it. */
export function dataFolder(): string {
  return process.env['FAULTLINE_DATA'] ?? '../shared/data';
}
