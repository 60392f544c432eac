import { html, nothing, type TemplateResult } from 'lit';
import type { ExplainMode, PanelChoices, PanelSubject } from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';
import { subjectName } from '../format.ts';
import type { MenuItem } from './menu.ts';

const modes: readonly (readonly [ExplainMode, string, string])[] = [
  ['full', 'Full', 'Embeddings, past incidents, rules and statistics'],
  ['fast', 'Fast', 'Rules and the words of the log only; at least twice as fast'],
];

function tool(label: string, title: string, run: () => void): TemplateResult {
  return html`<button class="tool" type="button" title=${title} @click=${run}>${label}</button>`;
}

/** What is chosen for every report: how much is used, and who words it. */
function choiceTools({ mode, model }: PanelChoices, actions: Actions): TemplateResult {
  return html`<span class="switch" role="group" aria-label="Mode">
      ${modes.map(
        ([name, label, title]) =>
          html`<button
            class="tool"
            type="button"
            title=${title}
            aria-pressed=${mode === name ? 'true' : 'false'}
            @click=${() => {
              if (mode !== name) actions.setMode(name);
            }}
          >
            ${label}
          </button>`,
      )}
    </span>
    <button
      class="tool"
      type="button"
      title="Choose a language model, or none"
      aria-label=${`Language model: ${model}. Choose another, or none`}
      @click=${actions.chooseModel}
    >
      ${model === 'offline' ? 'Offline' : model}<span class="arrow" aria-hidden="true"></span>
    </button>`;
}

function exports(actions: Actions): readonly MenuItem[] {
  return [
    {
      label: 'Open as Markdown',
      run: () => {
        actions.exportAs('markdown');
      },
    },
    {
      label: 'Open as HTML, for printing',
      run: () => {
        actions.exportAs('html');
      },
    },
    {
      label: 'Open as JSON',
      run: () => {
        actions.exportAs('json');
      },
    },
    {
      label: 'Copy as Markdown',
      run: () => {
        actions.copy('markdown');
      },
    },
    {
      label: 'Copy as an issue',
      run: () => {
        actions.copy('issue');
      },
    },
  ];
}

/**
 * The head of the page: what it is about, what is chosen, and what can be done with the report.
 * @param canSave whether there is a report that is not saved yet
 */
export function head(
  subject: PanelSubject,
  choices: PanelChoices,
  has: { readonly report: boolean; readonly canSave: boolean },
  actions: Actions,
): TemplateResult {
  return html`<header>
    <h1>Root cause <span class="quiet">${subjectName(subject)}</span></h1>
    <faultline-roving class="tools" role="toolbar" aria-label="Report">
      ${choiceTools(choices, actions)}
      ${tool('Run again', 'Read the logs again and write a new report', actions.retry)}
      ${
        has.report
          ? html`<faultline-menu label="Export" .items=${exports(actions)}></faultline-menu>`
          : nothing
      }
      ${
        has.canSave
          ? tool('Save as incident', 'Remember this report, to recognise it next time', () => {
              actions.showForm('save');
            })
          : nothing
      }
    </faultline-roving>
  </header>`;
}
