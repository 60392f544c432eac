/**
 * Logs of invented projects in the manner of many CI services and tools. `cause` stands in the line
 * that a reader must see; `passed`, where there is one, is a run of the same job that went well.
 */
export interface CiLog {
  readonly name: string;
  readonly failed: string;
  readonly cause: string;
  readonly passed?: string;
}

function repeat(count: number, lines: (index: number) => string | readonly string[]): string[] {
  return Array.from({ length: count }, (_, index) => lines(index)).flat();
}

function stamped(lines: readonly string[]): string[] {
  return lines.map(
    (line, i) =>
      `2032-02-11T08:${String(10 + Math.floor(i / 60))}:${String(i % 60).padStart(2, '0')}.4410310Z ${line}`,
  );
}

function text(...parts: readonly (string | readonly string[])[]): string {
  return `${parts.flat().join('\n')}\n`;
}

const actionsHead = [
  '##[group]Run actions/checkout@v9',
  'with:',
  '  repository: heron/lagoon',
  '##[endgroup]',
  'Syncing repository: heron/lagoon',
  '##[group]Run cargo test --locked',
  '\u001b[36;1mcargo test --locked\u001b[0m',
  'shell: /usr/bin/bash -e {0}',
  '##[endgroup]',
  ...repeat(30, (i) => `   Compiling reed${String(i)} v0.${String(i)}.1`),
  'warning: unused import: `std::fmt`',
  ' --> src/nest.rs:3:5',
];
const actionsTail = [
  'Post job cleanup.',
  '[command]/usr/bin/git config --local --name-only --get-regexp core\\.sshCommand || :',
];

const actions: CiLog = {
  name: 'GitHub Actions with a Rust doc mismatch',
  cause: 'left: "egret"',
  failed: text(
    stamped([
      ...actionsHead,
      ...repeat(12, (i) => `test nest::hatches_${String(i)} ... ok`),
      'test nest::names_birds ... FAILED',
      '',
      'failures:',
      '',
      '---- nest::names_birds stdout ----',
      "thread 'nest::names_birds' panicked at src/nest.rs:88:9:",
      'assertion `left == right` failed',
      '  left: "egret"',
      ' right: "heron"',
      'note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace',
      '',
      'test result: FAILED. 12 passed; 1 failed; 0 ignored; 0 measured; finished in 0.02s',
      '',
      'error: test failed, to rerun pass `--lib`',
      '##[error]Process completed with exit code 101.',
      ...actionsTail,
    ]),
  ),
  passed: text(
    stamped([
      ...actionsHead,
      ...repeat(13, (i) => `test nest::hatches_${String(i)} ... ok`),
      '',
      'test result: ok. 13 passed; 0 failed; 0 ignored; 0 measured; finished in 0.02s',
      '',
      ...actionsTail,
    ]),
  ),
};

const gitlabHead = [
  'Running with gitlab-runner 19.1.0 (8ec04662)',
  '\u001b[0Ksection_start:1960000000:get_sources\r\u001b[0KGetting source from Git repository',
  'Checking out 4be1c2d7 as detached HEAD (ref is main)...',
  '\u001b[0Ksection_end:1960000003:get_sources\r\u001b[0K',
  '\u001b[0Ksection_start:1960000003:step_script\r\u001b[0KExecuting "step_script" stage of the job script',
  '$ flake8 quay || true',
  "quay/tide.py:14:1: F401 'os' imported but unused",
  '$ pytest -q --durations=5',
];
const gitlabSlow = [
  '============================= slowest 5 durations ==============================',
  ...repeat(
    5,
    (i) => `${String(9 - i)}.12s call     tests/test_errors.py::test_failure_${String(i)}`,
  ),
];

const gitlab: CiLog = {
  name: 'GitLab with an allowed lint failure and a list of slow tests',
  cause: "KeyError: 'ebb'",
  failed: text(
    gitlabHead,
    '........................................F...............                 [100%]',
    '=================================== FAILURES ===================================',
    '______________________________ test_reads_tables _______________________________',
    '',
    '    def test_reads_tables():',
    ">       assert read('harbour.csv')['ebb'] == 3",
    "E       KeyError: 'ebb'",
    '',
    'tests/test_tables.py:21: KeyError',
    gitlabSlow,
    '=========================== short test summary info ============================',
    "FAILED tests/test_tables.py::test_reads_tables - KeyError: 'ebb'",
    '1 failed, 55 passed in 31.02s',
    '\u001b[0Ksection_end:1960000044:step_script\r\u001b[0K',
    '\u001b[31;1mERROR: Job failed: exit code 1',
  ),
  passed: text(
    gitlabHead,
    '........................................................                 [100%]',
    gitlabSlow,
    '56 passed in 31.02s',
    '\u001b[0Ksection_end:1960000044:step_script\r\u001b[0K',
    '\u001b[32;1mJob succeeded',
  ),
};

const jenkinsHead = [
  'Started by user Ines',
  '[Pipeline] Start of Pipeline',
  '[Pipeline] node',
  '[Pipeline] {',
  '[Pipeline] parallel',
  '[Pipeline] { (Branch: unit)',
  '[Pipeline] { (Branch: lint)',
  '[unit] + mvn -B verify',
  '[lint] + npm run lint',
  ...repeat(20, (i) => [
    `[unit] [INFO] Downloading from central: https://repo.example.org/p${String(i)}.pom`,
    `[lint] checked src/page${String(i)}.js`,
  ]),
];

const jenkins: CiLog = {
  name: 'Jenkins with interleaved parallel branches',
  cause: 'Ledger.java:[40,17] cannot find symbol',
  failed: text(
    jenkinsHead,
    '[unit] [INFO] BUILD FAILURE',
    '[lint] 20 files checked, no problems',
    '[unit] [ERROR] COMPILATION ERROR :',
    '[unit] [ERROR] /ws/ledger/src/main/java/org/quill/Ledger.java:[40,17] cannot find symbol',
    '[unit] [ERROR]   symbol:   method balance()',
    '[unit] [ERROR]   location: class org.quill.Book',
    '[unit] [ERROR] Failed to execute goal compile on project ledger: Compilation failure',
    '[unit] [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.',
    '[Pipeline] // parallel',
    '[Pipeline] End of Pipeline',
    'ERROR: script returned exit code 1',
    'Finished: FAILURE',
  ),
  passed: text(
    jenkinsHead,
    '[unit] [INFO] Tests run: 31, Failures: 0, Errors: 0, Skipped: 0',
    '[unit] [INFO] BUILD SUCCESS',
    '[lint] 20 files checked, no problems',
    '[Pipeline] // parallel',
    '[Pipeline] End of Pipeline',
    'Finished: SUCCESS',
  ),
};

const azure: CiLog = {
  name: 'Azure with .NET',
  cause: 'error CS1061',
  failed: text(
    stamped([
      '##[section]Starting: Restore',
      ...repeat(
        15,
        (i) =>
          `  Restored /home/vsts/work/1/s/Mill${String(i)}/Mill${String(i)}.csproj (in ${String(i)} ms).`,
      ),
      '##[section]Finishing: Restore',
      '##[section]Starting: Build',
      'Task         : Command line',
      'Description  : Run a command line script using Bash on Linux and macOS',
      '========================== Starting Command Output ===========================',
      ...repeat(
        12,
        (i) =>
          `  Mill${String(i)} -> /home/vsts/work/1/s/Mill${String(i)}/bin/Mill${String(i)}.dll`,
      ),
      "/home/vsts/work/1/s/Wheel/Turn.cs(52,21): error CS1061: 'Axle' does not contain a definition for 'Speed' [/home/vsts/work/1/s/Wheel/Wheel.csproj]",
      '    1 Error(s)',
      "##[error]Bash exited with code '1'.",
      '##[section]Finishing: Build',
      '##[section]Starting: Publish results',
      'No test result files matching **/*.trx were found.',
      '##[section]Finishing: Publish results',
    ]),
  ),
};

const teamCity: CiLog = {
  name: 'TeamCity with clocks, levels and step columns',
  cause: 'Unresolved reference: keel',
  failed: text(
    repeat(
      30,
      (i) =>
        `[11:02:${String(i % 60).padStart(2, '0')}] : [Step 1/2] > Task :hull${String(i)}:compileKotlin`,
    ),
    '[11:02:31] : [Step 1/2] > Task :deck:compileKotlin FAILED',
    '[11:02:31]E: [Step 1/2] e: /agent/work/deck/src/Mast.kt: (17, 9): Unresolved reference: keel',
    '[11:02:32]W: [Step 1/2] FAILURE: Build failed with an exception.',
    "[11:02:32]W: [Step 1/2] Execution failed for task ':deck:compileKotlin'.",
    '[11:02:33]E: [Step 1/2] Process exited with code 1',
    '[11:02:33] : Publishing internal artifacts',
  ),
};

const circle: CiLog = {
  name: 'CircleCI with Ruby',
  cause: 'expected: "loaf"',
  failed: text(
    '====>> Install gems',
    '  #!/bin/bash -eo pipefail',
    'bundle install',
    repeat(20, (i) => `Fetching crumb${String(i)} 2.0.${String(i)}`),
    '====>> Run specs',
    '  #!/bin/bash -eo pipefail',
    'bundle exec rspec --profile',
    '...............F......',
    '',
    'Failures:',
    '',
    '  1) Oven bakes what it was given',
    '     Failure/Error: expect(oven.bake(dough)).to eq "loaf"',
    '',
    '       expected: "loaf"',
    '            got: "brick"',
    '',
    "     # ./spec/oven_spec.rb:33:in `block (2 levels) in <top (required)>'",
    '',
    'Top 3 slowest examples (1.2 seconds, 80.1% of total time):',
    '  Oven raises an error when it is cold',
    '    0.8 seconds ./spec/oven_spec.rb:60',
    '',
    '22 examples, 1 failure',
    '',
    'rspec ./spec/oven_spec.rb:31 # Oven bakes what it was given',
    '',
    'Exited with code exit status 1',
  ),
};

const buildkiteHead = [
  '~~~ Preparing working directory',
  '$ cd /var/lib/buildkite-agent/builds/kiln-3/pottery',
  '$ git clean -ffxdq',
  '~~~ Running commands',
  '$ .buildkite/run.sh',
  '--- :npm: Install',
  'added 812 packages in 21s',
  '--- :typescript: Type check',
];

const buildkite: CiLog = {
  name: 'Buildkite with TypeScript',
  cause: 'TS2345',
  failed: text(
    buildkiteHead,
    "src/glaze.ts:19:30 - error TS2345: Argument of type 'string' is not assignable to parameter of type 'Colour'.",
    '',
    "19   const pot = glaze(clay, 'teal');",
    '                             ~~~~~~',
    '',
    '',
    'Found 1 error in src/glaze.ts:19',
    '',
    '^^^ +++',
    '🚨 Error: The command exited with status 2',
    '~~~ Running global pre-exit hook',
    '$ /etc/buildkite-agent/hooks/pre-exit',
    'removing 3 containers',
  ),
  passed: text(
    buildkiteHead,
    '--- :jest: Test',
    ...repeat(10, (i) => `PASS src/error${String(i)}.test.ts`),
    'Tests:       40 passed, 40 total',
    '~~~ Running global pre-exit hook',
    '$ /etc/buildkite-agent/hooks/pre-exit',
  ),
};

const buildx: CiLog = {
  name: 'an image build with numbered steps',
  cause: "Cannot find module 'vite-plugin-lichen'",
  failed: text(
    '#1 [internal] load build definition from Dockerfile',
    '#1 transferring dockerfile: 1.2kB done',
    '#1 DONE 0.0s',
    '#5 [build 1/4] FROM docker.io/library/node:24@sha256:2d2b0ac1',
    '#5 CACHED',
    '#7 [build 3/4] RUN npm ci',
    repeat(
      8,
      (i) => `#7 ${String(i)}.101 npm warn deprecated moss${String(i)}@1.0.0: no longer maintained`,
    ),
    '#7 DONE 14.2s',
    '#8 [build 4/4] RUN npm run build',
    '#8 0.412 > forest@3.0.0 build',
    '#8 0.412 > vite build',
    '#8 1.903 failed to load config from /app/vite.config.ts',
    '#8 1.904 error during build:',
    "#8 1.904 Error: Cannot find module 'vite-plugin-lichen'",
    '#8 1.904     at Module._resolveFilename (node:internal/modules/cjs/loader:1225:15)',
    '#8 ERROR: process "/bin/sh -c npm run build" did not complete successfully: exit code: 1',
    '------',
    ' > [build 4/4] RUN npm run build:',
    "1.904 Error: Cannot find module 'vite-plugin-lichen'",
    '------',
    'Dockerfile:14',
    '--------------------',
    '  12 |     COPY . .',
    '  14 | >>> RUN npm run build',
    '--------------------',
    'ERROR: failed to solve: process "/bin/sh -c npm run build" did not complete successfully: exit code: 1',
  ),
};

const classicImage: CiLog = {
  name: 'a classic image build',
  cause: 'fatal error: zephyr.h',
  failed: text(
    'Sending build context to Docker daemon  4.61MB',
    'Step 1/6 : FROM debian:sid',
    ' ---> 8b1f0a2c9d77',
    'Step 2/6 : RUN apt-get update && apt-get install -y gcc make',
    ' ---> Running in 0f3c7a11be20',
    repeat(
      30,
      (i) =>
        `Get:${String(i)} http://deb.example.org sid/main amd64 liberr${String(i)} amd64 1.${String(i)} [${String(i)}1 kB]`,
    ),
    'Removing intermediate container 0f3c7a11be20',
    ' ---> 77aa0c1d2e3f',
    'Step 3/6 : RUN make',
    ' ---> Running in 3e5a9b0c8d11',
    'cc -O2 -c sky.c -o sky.o',
    'cc -O2 -c wind.c -o wind.o',
    'wind.c:3:10: fatal error: zephyr.h: No such file or directory',
    '    3 | #include <zephyr.h>',
    '      |          ^~~~~~~~~~',
    'compilation terminated.',
    'make: *** [Makefile:9: wind.o] Error 1',
    "The command '/bin/sh -c make' returned a non-zero code: 2",
  ),
};

const shell: CiLog = {
  name: 'a plain shell that traces its commands',
  cause: 'relation "berths" does not exist',
  failed: text(
    'dev@quay:~/dock$ ./release.sh',
    '+ set -euo pipefail',
    '+ npm run --silent compile',
    repeat(6, (i) => `wrote out/chunk-${String(i)}.js`),
    '+ ./migrate up',
    repeat(9, (i) => `applied 00${String(i)}_initial.sql`),
    'applying 009_berths.sql',
    'psql:009_berths.sql:4: ERROR:  relation "berths" does not exist',
    'LINE 1: alter table berths add column depth int;',
    '                    ^',
    '+ cleanup',
    '+ rm -rf out',
    'dev@quay:~/dock$ ',
  ),
};

const retries: CiLog = {
  name: 'attempts of which the last one decides',
  cause: 'checksum mismatch for peat-4.2.tgz',
  failed: text(
    '$ ./fetch-all.sh',
    'attempt 1 of 3',
    'fetching peat-4.1.tgz',
    'error: connection reset by peer while fetching peat-4.1.tgz',
    'attempt 2 of 3',
    'fetching peat-4.1.tgz',
    'error: connection reset by peer while fetching peat-4.1.tgz',
    'attempt 3 of 3',
    'fetching peat-4.1.tgz',
    'verified peat-4.1.tgz',
    repeat(20, (i) => `fetching bog${String(i)}.tgz`),
    'fetching peat-4.2.tgz',
    'error: checksum mismatch for peat-4.2.tgz',
    '  expected: 9f2c41d0',
    '  actual:   00c1aa7e',
    'The command "./fetch-all.sh" exited with 1.',
  ),
};

const repeatedSuite: CiLog = {
  name: 'a flaky suite that is run again and fails for another reason',
  cause: 'TimeoutError: lighthouse did not answer',
  failed: text(
    '$ ./flaky.sh 2 yarn e2e',
    repeat(9, (i) => `  ✓ lights lamp ${String(i)}`),
    '  1) blinks twice',
    '     AssertionError: expected 1 to equal 2',
    '      + expected - actual',
    '      -1',
    '      +2',
    '      at Context.<anonymous> (e2e/blink.js:14:20)',
    'Retrying, attempt 2 of 2',
    repeat(9, (i) => `  ✓ lights lamp ${String(i)}`),
    '  ✓ blinks twice',
    '  1) answers by radio',
    '     TimeoutError: lighthouse did not answer within 30000 ms',
    '      at Radio.call (e2e/radio.js:40:11)',
    'The command "./flaky.sh 2 yarn e2e" exited with 1.',
  ),
};

const usage: CiLog = {
  name: 'a tool that prints its usage after the error',
  cause: "unknown option '--frobnicate'",
  failed: text(
    '$ tern lint --frobnicate src',
    "error: unknown option '--frobnicate'",
    '',
    'Usage: tern lint [options] <path...>',
    '',
    'Options:',
    '  --fail-fast            stop at the first error',
    '  --ignore-errors        exit with 0 even if there are errors',
    '  --max-failures <n>     give up after n failures',
    '  --error-format <kind>  text or json; an unknown format is an error',
    '  -h, --help             display help for command',
    '',
    'Examples:',
    '  tern lint --fail-fast src',
    'The command "tern lint --frobnicate src" exited with 2.',
  ),
};

const monorepo: CiLog = {
  name: 'packages that write at the same time, each with its column',
  cause: 'Received: "closed"',
  failed: text(
    '$ turbo run test',
    repeat(15, (i) => [
      `@pier/api:test: PASS src/route${String(i)}.test.ts`,
      `@pier/web:test:   ✓ shows an error page ${String(i)} (4 ms)`,
    ]),
    '@pier/web:test:   ✕ opens the gate (9 ms)',
    '@pier/api:test: PASS src/last.test.ts',
    '@pier/web:test:   ● opens the gate',
    '@pier/web:test:     expect(received).toBe(expected)',
    '@pier/web:test:     Expected: "open"',
    '@pier/web:test:     Received: "closed"',
    '@pier/web:test:       at Object.<anonymous> (src/gate.test.ts:12:20)',
    '@pier/api:test: Tests:       60 passed, 60 total',
    '@pier/web:test: Tests:       1 failed, 15 passed, 16 total',
    '@pier/web:test: ERROR: command finished with error: command (/w/web) npm run test exited (1)',
    ' Tasks:    1 successful, 2 total',
    'Failed:    @pier/web#test',
  ),
};

const bazel: CiLog = {
  name: 'Bazel with progress counters',
  cause: "error: no matching function for call to 'brew'",
  failed: text(
    'INFO: Invocation ID: 2b1c8f7e-0d1a-4a57-9c64-8a1d0f6c2b11',
    'INFO: Analyzed 212 targets (31 packages loaded, 1820 targets configured).',
    repeat(
      25,
      (i) =>
        `[${String(i * 40)} / 1,212] Compiling tea/leaf${String(i)}.cc; ${String(i)}s linux-sandbox ... (8 actions running)`,
    ),
    'ERROR: /w/tea/BUILD:14:11: Compiling tea/pot.cc failed: (Exit 1): gcc failed: error executing CppCompile command (from target //tea:pot)',
    'tea/pot.cc: In function \u2018int main()\u2019:',
    "tea/pot.cc:31:8: error: no matching function for call to 'brew'",
    '   31 |   brew(3, hot);',
    '      |   ~~~~^~~~~~~~',
    'Target //tea:pot failed to build',
    'Use --verbose_failures to see the command lines of failed build steps.',
    'INFO: Elapsed time: 41.212s, Critical Path: 9.01s',
    'FAILED: Build did NOT complete successfully',
  ),
};

const progressBars: CiLog = {
  name: 'progress bars that overwrite themselves',
  cause: 'No space left on device',
  failed: text(
    '\u001b[1m$ ./mirror.sh\u001b[0m',
    repeat(
      12,
      (i) =>
        `archive-${String(i)}  10%|#         | 1/10\rarchive-${String(i)}  50%|#####     | 5/10\rarchive-${String(i)} 100%|##########| 10/10`,
    ),
    '\u001b[31mrsync: [receiver] write failed on "/mirror/archive-12": No space left on device (28)\u001b[0m',
    'rsync error: error in file IO (code 11) at receiver.c(380) [receiver=3.9]',
    '\u001b[31;1mThe command "./mirror.sh" exited with 11.\u001b[0m',
  ),
};

const dependencies: CiLog = {
  name: 'dependencies that do not fit',
  cause: 'Could not resolve dependency',
  failed: text(
    '##[group]Run npm ci',
    'npm ci',
    '##[endgroup]',
    'npm warn deprecated gull@1.1.1: use tern',
    'npm error code ERESOLVE',
    'npm error ERESOLVE could not resolve',
    'npm error',
    'npm error While resolving: shore@2.0.0',
    'npm error Found: wave@9.0.0',
    'npm error Could not resolve dependency:',
    'npm error peer wave@"^8.0.0" from foam@4.1.0',
    'npm error A complete log of this run can be found in: /root/.npm/_logs/2032-02-11T08_10_44_101Z-debug-0.log',
    '##[error]Process completed with exit code 1.',
  ),
};

const expectedErrors: CiLog = {
  name: 'tests that print errors and pass before one that fails',
  cause: 'Failed asserting that 3 matches expected 4.',
  failed: text(
    '$ vendor/bin/phpunit',
    repeat(20, (i) => [
      `ERROR: invalid ticket ${String(i)} (expected by the test)`,
      'Fatal error caught as expected: division by zero',
    ]),
    '...............F....                                              20 / 20 (100%)',
    '',
    'Time: 00:01.220, Memory: 12.00 MB',
    '',
    'There was 1 failure:',
    '',
    '1) Tram\\FareTest::testChildren',
    'Failed asserting that 3 matches expected 4.',
    '',
    '/app/tests/FareTest.php:44',
    '',
    'FAILURES!',
    'Tests: 20, Assertions: 41, Failures: 1.',
    'The command "vendor/bin/phpunit" exited with 1.',
  ),
  passed: text(
    '$ vendor/bin/phpunit',
    repeat(20, (i) => [
      `ERROR: invalid ticket ${String(i)} (expected by the test)`,
      'Fatal error caught as expected: division by zero',
    ]),
    '....................                                              20 / 20 (100%)',
    '',
    'OK (20 tests, 41 assertions)',
    'The command "vendor/bin/phpunit" exited with 0.',
  ),
};

const killed: CiLog = {
  name: 'a process that was killed',
  cause: 'Killed',
  failed: text(
    '$ ./train.sh --epochs 9',
    repeat(30, (i) => `epoch 0 step ${String(i * 10)} loss ${String(3 - i / 20)}`),
    './train.sh: line 8:  4121 Killed                  python train.py --epochs 9',
    'The command "./train.sh --epochs 9" exited with 137.',
  ),
};

const infrastructure: CiLog = {
  name: 'a plan with a boxed error',
  cause: 'Reference to undeclared resource',
  failed: text(
    '$ terraform plan -no-color',
    repeat(15, (i) => `aws_pond.lily[${String(i)}]: Refreshing state... [id=lily-${String(i)}]`),
    '╷',
    '│ Error: Reference to undeclared resource',
    '│ ',
    '│   on ponds.tf line 21, in resource "aws_pond" "koi":',
    '│   21:   inlet = aws_brook.north.id',
    '│ ',
    '│ A managed resource "aws_brook" "north" has not been declared in the root module.',
    '╵',
    'ERROR: Job failed: exit code 1',
  ),
};

const unmarked: CiLog = {
  name: 'no marks at all',
  cause: 'undefined: Harvest',
  failed: text(
    'go: downloading example.org/field v1.4.0',
    repeat(12, (i) => `ok  \texample.org/farm/row${String(i)}\t0.0${String(i)}s`),
    '# example.org/farm/barn [example.org/farm/barn.test]',
    './barn_test.go:18:14: undefined: Harvest',
    'FAIL\texample.org/farm/barn [build failed]',
    'ok  \texample.org/farm/mill\t0.021s',
    'FAIL',
  ),
  passed: text(
    'go: downloading example.org/field v1.4.0',
    repeat(14, (i) => `ok  \texample.org/farm/row${String(i)}\t0.0${String(i)}s`),
  ),
};

const typesetting: CiLog = {
  name: 'a document that does not compile',
  cause: '! Undefined control sequence.',
  failed: text(
    '+ latexmk -pdf atlas.tex',
    'This is pdfTeX, Version 3.14 (TeX Live 2031)',
    repeat(18, (i) => `(/usr/share/texlive/tex/latex/base/part${String(i)}.sty)`),
    'Overfull \\hbox (12.1pt too wide) in paragraph at lines 40--44',
    '! Undefined control sequence.',
    'l.52 \\coastline',
    '               {north}',
    'No pages of output.',
    'Latexmk: Errors, so I did not complete making targets',
    '+ exit 12',
  ),
};

const warnings: CiLog = {
  name: 'a lint step whose warnings outnumber its one error',
  cause: 'no-undef',
  failed: text(
    '$ eslint .',
    repeat(12, (i) => [
      `/w/src/page${String(i)}.js`,
      `  ${String(i + 3)}:1  warning  Unexpected console statement  no-console`,
      '',
    ]),
    '/w/src/till.js',
    "  31:7  error  'coins' is not defined  no-undef",
    '',
    '✖ 13 problems (1 error, 12 warnings)',
    '',
    'The command "eslint ." exited with 1.',
  ),
};

export const ciLogs: readonly CiLog[] = [
  actions,
  gitlab,
  jenkins,
  azure,
  teamCity,
  circle,
  buildkite,
  buildx,
  classicImage,
  shell,
  retries,
  repeatedSuite,
  usage,
  monorepo,
  bazel,
  progressBars,
  dependencies,
  expectedErrors,
  killed,
  infrastructure,
  unmarked,
  typesetting,
  warnings,
];
