import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import 'uplot/dist/uPlot.min.css';
import './styles.css';
import './views/timelineChart.ts';
import { render } from 'lit';
import { RpcError } from '../src/protocol/rpc.ts';
import type { Actions } from './actions.ts';
import { connect } from './host.ts';
import { reduce, restore, type ViewEvent } from './state.ts';
import { page } from './views/page.ts';

const host = connect(
  (panel) => {
    dispatch({ kind: 'told', panel });
  },
  (message) => {
    dispatch({ kind: 'noticed', notice: message });
  },
);
let view = restore(host.kept());

/** Runs a request; a failure becomes a line at the foot of the page, `done` the answer when it went well. */
function run(request: Promise<unknown>, done = ''): void {
  request.then(
    () => {
      if (done !== '') dispatch({ kind: 'noticed', notice: done });
    },
    (error: unknown) => {
      const notice = error instanceof RpcError ? `${error.message} ${error.advice}` : String(error);
      dispatch({ kind: 'noticed', notice });
    },
  );
}

const actions: Actions = {
  open: (path, line, endLine) => {
    run(host.peer.request('openEvidence', { path, line, endLine }));
  },
  toggle: (section) => {
    dispatch({ kind: 'toggled', section });
  },
  showForm: (form) => {
    dispatch({ kind: 'form', form });
    document.querySelector<HTMLInputElement>('form.incident input')?.focus();
  },
  save: (text) => {
    dispatch({ kind: 'form', form: 'none' });
    run(host.peer.request('saveIncident', text), 'The incident is saved.');
  },
  confirm: (id, status, text) => {
    dispatch({ kind: 'form', form: 'none' });
    run(host.peer.request('confirmIncident', { id, status, ...text }), 'Noted.');
  },
  type: (question) => {
    dispatch({ kind: 'typed', question });
  },
  ask: (question) => {
    if (question === '') return;
    dispatch({ kind: 'asked' });
    run(host.peer.request('ask', { question }));
  },
  copy: () => {
    run(host.peer.request('copyMarkdown', null), 'Copied as Markdown.');
  },
  exportReport: () => {
    run(host.peer.request('exportMarkdown', null));
  },
  retry: () => {
    run(host.peer.request('retry', null));
  },
  cancel: () => {
    run(host.peer.request('cancel', null));
  },
};

function dispatch(event: ViewEvent): void {
  view = reduce(view, event);
  host.keep(view);
  render(page(view, actions), document.body);
}

render(page(view, actions), document.body);
host.peer.request('ready', { kept: view.panel }).then(
  (panel) => {
    dispatch({ kind: 'told', panel });
  },
  (error: unknown) => {
    dispatch({ kind: 'noticed', notice: String(error) });
  },
);
