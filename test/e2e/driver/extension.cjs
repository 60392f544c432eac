// The suite's hand inside the extension host: it runs the functions that the suite sends it. It exists
// because pages show neither commands nor hovers nor documents as data. Loopback only, with a token.
const { randomBytes } = require('node:crypto');
const { renameSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { join } = require('node:path');

const vscode = require('vscode');

/** Values that a function keeps for a later one of the same window: monitors, collected events. */
const kept = new Map();

async function answer(request, token) {
  if (request.headers.authorization !== token) return { status: 403, body: 'wrong token' };
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const { source, args } = JSON.parse(Buffer.concat(pieces).toString('utf8'));
  try {
    const work = new Function('require', `return (${source});`)(require);
    const value = await work({ vscode, kept, require }, ...args);
    return { status: 200, body: JSON.stringify({ value: value ?? null }) };
  } catch (error) {
    return { status: 500, body: String(error?.stack ?? error) };
  }
}

/**
 * A model of the editor that answers what a test keeps as `modelAnswer`, as a tool call where one is
 * asked for, and keeps what it was asked as `modelRequests`.
 */
const scriptedModels = {
  provideLanguageModelChatInformation: () => [
    {
      id: 'scripted',
      name: 'Scripted',
      family: 'scripted',
      version: '1',
      maxInputTokens: 16_000,
      maxOutputTokens: 4_000,
      capabilities: { toolCalling: true },
    },
  ],
  provideLanguageModelChatResponse: async (_model, messages, options, progress) => {
    const asked = kept.get('modelRequests') ?? [];
    const texts = messages.map(({ content }) =>
      content
        .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ''))
        .join(''),
    );
    kept.set('modelRequests', [
      ...asked,
      { texts, tools: (options.tools ?? []).map(({ name }) => name) },
    ]);
    const answer = kept.get('modelAnswer') ?? '';
    if (answer === 'blocked') throw vscode.LanguageModelError.Blocked('The quota is used up.');
    const [tool] = options.tools ?? [];
    if (tool === undefined) progress.report(new vscode.LanguageModelTextPart(answer));
    else progress.report(new vscode.LanguageModelToolCallPart('1', tool.name, JSON.parse(answer)));
  },
  provideTokenCount: (_model, text) =>
    Promise.resolve(Math.ceil((typeof text === 'string' ? text : '').length / 4)),
};

/**
 * The least that a custom editor can be: a page of one word. What it takes to appear is the editor's own
 * time, below which no viewer comes.
 */
const floorEditor = {
  openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
  resolveCustomEditor: (_document, panel) => {
    const nonce = randomBytes(16).toString('base64url');
    const policy = `default-src 'none'; script-src 'nonce-${nonce}'`;
    panel.webview.options = { enableScripts: true };
    panel.webview.html = `<!DOCTYPE html><html><head>
      <meta http-equiv="Content-Security-Policy" content="${policy}"></head><body><p class="floor"></p>
      <script nonce="${nonce}">document.querySelector('.floor').textContent = 'Painted';</script></body></html>`;
  },
};

exports.activate = (context) => {
  context.subscriptions.push(
    vscode.window.registerCustomEditorProvider('faultline-test.floor', floorEditor),
  );
  context.subscriptions.push(
    vscode.lm.registerLanguageModelChatProvider('faultline-test', scriptedModels),
  );
  const token = randomBytes(16).toString('hex');
  const server = createServer((request, response) => {
    answer(request, token).then(
      ({ status, body }) => response.writeHead(status).end(body),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1', () => {
    const folder = process.env.FAULTLINE_DRIVER_FOLDER;
    const unfinished = join(folder, `.${process.pid}`);
    const note = { port: server.address().port, token, pid: process.pid };
    writeFileSync(unfinished, JSON.stringify(note));
    renameSync(unfinished, join(folder, `${process.pid}.json`));
  });
  context.subscriptions.push({ dispose: () => server.close() });
};
