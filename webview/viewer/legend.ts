import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Lane, OpenedView } from '../../src/protocol/viewerApi.ts';
import { duration } from './gaps.ts';

/** Colours of lanes go round; the name beside them tells logs apart without colour. */
export const laneColours = 6;

/** What the order makes up for, in a few words; empty where there is nothing. */
export function laneNote({ skew, timed }: Pick<Lane, 'skew' | 'timed'>): string {
  if (!timed) return 'no times';
  if (skew === 0) return '';
  return `clock ${duration(Math.abs(skew))} ${skew < 0 ? 'ahead' : 'behind'}`;
}

/** The logs of a joined view, each with its colour; where new lines come stands behind the names. */
export function legend(opened: OpenedView | null): TemplateResult | typeof nothing {
  if (opened === null || opened.lanes.length < 2) return nothing;
  return html`<ul class="legend" aria-label="Logs in this view" title=${opened.growth}>
    ${opened.lanes.map((lane, index) => {
      const note = laneNote(lane);
      return html`<li
        class="lane lane-${index % laneColours}"
        title=${`${lane.path}\n${opened.growth}`}
      >
        ${lane.name}${note === '' ? nothing : html` <span class="quiet">${note}</span>`}
      </li>`;
    })}
  </ul>`;
}
