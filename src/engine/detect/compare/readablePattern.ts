import { shortened } from '../build/shortened.ts';

/** The pattern of a line as the reader knows patterns: without its level, `<*>` for every slot. */
export function readablePattern(template: string): string {
  return shortened(
    template.replace(/^\d+ /, '').replace(/<(?:n|id|url|path|outcome)>/g, '<*>'),
    400,
  );
}
