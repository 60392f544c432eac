import type { Category } from '../../engine/explain/explanation.ts';
import type { Service } from './service.ts';
import type { Step } from './story.ts';
import { readStory } from './story.ts';

/** One way in which an incident is logged. */
export interface Form {
  readonly services: Readonly<Record<string, Service>>;
  readonly story: readonly Step[];
}

/** An incident of one kind, as known programs log it, and in a language of its own. */
export interface Incident {
  readonly name: string;
  readonly category: Category;
  readonly original: Form;
  /** In words that no programmer is known to use: what is right here is mostly to say so. */
  readonly unfamiliar: Form;
}

/** An incident with its hold-out: the same as another programmer logs it, in plain words. */
export interface Scenario extends Incident {
  readonly reworded: Form;
}

export function scenario(
  name: string,
  category: Category,
  original: Form,
  unfamiliar: Form,
): Incident {
  return { name, category, original, unfamiliar };
}

/** A form: which program writes each file, and the story as text (see `readStory`). */
export function form(services: Readonly<Record<string, Service>>, story: string): Form {
  return { services, story: readStory(story) };
}
