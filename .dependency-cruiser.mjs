// The architecture as rules. test/architecture.test.ts plants one violation per rule and expects
// exactly that rule to report it: a rule that never failed may be broken.

const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

/** Files of the engine that may touch disk, child processes or heavy libraries. */
const adapters =
  '(source/adapters/.+|record/logFile|embed/transformersEmbedder|embed/modelFiles|embed/vectorCache|incident/incidentLog|incident/vectraIndex|incident/vectorCodec|incident/packFile|incident/atomicStorage|incident/fileLock|incident/openIncidentStore|embed/openEmbedder|llm/openaiModel)';

/** Inside the engine a folder imports only those before it in this list. */
const engineRooms = [
  'base',
  'privacy',
  'source',
  'record',
  'page',
  'merge',
  'template',
  'embed',
  'detect',
  'incident',
  'explain',
  'llm',
  'present',
  'analysis',
];

const leftToRight = engineRooms
  .slice(0, -1)
  .map((room, index) =>
    rule(
      `engine-order-${room}`,
      `${room} may import only rooms to its left: ${engineRooms.slice(0, index).join(', ') || 'none'}.`,
      { path: `^src/engine/${room}/` },
      { path: `^src/engine/(${engineRooms.slice(index + 1).join('|')})/` },
    ),
  );

export default {
  forbidden: [
    rule('no-cycles', 'A cycle has no first room to read.', {}, { circular: true }),
    rule(
      'only-host-knows-vscode',
      'The engine must run in the CLI and in tests.',
      { path: '^(src|webview)/', pathNot: '^src/host/' },
      { path: ['^vscode$', 'node_modules/@types/vscode/'] },
    ),
    rule(
      'engine-is-pure',
      'The engine knows no shell around it.',
      { path: '^src/engine/' },
      { path: ['^src/(host|worker|reader|cli|protocol)/', '^webview/'] },
    ),
    rule(
      'only-adapters-touch-the-outside',
      'Files, network and heavy libraries are reached through named adapters only.',
      { path: '^src/engine/', pathNot: `^src/engine/${adapters}\\.ts$` },
      {
        path: [
          'node_modules/(onnxruntime-web|onnxruntime-node|vectra|@huggingface|proper-lockfile|openai)/',
          '^(node:)?(fs|fs/promises|net|http|https|child_process|worker_threads|os)$',
        ],
      },
    ),
    rule(
      'adapters-are-composed-by-roots',
      'Inside the engine only adapters know adapters; a composition root hands them in.',
      { path: '^src/engine/', pathNot: `^src/engine/${adapters}\\.ts$` },
      { path: `^src/engine/${adapters}\\.ts$` },
    ),
    rule(
      'host-never-reaches-heavy-libraries',
      'The extension host must stay light; heavy work lives in the worker.',
      { path: '^src/host/' },
      { path: 'node_modules/(onnxruntime|vectra|@huggingface)', reachable: true },
    ),
    rule(
      'host-does-not-import-roots',
      'The worker is started by path, never imported.',
      { path: '^src/host/' },
      { path: '^src/(worker|reader|cli)/' },
    ),
    rule(
      'roots-do-not-import-each-other',
      'Worker and CLI are separate programs.',
      { path: '^src/(worker|reader|cli)/' },
      { path: '^(src/host|webview)/' },
    ),
    rule(
      'reader-stays-light',
      'The reading thread starts at once and answers at once: it analyses nothing.',
      { path: '^src/reader/' },
      {
        path: [
          '^src/engine/(template|embed|detect|incident|explain|llm|present|analysis)/',
          '^src/(worker|cli)/',
        ],
        reachable: true,
      },
    ),
    rule(
      'protocol-takes-only-types',
      'What crosses a boundary is data; it carries no engine code.',
      { path: '^src/protocol/' },
      { path: '^(src|webview)/', pathNot: '^src/protocol/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'webview-sees-protocol-only',
      'The panel renders what it is sent.',
      { path: '^webview/' },
      { path: '^src/', pathNot: '^src/protocol/' },
    ),
    rule(
      'eval-sees-engine-only',
      'What measures the engine needs no shell around it.',
      { path: '^src/eval/' },
      { path: ['^src/(host|worker|reader|cli|protocol)/', '^webview/'] },
    ),
    rule(
      'only-cli-measures',
      'Measuring is for the command line and the benchmarks; the extension ships without it.',
      { path: '^(src|webview)/', pathNot: '^src/(eval|cli)/' },
      { path: '^src/eval/' },
    ),
    rule(
      'product-never-imports-test',
      'Tests depend on the product, not the reverse.',
      { path: '^(src|webview)/' },
      { path: '^(test|scripts|bench)/' },
    ),
    ...leftToRight,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
