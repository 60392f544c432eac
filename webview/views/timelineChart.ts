import { LitElement, html, type PropertyValues, type TemplateResult } from 'lit';
import uPlot from 'uplot';
import type { PanelTimeline, TimelineMark } from '../../src/protocol/panelApi.ts';
import { clock, count, counted, dayAndClock } from '../format.ts';

const height = 120;
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
  static override properties = { timeline: { attribute: false }, open: { attribute: false } };

  declare timeline: PanelTimeline;
  declare open: (mark: TimelineMark) => void;

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
        <span class="key errors"></span>errors <span class="key marks"></span>findings · height is
        the square root
      </p>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('timeline')) this.#draw();
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

  #drawMarks(plot: uPlot, unit: number): void {
    const { ctx, bbox } = plot;
    const size = 5 * devicePixelRatio;
    ctx.save();
    ctx.fillStyle = colour('--vscode-foreground');
    for (const mark of this.timeline.marks) {
      if (mark.severity === 'low') continue;
      const x = plot.valToPos(mark.at / unit, 'x', true);
      const y = bbox.top + size + 1;
      ctx.beginPath();
      ctx.moveTo(x, y - size);
      ctx.lineTo(x + size, y);
      ctx.lineTo(x, y + size);
      ctx.lineTo(x - size, y);
      ctx.closePath();
      ctx.fill();
    }
    ctx.restore();
  }

  #openNearest(x: number, unit: number): void {
    const plot = this.#plot;
    if (plot === null) return;
    let best: TimelineMark | null = null;
    let distance = reach;
    for (const mark of this.timeline.marks) {
      const away = Math.abs(plot.valToPos(mark.at / unit, 'x') - x);
      if (away <= distance) [best, distance] = [mark, away];
    }
    if (best !== null) this.open(best);
  }
}

customElements.define('faultline-timeline', TimelineChart);
