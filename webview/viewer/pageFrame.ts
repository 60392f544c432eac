/** The places of the page, from the line above the log to what is only read out. */
export interface PageFrame {
  readonly root: HTMLElement;
  readonly top: HTMLElement;
  readonly area: HTMLElement;
  /** Gutter and log: what wheel and pointer act on. */
  readonly lines: HTMLElement;
  readonly gutter: HTMLElement;
  readonly log: HTMLElement;
  readonly over: HTMLElement;
  readonly empty: HTMLElement;
  readonly said: HTMLElement;
}

function division(name: string, parent: HTMLElement): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  parent.append(element);
  return element;
}

/** Makes them. The log takes the focus; its gutter is for the eye alone, as rows say their numbers. */
export function pageFrame(body: HTMLElement): PageFrame {
  // The editor's menu for pages cuts and pastes, which a log that is only read has no use for.
  body.dataset['vscodeContext'] = '{"preventDefaultContextMenuItems":true}';
  const root = division('viewer', body);
  const top = division('top', root);
  const area = division('area', root);
  const lines = division('lines', area);
  const gutter = division('gutter', lines);
  gutter.setAttribute('aria-hidden', 'true');
  const log = division('log', lines);
  log.id = 'log';
  log.tabIndex = 0;
  log.setAttribute('role', 'document');
  log.setAttribute('aria-roledescription', 'log');
  log.setAttribute('aria-label', 'Log');
  const empty = division('empty', area);
  const over = division('over', area);
  const said = division('sr-only', root);
  said.setAttribute('aria-live', 'polite');
  return { root, top, area, lines, gutter, log, over, empty, said };
}
