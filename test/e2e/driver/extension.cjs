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

exports.activate = (context) => {
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
