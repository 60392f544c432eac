import { decodeLog } from '../../../../src/engine/record/decodeLog.ts';
import type { LogText } from '../../../../src/engine/record/logText.ts';
import type { LogFormat, RecordTable } from '../../../../src/engine/record/recordTable.ts';

/** Logs written for these tests in the shapes that tools of several ecosystems use. */

export function logOf(text: string, path = 'build.log'): LogText {
  return decodeLog(path, new TextEncoder().encode(text));
}

const plain: LogFormat = { name: 'plain', confidence: 1, hasTime: false, hasLevel: false };

/** One record a line; only the format matters to the build prior. */
export function recordsOf(log: LogText, format: LogFormat = plain): RecordTable {
  const count = log.lineCount;
  return {
    count,
    firstLine: Uint32Array.from({ length: count + 1 }, (_, line) => line),
    time: new Float64Array(count).fill(NaN),
    level: new Uint8Array(count),
    source: new Uint32Array(count),
    sources: [''],
    messageStart: log.lineStarts.slice(0, count),
    messageEnd: log.lineStarts.slice(1),
    format,
  };
}

function routine(count: number, line: (index: number) => string): string[] {
  return Array.from({ length: count }, (_, index) => line(index));
}

export const compilerError = [
  '$ make -j4',
  ...routine(
    60,
    (i) => `[ ${String(i)}%] Building C object src/CMakeFiles/kite.dir/unit${String(i)}.c.o`,
  ),
  '/home/dev/kite/src/sail.c: In function ‘trim_sail’:',
  '/home/dev/kite/src/sail.c:214:17: error: ‘struct rope’ has no member named ‘slack’',
  '  214 |   return rope->slack * 2;',
  '      |              ~~~^~~~~',
  'make[2]: *** [src/CMakeFiles/kite.dir/build.make:76: src/CMakeFiles/kite.dir/sail.c.o] Error 1',
  'make[1]: *** [CMakeFiles/Makefile2:83: src/CMakeFiles/kite.dir/all] Error 2',
  'make: *** [Makefile:91: all] Error 2',
].join('\n');

export const failingAssertion = [
  '> orchard@2.1.0 test',
  '> runner --all',
  '',
  ...routine(40, (i) => `  ✓ picks a ripe apple ${String(i)} (${String(i + 2)} ms)`),
  '  ✕ refuses an unripe pear (11 ms)',
  '',
  '  ● refuses an unripe pear',
  '',
  '    expect(received).toBe(expected)',
  '',
  '    Expected: "refused"',
  '    Received: "picked"',
  '',
  '      41 |   const answer = orchard.pick(pear);',
  '    > 42 |   expect(answer).toBe("refused");',
  '         |                  ^',
  '',
  '      at Object.toBe (test/pear.test.js:42:18)',
  '',
  'Tests:       1 failed, 40 passed, 41 total',
  'npm ERR! Test failed.  See above for more details.',
].join('\n');

export const causedBy = [
  'Started by timer',
  'Building in workspace /srv/ci/lighthouse',
  '+ ./gradlew check',
  ...routine(30, (i) => `> Task :module${String(i)}:compileJava UP-TO-DATE`),
  '> Task :core:test FAILED',
  '',
  'LampTest > turnsOn() FAILED',
  '    java.lang.IllegalStateException: lamp did not start',
  '        at org.light.Lamp.start(Lamp.java:88)',
  '        at org.light.LampTest.turnsOn(LampTest.java:31)',
  '    Caused by: java.io.FileNotFoundException: /etc/lamp/current.conf (No such file or directory)',
  '        at org.light.Config.read(Config.java:19)',
  '        ... 2 more',
  '',
  '12 tests completed, 1 failed',
  '',
  'FAILURE: Build failed with an exception.',
  "Build step 'Execute shell' marked build as failure",
  'Finished: FAILURE',
].join('\n');

export const missingDependency = [
  '##[group]Run pip install -r requirements.txt',
  'pip install -r requirements.txt',
  'shell: /usr/bin/bash -e {0}',
  '##[endgroup]',
  ...routine(25, (i) => `Collecting package${String(i)}==1.${String(i)}.0`),
  'Collecting sextant>=9.0',
  'ERROR: Could not find a version that satisfies the requirement sextant>=9.0 (from versions: 1.0, 1.1, 2.0)',
  'ERROR: No matching distribution found for sextant>=9.0',
  '##[error]Process completed with exit code 1.',
  'Post job cleanup.',
  '[command]/usr/bin/git version',
  'git version 2.40.1',
]
  .map((line, i) => `2031-04-05T10:11:${String(i % 60).padStart(2, '0')}.1234567Z ${line}`)
  .join('\n');

export const silentExit = [
  '\u001b[0Ksection_start:1900000000:prepare_script\r\u001b[0KPreparing environment',
  'Running on runner-7 via host-3...',
  '\u001b[0Ksection_end:1900000004:prepare_script\r\u001b[0K',
  '\u001b[0Ksection_start:1900000005:step_script\r\u001b[0KExecuting step script',
  '$ ./migrate --all',
  ...routine(20, (i) => `applying step ${String(i)} of 20`),
  'reached the ledger table, 4 rows left over',
  '\u001b[0Ksection_end:1900000044:step_script\r\u001b[0K',
  'ERROR: Job failed: exit code 3',
].join('\n');

export const expectedErrors = [
  '$ cargo test --workspace',
  ...routine(30, (i) => `test parser::case_${String(i)} ... ok`),
  'error: unexpected token `}` at line 3 (this is what the parser must report)',
  'test parser::rejects_brace ... ok',
  ...routine(30, (i) => `test writer::case_${String(i)} ... ok`),
  'test writer::keeps_order ... FAILED',
  '',
  'failures:',
  '',
  '---- writer::keeps_order stdout ----',
  "thread 'writer::keeps_order' panicked at src/writer.rs:77:9:",
  'assertion `left == right` failed',
  '  left: [1, 3, 2]',
  ' right: [1, 2, 3]',
  '',
  'failures:',
  '    writer::keeps_order',
  '',
  'test result: FAILED. 61 passed; 1 failed; 0 ignored; finished in 0.31s',
  'error: test failed, to rerun pass `--lib`',
].join('\n');

export const travisRun = [
  'travis_fold:start:install\r\u001b[0K$ bundle install',
  ...routine(20, (i) => `Installing gem${String(i)} 1.0.${String(i)}`),
  'travis_fold:end:install\r\u001b[0K',
  '$ bundle exec rake lint',
  'Inspecting 40 files',
  '40 files inspected, no offenses detected',
  '\u001b[32;1mThe command "bundle exec rake lint" exited with 0.\u001b[0m',
  '$ bundle exec rake spec',
  '................F.......',
  '',
  'Failures:',
  '',
  '  1) Kettle boils water below one bar',
  '     Failure/Error: expect(kettle.temperature).to eq(100)',
  '',
  '       expected: 100',
  '            got: 97',
  "     # ./spec/kettle_spec.rb:14:in `block (2 levels) in <top (required)>'",
  '',
  '24 examples, 1 failure',
  '\u001b[31;1mThe command "bundle exec rake spec" exited with 1.\u001b[0m',
  'travis_fold:start:after_failure\r\u001b[0K$ cat log/test.log',
  ...routine(20, (i) => `SELECT ${String(i)} error_count FROM kettles`),
  'Done. Your build exited with 1.',
].join('\n');

export const teamCityRun = [
  "##teamcity[blockOpened name='compile']",
  ...routine(20, (i) => `[Step 1/2] Compiling Unit${String(i)}.cs`),
  "##teamcity[blockClosed name='compile']",
  "##teamcity[blockOpened name='test']",
  ...routine(20, (i) => `[Step 2/2] Passed: Bridge.Test${String(i)}`),
  '[Step 2/2] Failed: Bridge.HoldsTwoTrucks',
  '[Step 2/2]   Expected: 2',
  '[Step 2/2]   But was:  1',
  '[Step 2/2]   at Bridge.Tests.HoldsTwoTrucks() in C:\\src\\Bridge\\Tests.cs:line 51',
  "##teamcity[buildProblem description='Process exited with code 1']",
  "##teamcity[blockClosed name='test']",
].join('\n');

export const jenkinsPipeline = [
  '[Pipeline] Start of Pipeline',
  '[Pipeline] stage',
  '[Pipeline] { (Build)',
  '[Pipeline] sh',
  '+ go build ./...',
  '[Pipeline] }',
  '[Pipeline] stage',
  '[Pipeline] { (Test)',
  '[Pipeline] sh',
  '+ go test ./...',
  ...routine(15, (i) => `ok  \texample.org/tide/pkg${String(i)}\t0.0${String(i)}s`),
  '--- FAIL: TestEbb (0.00s)',
  '    tide_test.go:29: Ebb(3) = 4, want 2',
  'FAIL',
  'FAIL\texample.org/tide\t0.012s',
  '[Pipeline] }',
  '[Pipeline] // stage',
  'ERROR: script returned exit code 1',
  'Finished: FAILURE',
].join('\n');

export const passingBuild = [
  '$ make',
  ...routine(80, (i) => `gcc -O2 -Wall -Werror -c unit${String(i)}.c -o unit${String(i)}.o`),
  'gcc -o kite unit0.o unit1.o error.o',
  '$ make check',
  ...routine(30, (i) => `PASS: test_error_handling_${String(i)}`),
  '# TOTAL: 30',
  '# PASS:  30',
  '# FAIL:  0',
  '# ERROR: 0',
].join('\n');

export const applicationLog = routine(
  200,
  (i) =>
    `2031-04-05 10:11:${String(i % 60).padStart(2, '0')},123 ${i % 9 === 0 ? 'ERROR' : 'INFO'} [worker-${String(i % 4)}] org.shop.Orders: order ${String(i)} ${i % 9 === 0 ? 'failed: connection refused' : 'stored'}`,
).join('\n');
