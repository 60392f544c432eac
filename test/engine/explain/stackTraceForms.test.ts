import { describe, expect, it } from 'vitest';

import type { StackTrace } from '../../../src/engine/explain/traces/stackTrace.ts';
import { parseStackTraces } from '../../../src/engine/explain/stackTraces.ts';

function parse(text: string): readonly StackTrace[] {
  return parseStackTraces(
    text.split('\n').map((raw, line) => {
      const trimmed = raw.trimStart();
      return { line, indent: raw.length - trimmed.length, text: trimmed };
    }),
  );
}

/** `kind: message | function@file:line …`, root cause first. */
function shape(trace: StackTrace | undefined): string[] {
  return (trace?.chain ?? []).map(({ kind, message, frames }) => {
    const places = frames.map((frame) => `${frame.function}@${frame.file}:${frame.line}`);
    return `${kind}: ${message} | ${places.join(' ')}`;
  });
}

describe('Java', () => {
  it('reads frames of modules, class loaders and jars', () => {
    const [trace] = parse(`java.lang.IllegalStateException: no seat
\tat app//shop.seats.Plan.take(Plan.java:31) ~[seats-2.1.jar!/:2.1]
\tat java.base/java.util.ArrayList.forEach(ArrayList.java:1511) ~[na:na]
\tat shop.seats.Plan$$Lambda$14/0x0000.run(Unknown Source)`);
    expect(shape(trace)).toEqual([
      'java.lang.IllegalStateException: no seat | take@Plan.java:31 forEach@ArrayList.java:1511 run@:null',
    ]);
    expect(trace?.chain[0]?.frames[0]?.module).toBe('shop.seats.Plan');
  });

  it('does not take a suppressed exception for the cause', () => {
    const [trace] = parse(`shop.CloseException: outer
\tat shop.A.run(A.java:3)
\tSuppressed: java.io.IOException: late
\t\tat shop.B.close(B.java:9)
\t\t... 3 more
Caused by: java.sql.SQLException: gone
\tat shop.C.query(C.java:5)
\t... 2 common frames omitted`);
    expect(shape(trace)).toEqual([
      'java.sql.SQLException: gone | query@C.java:5',
      'shop.CloseException: outer | run@A.java:3',
    ]);
  });

  it('reads a chain that is printed root cause first', () => {
    const [trace] = parse(`java.sql.SQLException: gone
\tat shop.C.query(C.java:5)
Wrapped by: shop.OrderException: not placed
\tat shop.A.run(A.java:3)`);
    expect(shape(trace).map((item) => item.split(':')[0])).toEqual([
      'java.sql.SQLException',
      'shop.OrderException',
    ]);
  });
});

describe('Python', () => {
  it('reads a direct cause and keeps the notes out of the next trace', () => {
    const [trace, next] = parse(`Traceback (most recent call last):
  File "/app/store.py", line 4, in load
    raise KeyError(key)
KeyError: 'total'
while loading order 7

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/app/main.py", line 9, in <module>
    run()
app.StoreError: no total`);
    expect(shape(trace)).toEqual([
      "KeyError: 'total' | load@/app/store.py:4",
      'app.StoreError: no total | <module>@/app/main.py:9',
    ]);
    expect(next).toBeUndefined();
  });

  it('reads an exception group: what it holds is nearer to the root', () => {
    const [trace] = parse(`  + Exception Group Traceback (most recent call last):
  |   File "/app/main.py", line 12, in main
  |     async with TaskGroup() as group:
  | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "/app/feed.py", line 31, in pull
    |     raise ValueError("bad row")
    | ValueError: bad row
    +------------------------------------`);
    expect(shape(trace)).toEqual([
      'ValueError: bad row | pull@/app/feed.py:31',
      'ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception) | main@/app/main.py:12',
    ]);
  });
});

describe('Node', () => {
  it('reads a nested cause, innermost first', () => {
    const [trace] = parse(`Error: order failed
    at place (/srv/orders.js:10:3)
    at async handle (/srv/http.js:22:5) {
  [cause]: Error: store failed
      at save (/srv/store.js:31:9) {
    [cause]: TypeError: Cannot read properties of undefined (reading 'id')
        at key (/srv/keys.js:4:12)
  }
}`);
    expect(shape(trace)).toEqual([
      "TypeError: Cannot read properties of undefined (reading 'id') | key@/srv/keys.js:4",
      'Error: store failed | save@/srv/store.js:31',
      'Error: order failed | place@/srv/orders.js:10 handle@/srv/http.js:22',
    ]);
  });

  it('reads what an AggregateError holds', () => {
    const [trace] = parse(`AggregateError: All promises were rejected
    at async main (/srv/main.js:7:3) {
  [errors]: [
    Error: first mirror failed
        at fetchOne (/srv/mirror.js:12:11),
    Error: second mirror failed
        at fetchOne (/srv/mirror.js:12:11)
  ]
}`);
    expect(trace?.language).toBe('node');
    expect(shape(trace)[0]).toBe('Error: first mirror failed | fetchOne@/srv/mirror.js:12');
    expect(shape(trace).at(-1)).toBe(
      'AggregateError: All promises were rejected | main@/srv/main.js:7',
    );
  });

  it('reads paths of Windows, of bundlers and of evaluated code', () => {
    const [trace] = parse(`TypeError: x is not a function
    at Object.<anonymous> (C:\\app\\start.js:3:1)
    at eval (webpack-internal:///./src/cart.js:12:7)
    at Module._compile (node:internal/modules/cjs/loader:1554:14)`);
    expect(shape(trace)).toEqual([
      'TypeError: x is not a function | <anonymous>@C:\\app\\start.js:3 eval@webpack-internal:///./src/cart.js:12 _compile@node:internal/modules/cjs/loader:1554',
    ]);
  });
});

describe('Go', () => {
  it('reads a panic that was recovered and raised again', () => {
    const [trace] = parse(`panic: assignment to entry in nil map [recovered]
\tpanic: assignment to entry in nil map

goroutine 34 [running]:
shop/web.recoverAll()
\t/src/shop/web/recover.go:9 +0x45
panic({0x5d2ba0?, 0x6301f0?})
\t/usr/local/go/src/runtime/panic.go:914 +0x21f
shop/cart.(*Cart).Add(0xc000010250, {0x60f6f3, 0x4})
\t/src/shop/cart/cart.go:27 +0x1d
created by net/http.(*Server).Serve in goroutine 1
\t/usr/local/go/src/net/http/server.go:3086 +0x5cb
exit status 2`);
    expect(trace?.chain[0]?.message).toContain('assignment to entry in nil map');
    expect(trace?.chain[0]?.frames[0]).toMatchObject({
      file: '/src/shop/cart/cart.go',
      function: '(*Cart).Add',
      line: 27,
    });
  });

  it('reads a deadlock and other fatal errors', () => {
    const [trace] = parse(`fatal error: all goroutines are asleep - deadlock!

goroutine 1 [chan receive]:
main.wait(...)
\t/src/app/main.go:14
main.main()
\t/src/app/main.go:8 +0x1d`);
    expect(shape(trace)).toEqual([
      'panic: all goroutines are asleep - deadlock! | wait@/src/app/main.go:14 main@/src/app/main.go:8',
    ]);
  });

  it('reads an error that carries its stack', () => {
    const [trace] = parse(`ERROR cannot open store: permission denied
shop/store.Open
\t/src/shop/store/open.go:41
shop/web.Start
\t/src/shop/web/start.go:19
main.main
\t/src/shop/main.go:12
runtime.main
\t/usr/local/go/src/runtime/proc.go:267`);
    expect(trace?.language).toBe('go');
    expect(trace?.chain[0]?.message).toContain('permission denied');
    expect(trace?.chain[0]?.frames.map((frame) => frame.function)).toEqual([
      'Open',
      'Start',
      'main',
    ]);
  });
});

describe('.NET', () => {
  it('reads inner exceptions on lines of their own', () => {
    const [trace] = parse(`System.InvalidOperationException: cannot place
 ---> Npgsql.NpgsqlException (0x80004005): closed
 ---> System.IO.IOException: broken
   at Net.Stream.Read() in /src/Stream.cs:line 4
   --- End of inner exception stack trace ---
   at Npgsql.Reader.Read()
   --- End of inner exception stack trace ---
   at Shop.Orders.<PlaceAsync>d__4.MoveNext() in /src/Orders.cs:line 88
--- End of stack trace from previous location ---
   at Shop.Web.Handle(Request request) in /src/Web.cs:line 12`);
    expect(trace?.language).toBe('dotnet');
    expect(shape(trace)).toEqual([
      'System.IO.IOException: broken | Read@/src/Stream.cs:4',
      'Npgsql.NpgsqlException: closed | Read@:null',
      'System.InvalidOperationException: cannot place | PlaceAsync@/src/Orders.cs:88 Handle@/src/Web.cs:12',
    ]);
  });

  it('does not take a repeated inner exception of an aggregate for a new trace', () => {
    const traces = parse(`System.AggregateException: One or more errors occurred. (late)
 ---> System.TimeoutException: late
   at Shop.Feed.Pull() in /src/Feed.cs:line 9
   --- End of inner exception stack trace ---
   at Shop.Main.Run() in /src/Main.cs:line 3
 ---> (Inner Exception #0) System.TimeoutException: late
   at Shop.Feed.Pull() in /src/Feed.cs:line 9<---`);
    expect(traces).toHaveLength(1);
    expect(shape(traces[0])[0]).toBe('System.TimeoutException: late | Pull@/src/Feed.cs:9');
    expect(shape(traces[0]).at(-1)).toContain('System.AggregateException');
  });
});

describe('Rust', () => {
  it('reads a panic with a thread id and a backtrace', () => {
    const [trace] = parse(`thread 'worker-2' (4711) panicked at src/ledger.rs:88:17:
called \`Option::unwrap()\` on a \`None\` value
stack backtrace:
   0: rust_begin_unwind
             at /rustc/90b35a6/library/std/src/panicking.rs:645:5
   1: core::panicking::panic_fmt
             at /rustc/90b35a6/library/core/src/panicking.rs:72:14
   2: shop::ledger::post
             at ./src/ledger.rs:88:17
   3: shop::main
             at ./src/main.rs:9:5
note: Some details are omitted`);
    expect(shape(trace)).toEqual([
      'panic: called `Option::unwrap()` on a `None` value | post@./src/ledger.rs:88 main@./src/main.rs:9',
    ]);
  });

  it('reads the chain of an error that names its causes', () => {
    const [trace] = parse(`Error: cannot start

Caused by:
    0: cannot read settings
    1: No such file or directory (os error 2)

Stack backtrace:
   0: shop::settings::read
             at ./src/settings.rs:14:9
   1: shop::main
             at ./src/main.rs:5:5`);
    expect(trace?.language).toBe('rust');
    expect(trace?.chain.map(({ message }) => message)).toEqual([
      'No such file or directory (os error 2)',
      'cannot read settings',
      'cannot start',
    ]);
    expect(trace?.chain[0]?.frames[0]).toMatchObject({ file: './src/settings.rs', line: 14 });
  });
});

describe('C and C++', () => {
  it('reads a sanitizer report up to its first stack', () => {
    const [trace] = parse(`==31==ERROR: AddressSanitizer: heap-use-after-free on address 0x602
READ of size 4 at 0x602 thread T0
    #0 0x4f12 in shop::Cart::total() const /src/cart.cpp:31:12
    #1 0x4f88 in main /src/main.cpp:8:3

0x602 is located 0 bytes inside of 4-byte region
freed by thread T0 here:
    #0 0x49 in operator delete(void*) (/bin/shop+0x49)`);
    expect(shape(trace)).toEqual([
      'AddressSanitizer: heap-use-after-free | total@/src/cart.cpp:31 main@/src/main.cpp:8',
    ]);
  });

  it('reads a debugger behind its signal', () => {
    const [trace] = parse(`Program received signal SIGSEGV, Segmentation fault.
#0  0x00005555 in parse_row (row=0x0) at /src/rows.c:41
#1  0x00005599 in main (argc=1, argv=0x7ffe) at /src/main.c:12`);
    expect(shape(trace)).toEqual([
      'SIGSEGV: Segmentation fault | parse_row@/src/rows.c:41 main@/src/main.c:12',
    ]);
  });

  it('reads frames that a program prints of itself', () => {
    const [trace] = parse(`*** Aborted at 1700000000 (unix time)
*** SIGSEGV (@0x0) received by PID 31; stack trace: ***
    @     0x7f0a1b2c (unknown)
    @     0x55d0aa10 shop::Ledger::post()
    @     0x55d0bb20 main`);
    expect(trace?.language).toBe('cpp');
    expect(trace?.chain[0]?.kind).toBe('SIGSEGV');
    expect(trace?.chain[0]?.frames.map((frame) => frame.function)).toEqual(['post', 'main']);
  });
});
