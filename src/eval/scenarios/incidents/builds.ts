import * as formats from '../formats.ts';
import * as home from '../homegrownServices.ts';
import * as known from '../knownServices.ts';
import { form, scenario } from '../scenario.ts';

/** Runs of a CI server that fail. */
export const buildIncidents = [
  scenario(
    'price test fails',
    'test.failure',
    form(
      { job: known.pythonRun, runner: known.runnerHost },
      `+0 job info  | tests/test_prices.py ....F.................                              [100%]
       +0.1 job info  | =================================== FAILURES ===================================
       +0.1 job! info  | ______________________________ test_rounds_half_up ______________________________
       >     def test_rounds_half_up():
       > >       assert rounded(Decimal("2.345")) == Decimal("2.35")
       > E       AssertionError: assert Decimal('2.34') == Decimal('2.35')
       > tests/test_prices.py:31: AssertionError
       +0.1 job! info  | FAILED tests/test_prices.py::test_rounds_half_up - AssertionError: assert Decimal('2.34') == Decimal('2.35')
       +0.1 job info  | ================== 1 failed, 317 passed, 2 skipped in 41.77s ===================
       +0.1 job info  | Error: Process completed with exit code 1.
       +2 runner error agent | job {seq} ended with status failed`,
    ),
    form(
      { job: home.assembly(formats.pipes), runner: home.machine(formats.letters) },
      `+0 job info  | step 3 of 4: check
       +0.4 job! error  | check "rounds half up" went wrong: wanted 2.35, got 2.34 (prices.check 31)
       +0.2 job error  | 317 checks good, 1 not
       +0.1 job error  | assembly given up, exit 1
       +2 runner warn timer | task assembly ended with 1`,
    ),
  ),
  scenario(
    'unit test of the order service fails',
    'test.failure',
    form(
      { job: known.mavenRun, runner: known.runnerHost },
      `+0 job info  | [INFO] --- maven-surefire-plugin:3.2.5:test (default-test) @ shop-core ---
       +2 job! info  | [ERROR] Tests run: 14, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.81 s <<< FAILURE! -- in com.acme.shop.OrderServiceTest
       +0.1 job! info  | [ERROR] com.acme.shop.OrderServiceTest.cancelsOnce -- Time elapsed: 0.02 s <<< FAILURE!
       > org.opentest4j.AssertionFailedError: expected: <CANCELLED> but was: <OPEN>
       > 	at org.junit.jupiter.api.AssertEquals.assertEquals(AssertEquals.java:177)
       > 	at com.acme.shop.OrderServiceTest.cancelsOnce(OrderServiceTest.java:52)
       +1 job info  | [INFO] BUILD FAILURE
       +0.1 job info  | [ERROR] Failed to execute goal org.apache.maven.plugins:maven-surefire-plugin:3.2.5:test (default-test) on project shop-core: There are test failures.
       +1 runner error agent | job {seq} ended with status failed`,
    ),
    form(
      { job: home.assembly(formats.tabs), runner: home.machine(formats.jsonLines) },
      `+0 job info  | step 3 of 4: check
       +2 job! error  | check "cancels once" went wrong: order should be cancelled but is open (orders.check 52)
       +0.1 job error  | 387 checks good, 1 not
       +0.2 job error  | assembly given up, exit 1
       +1 runner warn timer | task assembly ended with 1`,
    ),
  ),
  scenario(
    'snapshot test of the cart fails',
    'test.failure',
    form(
      { job: known.npmRun, runner: known.runnerHost },
      `+0 job info  | Run npm test
       +3 job! info  | FAIL src/cart/total.test.ts
       >   ● total › adds shipping below 50
       >
       >     expect(received).toBe(expected) // Object.is equality
       >
       >     Expected: 54.9
       >     Received: 49.9
       >
       >       at Object.<anonymous> (src/cart/total.test.ts:18:24)
       +0.2 job info  | Tests:       1 failed, 211 passed, 212 total
       +0.1 job info  | npm error Lifecycle script \`test\` failed with error:
       +0.1 job info  | Error: Process completed with exit code 1.
       +1 runner error agent | job {seq} ended with status failed`,
    ),
    form(
      { job: home.assembly(formats.letters), runner: home.machine(formats.epochPairs) },
      `+0 job info  | step 3 of 4: check
       +3 job! error  | check "adds shipping below 50" went wrong: 54.9 was wanted, 49.9 came out (total.check 18)
       +0.2 job error  | 211 checks good, 1 not
       +0.1 job error  | assembly given up, exit 1
       +1 runner warn timer | task assembly ended with 1`,
    ),
  ),
  scenario(
    'native code does not compile',
    'build.compile',
    form(
      { job: known.makeRun, runner: known.runnerHost },
      `+0 job! info  | /work/src/index.cpp: In member function 'void Index::merge(const Index&)':
       +0 job! info  | /work/src/index.cpp:212:18: error: 'class Page' has no member named 'size_bytes'; did you mean 'sizeBytes'?
       >   212 |     total += page.size_bytes();
       >       |                  ^~~~~~~~~~
       +1 job info  | gmake[2]: *** [src/CMakeFiles/core.dir/build.make:118: src/CMakeFiles/core.dir/index.cpp.o] Error 1
       +0.2 job info  | gmake[1]: *** [CMakeFiles/Makefile2:211: src/CMakeFiles/core.dir/all] Error 2
       +0.2 job info  | gmake: *** [Makefile:146: all] Error 2
       +0.1 job info  | Error: Process completed with exit code 2.
       +1 runner error agent | job {seq} ended with status failed`,
    ),
    form(
      { job: home.assembly(formats.compact), runner: home.machine(formats.tabs) },
      `+0 job! error  | index.src 212: nothing called size_bytes belongs to Page, cannot translate this file
       +1 job error  | make: 1 of 64 files not translated
       +0.1 job error  | assembly given up, exit 2
       +1 runner warn timer | task assembly ended with 2`,
    ),
  ),
  scenario(
    'types of the web client do not fit',
    'build.compile',
    form(
      { job: known.npmRun, runner: known.runnerHost },
      `+0 job! info  | src/cart/view.ts(40,18): error TS2339: Property 'price' does not exist on type 'Article | undefined'.
       +0.1 job! info  | src/cart/view.ts(44,7): error TS2322: Type 'string' is not assignable to type 'number'.
       +1 job info  | Found 2 errors.
       +0.2 job info  | npm error code ELIFECYCLE
       +0.1 job info  | npm error errno 2
       +0.1 job info  | Error: Process completed with exit code 2.
       +1 runner error agent | job {seq} ended with status failed`,
    ),
    form(
      { job: home.assembly(formats.clockOnly), runner: home.machine(formats.dayFirst) },
      `+0 job! error  | view.src 40: an Article that may be missing has no price
       +0.1 job! error  | view.src 44: text stands where a number must stand
       +1 job error  | make: view.src not translated, 2 mistakes
       +0.1 job error  | assembly given up, exit 2
       +1 runner warn timer | task assembly ended with 2`,
    ),
  ),
  scenario(
    'symbol not found in the core',
    'build.compile',
    form(
      { job: known.mavenRun, runner: known.runnerHost },
      `+0 job info  | [INFO] -------------------------------------------------------------
       +0.1 job info  | [ERROR] COMPILATION ERROR :
       +0.1 job! info  | [ERROR] /work/shop-core/src/main/java/com/acme/shop/ship/LabelPrinter.java:[58,31] cannot find symbol
       >   symbol:   method postcode()
       >   location: variable address of type com.acme.shop.Address
       +0.5 job info  | [INFO] BUILD FAILURE
       +0.1 job info  | [ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.11.0:compile (default-compile) on project shop-core: Compilation failure
       +0.1 job info  | Error: Process completed with exit code 1.
       +1 runner error agent | job {seq} ended with status failed`,
    ),
    form(
      { job: home.assembly(formats.dayFirst), runner: home.machine(formats.compact) },
      `+0 job! error  | label.src 58: the word postcode means nothing here, Address knows no such thing
       +0.5 job error  | make: 1 of 212 files not translated
       +0.1 job error  | assembly given up, exit 1
       +1 runner warn timer | task assembly ended with 1`,
    ),
  ),
  scenario(
    'peer dependencies disagree',
    'build.dependency',
    form(
      { job: known.npmRun, runner: known.runnerHost },
      `+0 job! info  | npm error code ERESOLVE
       +0 job! info  | npm error ERESOLVE unable to resolve dependency tree
       +0.1 job! info  | npm error Found: react@19.0.0
       +0 job! info  | npm error Could not resolve dependency:
       +0 job! info  | npm error peer react@"^18.0.0" from @acme/tables@3.2.1
       +0.4 job info  | npm error A complete log of this run can be found in: /home/runner/.npm/_logs/debug-0.log
       +0.1 job info  | Error: Process completed with exit code 1.
       +1 runner error agent | job {seq} ended with status failed`,
    ),
    form(
      { job: home.assembly(formats.epochPairs), runner: home.machine(formats.pipes) },
      `+0 job! error  | part tables-3 wants part frame-18, sheet asks for frame-19: no set of parts fits all wishes
       +0.4 job error  | parts could not be fetched
       +0.1 job error  | assembly given up, exit 1
       +1 runner warn timer | task assembly ended with 1`,
    ),
  ),
  scenario(
    'artifact not in any repository',
    'build.dependency',
    form(
      { job: known.mavenRun, runner: known.runnerHost },
      `+0 job info  | [INFO] Downloading from central: https://repo.example/maven2/com/acme/tax-rates/5.1.0/tax-rates-5.1.0.pom
       +1 job! info  | [WARNING] The POM for com.acme:tax-rates:jar:5.1.0 is missing, no dependency information available
       +1 job info  | [INFO] BUILD FAILURE
       +0.1 job! info  | [ERROR] Failed to execute goal on project shop-core: Could not resolve dependencies for project com.acme:shop-core:jar:3.1.0: Could not find artifact com.acme:tax-rates:jar:5.1.0 in central (https://repo.example/maven2)
       +0.1 job info  | Error: Process completed with exit code 1.
       +1 runner error agent | job {seq} ended with status failed`,
    ),
    form(
      { job: home.assembly(formats.jsonLines), runner: home.machine(formats.letters) },
      `+0 job! error  | part tax-rates-5 lies in none of the stores we know
       +1 job error  | parts could not be fetched
       +0.1 job error  | assembly given up, exit 1
       +1 runner warn timer | task assembly ended with 1`,
    ),
  ),
  scenario(
    'no distribution for this interpreter',
    'build.dependency',
    form(
      { job: known.pythonRun, runner: known.runnerHost },
      `+0 job! info  | ERROR: Could not find a version that satisfies the requirement acme-tables==4.0.0 (from versions: 3.1.0, 3.2.0, 3.2.1)
       +0.1 job! info  | ERROR: No matching distribution found for acme-tables==4.0.0
       +0.2 job info  | Error: Process completed with exit code 1.
       +1 runner error agent | job {seq} ended with status failed`,
    ),
    form(
      { job: home.assembly(formats.tabs), runner: home.machine(formats.clockOnly) },
      `+0 job! error  | sheet asks for tables-4, the store holds tables up to 3.2 only
       +0.2 job error  | parts could not be fetched
       +0.1 job error  | assembly given up, exit 1
       +1 runner warn timer | task assembly ended with 1`,
    ),
  ),
];
