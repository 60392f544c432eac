import { html, nothing } from 'lit';
import type { PanelReport, PanelSubject } from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';
import { clock, dayAndClock } from '../format.ts';
import type { ViewState } from '../state.ts';
import { chips } from './chips.ts';
import type { Part } from './said.ts';
import { shortened } from './shortened.ts';
import { timelineEvents } from '../timelineEvents.ts';

/** How much the logs wrote when, and what happened in which order. */
export function timelineSection(
  report: PanelReport,
  subject: PanelSubject,
  view: ViewState,
  actions: Actions,
): Part {
  const { timeline, explanation } = report;
  const hasPicture = timeline !== null && timeline.records.length > 0;
  if (!hasPicture && explanation.timeline.length === 0) return nothing;
  return html`<section aria-labelledby="timeline">
    <h2 id="timeline" tabindex="-1">Timeline</h2>
    ${
      hasPicture
        ? html`<faultline-timeline
            .timeline=${timeline}
            .events=${timelineEvents(explanation, timeline)}
            .mark=${view.mark}
            .choose=${actions.lookAtMark}
            .open=${actions.open}
          ></faultline-timeline>`
        : nothing
    }
    ${events(report, subject, view, actions)}
  </section>`;
}

/** What happened when. */
function events(
  { explanation }: PanelReport,
  subject: PanelSubject,
  view: ViewState,
  actions: Actions,
): Part {
  if (explanation.timeline.length === 0) return nothing;
  const days = new Set(explanation.timeline.flatMap(({ time }) => time?.slice(0, 10) ?? []));
  const moment = days.size > 1 ? dayAndClock : clock;
  const entries = explanation.timeline.map((entry, index) => ({ ...entry, index }));
  return shortened(
    entries,
    ({ index }) => index,
    'timeline',
    view,
    actions,
    (entry) =>
      html`<div class="event">
        ${
          entry.time === null
            ? html`<span class="time"
                ><span aria-hidden="true">–</span><span class="sr-only">no time stated</span></span
              >`
            : html`<time class="time" datetime=${entry.time}>${moment(entry.time)}</time>`
        }
        <span>${entry.event} ${chips(entry.evidence, explanation, subject, actions)}</span>
      </div>`,
  );
}
