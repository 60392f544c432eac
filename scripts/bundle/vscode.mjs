/**
 * Asks for the editor's API in one place of the bundle instead of once for every file that uses it,
 * which is half a kilobyte and sixty look-ups of a module at activation.
 * @type {import('esbuild').Plugin}
 */
export const vscodeOnce = {
  name: 'vscode-once',
  setup({ onResolve, onLoad }) {
    const namespace = 'vscode-once';
    onResolve({ filter: /^vscode$/ }, (asked) =>
      asked.namespace === namespace
        ? { path: 'vscode', external: true }
        : { path: 'vscode', namespace },
    );
    onLoad({ filter: /.*/, namespace }, () => ({
      contents: "module.exports = require('vscode');",
    }));
  },
};
