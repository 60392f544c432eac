import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import uPlot from 'uplot';
import type { PanelTimeline, TimelineMark } from '../../src/protocol/panelApi.ts';
import { clock, count, counted, dayAndClock } from '../format.ts';
import { nearestMark, type TimelineEvent } from '../timelineEvents.ts';

const height = 132;
/** Room above the bars for the names of the moments, in pixels. */
const headroom = 16;
/** A click this near to a mark, in pixels, opens it. */
const reach = 12;
/** Milliseconds. */
const dayLong = 86_400_000;

/** Reads a theme colour; the fallback is what every theme defines. */
function colour(name: string): string {
  const style = getComputedStyle(document.body);
  return style.getPropertyValue(name).trim() || style.color;
}

/** A tick of the axis. Logs without a zone are kept in UTC, so UTC shows what the log wrote. */
function label(value: number, { axis, records, width }: PanelTimeline): string {
  if (axis === 'line') return count(value);
  const iso = new Date(value * 1000).toISOString();
  return records.length * width > dayLong ? dayAndClock(iso).slice(0, 11) : clock(iso).slice(0, 8);
}

/**
 * How much the logs wrote when, with the findings on top. Heights are square roots, so that twelve
 * errors stay visible beside ten thousand lines; the caption says so.
 */
export class TimelineChart extends LitElement {
  static override properties = {
    timeline: { attribute: false },
    events: { attribute: false },
    mark: { attribute: false },
    choose: { attribute: false },
    open: { attribute: false },
  };

  declare timeline: PanelTimeline;
  /** What the report names, in order of time. */
  declare events: readonly TimelineEvent[];
  /** Which of the marks the reader looks at, counted from 0; null for the one nearest to the onset. */
  declare mark: number | null;
  declare choose: (mark: number) => void;
  declare open: (path: string, line: number, endLine: number) => void;

  #plot: uPlot | null = null;
  readonly #resized = new ResizeObserver(() =>
    this.#plot?.setSize({ width: this.#width(), height }),
  );
  /** The editor changes the classes of the body with the theme. */
  readonly #themed = new MutationObserver(() => {
    this.#draw();
  });

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
    this.#themed.observe(document.body, { attributes: true, attributeFilter: ['class', 'style'] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.#themed.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
  }

  protected override render(): TemplateResult {
    const { records, errors, warnings, marks } = this.timeline;
    const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
    const summary = `Timeline: ${counted(sum(records), 'record')}, ${counted(sum(warnings), 'warning')}, ${counted(sum(errors), 'error')}, ${counted(marks.length, 'finding')}.`;
    return html`<div class="chart" role="img" aria-label=${summary}></div>
      <p class="quiet legend">
        <span class="key records"></span>records <span class="key warnings"></span>warnings
        <span class="key errors"></span>errors <span class="key marks"></span>findings
        ${this.events.some(({ isOnset }) => isOnset) ? html`<span class="key onset"></span>onset` : nothing}
        · height is the square root
      </p>
      ${this.#stepper()}`;
  }

  /** The findings one by one, for the keyboard and for who cannot see the picture. */
  #stepper(): TemplateResult | typeof nothing {
    const { marks, axis } = this.timeline;
    const mark = marks[this.#chosen()];
    if (mark === undefined) return nothing;
    const place = axis === 'time' ? label(mark.at / 1000, this.timeline) : `line ${count(mark.at)}`;
    const step = (by: number): void => {
      this.choose((this.#chosen() + by + marks.length) % marks.length);
    };
    return html`<div class="stepper" role="group" aria-label="Findings on the timeline">
      <button
        class="tool"
        type="button"
        aria-label="Finding before"
        @click=${() => {
          step(-1);
        }}
      >
        ‹
      </button>
      <button
        class="tool"
        type="button"
        aria-label="Next finding"
        @click=${() => {
          step(1);
        }}
      >
        ›
      </button>
      <span class="finding" aria-live="polite">
        <span class="quiet">${this.#chosen() + 1} of ${count(marks.length)}, ${place}</span>
        ${mark.title}
      </span>
      <button
        class="link"
        type="button"
        @click=${() => {
          this.open(mark.path, mark.line, mark.endLine);
        }}
      >
        Open line ${count(mark.line)}
      </button>
    </div>`;
  }

  /** The mark in sight; another report may have fewer. */
  #chosen(): number {
    const { marks } = this.timeline;
    if (this.mark !== null) return Math.min(this.mark, marks.length - 1);
    return nearestMark(marks, this.events.find(({ isOnset }) => isOnset)?.at ?? null);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('timeline')) this.#draw();
    // A redraw without new data: the names and the chosen mark are drawn on top.
    else if (changed.has('mark') || changed.has('events')) this.#plot?.redraw(false, false);
  }

  #width(): number {
    return Math.max(200, this.clientWidth);
  }

  #draw(): void {
    const target = this.querySelector<HTMLElement>('.chart');
    if (target === null) return;
    this.#plot?.destroy();
    const { axis, start, width, records, warnings, errors } = this.timeline;
    // uPlot counts time in seconds.
    const unit = axis === 'time' ? 1000 : 1;
    const middle = records.map((_, index) => (start + (index + 0.5) * width) / unit);
    const root = (values: readonly number[]): number[] => values.map((value) => Math.sqrt(value));
    const both = errors.map((value, index) => value + (warnings[index] ?? 0));
    const bars = uPlot.paths.bars?.({ size: [0.9, 100] });
    const series = (stroke: string): uPlot.Series => ({
      fill: stroke,
      stroke,
      width: 0,
      points: { show: false },
      ...(bars === undefined ? {} : { paths: bars }),
    });
    const text = colour('--vscode-foreground');
    const grid = { show: false };
    this.#plot = new uPlot(
      {
        width: this.#width(),
        height,
        legend: { show: false },
        cursor: { show: false },
        padding: [headroom, null, null, null],
        scales: {
          x: { time: axis === 'time' },
          y: { range: (_plot, _low, high) => [0, high || 1] },
        },
        axes: [
          {
            stroke: text,
            grid,
            space: 90,
            size: 28,
            ticks: { stroke: text, width: 1, size: 4 },
            values: (_plot, splits) => splits.map((value) => label(value, this.timeline)),
          },
          { show: false },
        ],
        series: [
          {},
          series(colour('--vscode-charts-lines')),
          series(colour('--vscode-charts-yellow')),
          series(colour('--vscode-charts-red')),
        ],
        hooks: {
          draw: [
            (plot): void => {
              this.#drawEvents(plot, unit);
              this.#drawMarks(plot, unit);
            },
          ],
        },
      },
      [middle, root(records), root(both), root(errors)],
      target,
    );
    this.#plot.over.addEventListener('click', (event) => {
      this.#openNearest(event.offsetX, unit);
    });
  }

  /** Names of excerpts above the bars, where there is room; a line where it began. */
  #drawEvents(plot: uPlot, unit: number): void {
    const { ctx, bbox } = plot;
    const pixel = devicePixelRatio;
    ctx.save();
    ctx.font = `${11 * pixel}px ${colour('--vscode-font-family')}`;
    ctx.textBaseline = 'bottom';
    let taken = Number.NEGATIVE_INFINITY;
    const onsetFirst = this.events.toSorted((a, b) => Number(b.isOnset) - Number(a.isOnset));
    const onset = onsetFirst[0]?.isOnset === true ? onsetFirst[0] : null;
    if (onset !== null) {
      const x = plot.valToPos(onset.at / unit, 'x', true);
      ctx.strokeStyle = colour('--vscode-foreground');
      ctx.lineWidth = pixel;
      ctx.setLineDash([3 * pixel, 3 * pixel]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.fillStyle = colour('--vscode-descriptionForeground');
    for (const event of this.events) {
      const text = event.isOnset ? `onset ${event.label}` : event.label;
      const wide = ctx.measureText(text).width;
      const x = plot.valToPos(event.at / unit, 'x', true) - wide / 2;
      const left = Math.max(bbox.left, Math.min(x, bbox.left + bbox.width - wide));
      if (left < taken) continue;
      ctx.fillText(text, left, bbox.top - 2 * pixel);
      taken = left + wide + 8 * pixel;
    }
    ctx.restore();
  }

  #drawMarks(plot: uPlot, unit: number): void {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.fillStyle = colour('--vscode-foreground');
    ctx.strokeStyle = colour('--vscode-focusBorder');
    ctx.lineWidth = 2 * devicePixelRatio;
    for (const [index, mark] of this.timeline.marks.entries()) {
      const chosen = index === this.#chosen();
      if (mark.severity === 'low' && !chosen) continue;
      const size = (chosen ? 7 : 5) * devicePixelRatio;
      const x = plot.valToPos(mark.at / unit, 'x', true);
      const y = bbox.top + size + 1;
      ctx.beginPath();
      ctx.moveTo(x, y - size);
      ctx.lineTo(x + size, y);
      ctx.lineTo(x, y + size);
      ctx.lineTo(x - size, y);
      ctx.closePath();
      ctx.fill();
      if (chosen) ctx.stroke();
    }
    ctx.restore();
  }

  #openNearest(x: number, unit: number): void {
    const plot = this.#plot;
    if (plot === null) return;
    let best: number | null = null;
    let distance = reach;
    for (const [index, { at }] of this.timeline.marks.entries()) {
      const away = Math.abs(plot.valToPos(at / unit, 'x') - x);
      if (away <= distance) [best, distance] = [index, away];
    }
    const mark: TimelineMark | undefined = best === null ? undefined : this.timeline.marks[best];
    if (best === null || mark === undefined) return;
    this.choose(best);
    this.open(mark.path, mark.line, mark.endLine);
  }
}

customElements.define('faultline-timeline', TimelineChart);
