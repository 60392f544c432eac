import { html, nothing, type TemplateResult } from 'lit/html.js';
import type {
  SearchCount,
  SearchQuery,
  ViewerHostRequests,
  ViewerOptions,
  ViewerState,
} from '../../src/protocol/viewerApi.ts';
import { count, counted } from '../format.ts';
import { legend, type LegendActions } from './legend.ts';
import { analysisText, foundText, foundTitle, kindOfLog, lineCount, size } from './words.ts';

type HoverParts = NonNullable<ViewerHostRequests['hover']['result']>;

/** What the parts around the log may ask for. */
export interface ChromeActions extends LegendActions {
  readonly toggle: (option: 'wrap' | 'follow' | 'deltas') => void;
  readonly find: () => void;
  readonly run: (command: ViewerHostRequests['run']['params']['command'], line?: number) => void;
  readonly goToEnd: () => void;
  readonly dismissBanner: () => void;
  readonly closeFind: () => void;
  /** Hides lines like the one at a line (1-based). */
  readonly hide: (line: number) => void;
  readonly showHidden: () => void;
  readonly query: (query: SearchQuery) => void;
  readonly step: (direction: 'next' | 'previous') => void;
}

/** What the page shows around the log. */
export interface ChromeModel {
  readonly state: ViewerState | null;
  readonly bytes: number;
  readonly lines: number;
  readonly exactLines: boolean;
  readonly findings: number;
  readonly banner: string | null;
  /** New lines and bytes since following was paused; null while it goes on. */
  readonly paused: { readonly lines: number | null; readonly bytes: number } | null;
  readonly find: FindModel | null;
  /** Patterns whose lines are hidden. */
  readonly hidden: readonly string[];
}

export interface FindModel {
  readonly query: SearchQuery;
  readonly found: SearchCount | null;
  /** Position of the current match among the matching lines, 1-based. */
  readonly position: number | null;
  readonly problem: string;
}

function toggleButton(
  label: string,
  title: string,
  option: 'wrap' | 'follow' | 'deltas',
  options: ViewerOptions,
  actions: ChromeActions,
): TemplateResult {
  return html`<button
    type="button"
    class="tool"
    title=${title}
    aria-pressed=${String(options[option])}
    @click=${() => {
      actions.toggle(option);
    }}
  >
    ${label}
  </button>`;
}

function analysisPart({ state, findings }: ChromeModel, actions: ChromeActions): unknown {
  if (state === null || state.analysis.kind === 'off') return nothing;
  const { kind } = state.analysis;
  const text = analysisText(state.analysis, findings);
  const button = (label: string, command: 'cancel' | 'again' | 'showFindings'): TemplateResult =>
    html`<button
      type="button"
      class="tool"
      @click=${() => {
        actions.run(command);
      }}
    >
      ${label}
    </button>`;
  return html`<span class="analysis">
    <span title=${kind === 'failed' ? state.analysis.failure.advice : ''}>${text}</span>
    ${kind === 'working' ? button('Cancel', 'cancel') : nothing}
    ${kind === 'cancelled' || kind === 'failed' ? button('Again', 'again') : nothing}
    ${kind === 'done' && findings > 0 ? button('Show', 'showFindings') : nothing}
  </span>`;
}

/** The line above the log: what it is, how far the analysis is, and what can be switched. */
export function head(model: ChromeModel, actions: ChromeActions): TemplateResult {
  const { state } = model;
  const opened = state?.opened ?? null;
  const facts =
    opened === null
      ? []
      : [
          ...kindOfLog(opened),
          lineCount(model.lines, model.exactLines),
          size(Math.max(model.bytes, opened.bytes)),
        ];
  const notes = state?.notes ?? [];
  return html`<div class="status" role="toolbar" aria-label="Log">
      <span class="facts">${facts.join(' · ')}</span>
      ${analysisPart(model, actions)}
      ${
        notes.length === 0
          ? nothing
          : html`<span class="notes" title=${notes.join('\n')}>${notes.join(' ')}</span>`
      }
      ${
        state === null
          ? nothing
          : html`<span class="tools">
              ${toggleButton('Wrap', 'Break long lines (Alt+Z)', 'wrap', state.options, actions)}
              ${toggleButton('Follow', 'Show new lines as they come', 'follow', state.options, actions)}
              ${toggleButton(
                'Times',
                'Time since the line above, and gaps',
                'deltas',
                state.options,
                actions,
              )}
              <button type="button" class="tool" title="Find (Ctrl+F)" @click=${actions.find}>
                Find
              </button>
            </span>`
      }
    </div>
    ${legend(state, actions)} ${readingNotes(state)} ${hiddenBar(model, actions)}
    ${banner(model, actions)}`;
}

/** What is missing of the log: it stays in sight, as nothing else would tell. */
function readingNotes(state: ViewerState | null): unknown {
  const notes = state?.opened?.notes ?? [];
  return notes.length === 0
    ? nothing
    : html`<div class="banner" role="status">${notes.join(' ')}</div>`;
}

function hiddenBar({ hidden }: ChromeModel, actions: ChromeActions): unknown {
  if (hidden.length === 0) return nothing;
  return html`<div class="hidden-bar" role="status" title=${hidden.join('\n')}>
    <span>${counted(hidden.length, 'pattern')} hidden</span>
    <button type="button" class="tool" @click=${actions.showHidden}>Show</button>
  </div>`;
}

function banner({ banner: text, state }: ChromeModel, actions: ChromeActions): unknown {
  const failure = state?.failure ?? null;
  if (failure !== null) {
    return html`<div class="banner" role="alert">${failure.message} ${failure.advice}</div>`;
  }
  if (text === null) return nothing;
  return html`<div class="banner" role="alert">
    <span>${text}</span>
    <button type="button" class="tool" @click=${actions.dismissBanner}>Close</button>
  </div>`;
}

/** The bar over the end of the log while following is paused. */
export function pausedBar({ paused }: ChromeModel, actions: ChromeActions): unknown {
  if (paused === null) return nothing;
  const fresh =
    paused.lines === null
      ? `${size(paused.bytes)} new`
      : counted(paused.lines, 'new line', 'new lines');
  const isNews = paused.bytes > 0;
  return html`<div class="paused" role="status">
    <span>${isNews ? `Paused: ${fresh}` : 'Paused'}</span>
    <button type="button" class="tool" @click=${actions.goToEnd}>Go to end</button>
  </div>`;
}

function findToggle(
  label: string,
  title: string,
  key: 'matchCase' | 'wholeWord' | 'regex',
  query: SearchQuery,
  actions: ChromeActions,
): TemplateResult {
  return html`<button
    type="button"
    class="tool mode"
    title=${title}
    aria-label=${title}
    aria-pressed=${String(query[key])}
    @click=${() => {
      actions.query({ ...query, [key]: !query[key] });
    }}
  >
    ${label}
  </button>`;
}

/** The box that searches. */
export function findBox({ find }: ChromeModel, actions: ChromeActions): unknown {
  if (find === null) return nothing;
  const { query, found, position, problem } = find;
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Enter') actions.step(event.shiftKey ? 'previous' : 'next');
    else return;
    event.preventDefault();
  };
  return html`<div class="find" role="search">
    <input
      type="text"
      aria-label="Find"
      placeholder="Find"
      spellcheck="false"
      autocomplete="off"
      aria-invalid=${String(problem !== '')}
      .value=${query.text}
      @input=${(event: Event) => {
        actions.query({ ...query, text: (event.target as HTMLInputElement).value });
      }}
      @keydown=${onKey}
    />
    ${findToggle('Aa', 'Match case', 'matchCase', query, actions)}
    ${findToggle('ab', 'Match whole word', 'wholeWord', query, actions)}
    ${findToggle('.*', 'Regular expression', 'regex', query, actions)}
    <span class="count" role="status" title=${foundTitle(found)}
      >${query.text === '' ? '' : foundText(found, position)}</span
    >
    <button
      type="button"
      class="tool"
      title="Previous match (Shift+Enter)"
      aria-label="Previous match"
      @click=${() => {
        actions.step('previous');
      }}
    >
      ↑
    </button>
    <button
      type="button"
      class="tool"
      title="Next match (Enter)"
      aria-label="Next match"
      @click=${() => {
        actions.step('next');
      }}
    >
      ↓
    </button>
    <button
      type="button"
      class="tool"
      title="Close (Escape)"
      aria-label="Close"
      @click=${actions.closeFind}
    >
      ×
    </button>
    ${problem === '' ? nothing : html`<div class="problem" role="alert">${problem}</div>`}
  </div>`;
}

/** What the card of a marked line says, in the order of the editor's hovers. */
export function hoverCard(parts: HoverParts, line: number, actions: ChromeActions): TemplateResult {
  const link = (
    label: string,
    command: 'explainFinding' | 'markNormal' | 'saveIncident',
  ): unknown =>
    html`<button
      type="button"
      class="link"
      @click=${() => {
        actions.run(command, line);
      }}
    >
      ${label}
    </button>`;
  return html`<p class="sentence">${parts.sentence}</p>
    ${
      parts.rows.length === 0
        ? nothing
        : html`<table>
            <thead>
              <tr>
                <th scope="col">seen</th>
                <th scope="col">usual</th>
                <th scope="col">strength</th>
              </tr>
            </thead>
            <tbody>
              ${parts.rows.map(
                ({ what, usual, strength }) =>
                  html`<tr>
                    <td>${what}</td>
                    <td>${usual === '' ? '–' : usual}</td>
                    <td>${strength}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
    ${
      parts.pattern.length === 0
        ? nothing
        : html`<p class="pattern">
            ${parts.pattern.map(({ kind, text }) =>
              kind === 'slot' ? html`<span class="slot">⟨…⟩</span>` : text,
            )}
          </p>`
    }
    <p class="quiet">${parts.counts}</p>
    ${parts.similar.map(
      ({ when, title, why, resolution }) =>
        html`<p>
          Seen before, ${when}: ${title} (${why}).
          ${resolution === '' ? nothing : html`Fixed by: ${resolution}`}
        </p>`,
    )}
    <p class="links">
      ${link('Explain', 'explainFinding')}
      <button
        type="button"
        class="link"
        @click=${() => {
          actions.hide(line);
        }}
      >
        Hide pattern
      </button>
      ${link('This is normal', 'markNormal')} ${link('Save as incident', 'saveIncident')}
      <span class="quiet">line ${count(line)}</span>
    </p>`;
}
