import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import 'uplot/dist/uPlot.min.css';
import './styles/common.css';
import './styles/page.css';
import './styles/report.css';
import './views/menu.ts';
import './views/prose.ts';
import './views/roving.ts';
import './views/stream.ts';
import './views/timelineChart.ts';
import { render } from 'lit';
import { RpcError } from '../src/protocol/rpc.ts';
import type { Actions } from './actions.ts';
import { drawKeepingFocus } from './focus.ts';
import { connect } from './host.ts';
import { asked, isAnswering, reduce, restore, type ViewEvent } from './state.ts';
import { page } from './views/page.ts';
import { visibleIn } from './visible.ts';

/** Milliseconds between two copies of what the host told: a model writes many times a second. */
const keepEvery = 300;

const host = connect(
  (panel) => {
    dispatch({ kind: 'told', panel });
  },
  (message) => {
    dispatch({ kind: 'noticed', notice: message });
  },
);
let view = restore(host.kept());
let keeping = 0;

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

const { peer } = host;
const actions: Actions = {
  open: (path, line, endLine) => {
    run(peer.request('openEvidence', { path, line, endLine }));
  },
  openSource: ({ file, function: name, line }) => {
    run(peer.request('openSource', { file, function: name, line }));
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
    run(peer.request('saveIncident', text), 'The incident is saved.');
  },
  confirm: (id, status, text) => {
    dispatch({ kind: 'form', form: 'none' });
    run(peer.request('confirmIncident', { id, status, ...text }), 'Noted.');
  },
  grade: (grade) => {
    run(peer.request('grade', { grade }));
  },
  type: (question) => {
    dispatch({ kind: 'typed', question });
  },
  recall: (step) => {
    dispatch({ kind: 'recalled', step });
  },
  ask: (question) => {
    if (question === '' || isAnswering(view.panel)) return;
    dispatch({ kind: 'asked' });
    run(peer.request('ask', { question }));
  },
  cancelAsk: () => {
    run(peer.request('cancelAsk', null));
  },
  lookAtMark: (mark) => {
    dispatch({ kind: 'marked', mark });
  },
  copy: (as) => {
    run(
      peer.request('copy', { as }),
      as === 'issue' ? 'Copied as an issue.' : 'Copied as Markdown.',
    );
  },
  copyText: (text) => {
    run(navigator.clipboard.writeText(text), 'Copied.');
  },
  exportAs: (format) => {
    run(peer.request('exportAs', { format }));
  },
  setMode: (mode) => {
    run(peer.request('setMode', { mode }));
  },
  chooseModel: () => {
    run(peer.request('chooseModel', null));
  },
  askModel: () => {
    run(peer.request('askModel', null));
  },
  stopModel: () => {
    run(peer.request('stopModel', null));
  },
  showPayload: () => {
    run(peer.request('showPayload', null));
  },
  retry: () => {
    run(peer.request('retry', null));
  },
  cancel: () => {
    run(peer.request('cancel', null));
  },
  dismissNotice: () => {
    dispatch({ kind: 'noticed', notice: '' });
  },
};

function dispatch(event: ViewEvent): void {
  const before = asked(view.panel).length;
  view = reduce(view, event);
  if (event.kind !== 'told') keep();
  else if (keeping === 0) keeping = window.setTimeout(keep, keepEvery);
  drawKeepingFocus(() => {
    render(page(view, actions), document.body);
  });
  // A question may come from a command of the editor: its place is at the foot of the page.
  if (event.kind === 'told' && asked(view.panel).length > before) {
    document.querySelector('.answers > :last-child')?.scrollIntoView({ block: 'nearest' });
  }
}

function keep(): void {
  window.clearTimeout(keeping);
  keeping = 0;
  host.keep(view);
}

window.addEventListener('pagehide', keep);
render(page(view, actions), document.body);
peer.request('ready', { kept: view.panel }).then(
  (panel) => {
    dispatch({ kind: 'told', panel: visibleIn(panel) });
  },
  (error: unknown) => {
    dispatch({ kind: 'noticed', notice: String(error) });
  },
);
