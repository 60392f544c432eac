import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Lane, ViewerState } from '../../src/protocol/viewerApi.ts';
import { duration } from './gaps.ts';

/** Colours of lanes go round; the name beside them tells logs apart without colour. */
export const laneColours = 6;

/** What the order makes up for, in a few words; empty where there is nothing. */
export function laneNote({ skew, timed }: Pick<Lane, 'skew' | 'timed'>): string {
  if (!timed) return 'no times';
  if (skew === 0) return '';
  return `clock ${duration(Math.abs(skew))} ${skew < 0 ? 'ahead' : 'behind'}`;
}

/** What the legend may ask for. */
export interface LegendActions {
  /** Hides a log that is shown, shows one that is hidden. */
  readonly switchMember: (index: number) => void;
  readonly showAllMembers: () => void;
}

/** What the reader calls a log. */
export function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** The logs of a joined view, each with its colour and a switch; where new lines come stands behind the names. */
export function legend(
  state: ViewerState | null,
  actions: LegendActions,
): TemplateResult | typeof nothing {
  const members = state?.members ?? [];
  if (members.length < 2) return nothing;
  const shown = state?.shown ?? [];
  const growth = state?.opened?.growth ?? '';
  return html`<ul class="legend" aria-label="Logs in this view" title=${growth}>
    ${members.map((path, index) => {
      const isShown = shown.includes(index);
      const name = nameOf(path);
      const own = state?.opened?.lanes[shown.indexOf(index)];
      const note = isShown ? (own === undefined ? '' : laneNote(own)) : 'hidden';
      const only = isShown && shown.length === 1;
      const does = only
        ? 'The only log that is shown'
        : isShown
          ? 'Hide its lines'
          : 'Show its lines';
      return html`<li>
        <button
          type="button"
          class="lane-switch lane-${index % laneColours}"
          aria-pressed=${String(isShown)}
          aria-label=${`Show ${name}${note === '' || !isShown ? '' : `, ${note}`}`}
          title=${`${does}\n${path}\n${growth}`}
          ?disabled=${only}
          @click=${() => {
            actions.switchMember(index);
          }}
        >
          <span class="lane-label">${name}</span>${
            note === '' ? nothing : html` <span class="quiet">${note}</span>`
          }
        </button>
      </li>`;
    })}
    ${
      shown.length === members.length
        ? nothing
        : html`<li>
            <button type="button" class="tool" @click=${actions.showAllMembers}>Show all</button>
          </li>`
    }
  </ul>`;
}
