import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseStackTraces } from '../../../src/engine/explain/stackTraces.ts';

function parse(text: string) {
  return parseStackTraces(
    text.split('\n').map((raw, line) => {
      const trimmed = raw.trimStart();
      return { line, indent: raw.length - trimmed.length, text: trimmed };
    }),
  );
}

describe('parseStackTraces', () => {
  it('takes the last "Caused by" of Java as the root', () => {
    const [trace] = parse(`Request failed
shop.web.OrderException: cannot place order
\tat shop.web.Orders.place(Orders.java:88)
\tat shop.web.Dispatcher.run(Dispatcher.java:40)
Caused by: java.sql.SQLException: connection is closed
\tat shop.store.Pool.borrow(Pool.java:31)
\tat shop.web.Orders.place(Orders.java:80)
\t... 12 more
next line`);
    expect(trace?.language).toBe('java');
    expect(trace?.chain.map(({ kind }) => kind)).toEqual([
      'java.sql.SQLException',
      'shop.web.OrderException',
    ]);
    expect(trace?.chain[0]?.frames[0]).toEqual({
      file: 'Pool.java',
      function: 'borrow',
      module: 'shop.store.Pool',
      line: 31,
    });
    expect([trace?.firstLine, trace?.lastLine]).toEqual([1, 6]);
  });

  it('takes the first exception of a Python chain as the root, innermost frame first', () => {
    const [trace] = parse(`Traceback (most recent call last):
  File "/app/store.py", line 41, in load
    return rows[key]
           ~~~~^^^^^
KeyError: 'total'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/app/main.py", line 7, in <module>
    main()
  File "/app/store.py", line 43, in load
    raise StoreError("no total") from error
app.errors.StoreError: no total
done`);
    expect(trace?.chain.map(({ kind, message }) => [kind, message])).toEqual([
      ['KeyError', "'total'"],
      ['app.errors.StoreError', 'no total'],
    ]);
    expect(trace?.chain[1]?.frames.map((frame) => frame.line)).toEqual([43, 7]);
    expect(trace?.lastLine).toBe(13);
  });

  it('reads a remote traceback that is written out inside a message', () => {
    const [trace] = parse(
      String.raw`RemoteError: Remote error: ValueError bad size [u'Traceback (most recent call last):\n', u'  File "/srv/agent/resize.py", line 12, in resize\n    check(size)\n', u'ValueError: bad size\n']`,
    );
    expect(trace?.chain[0]?.frames[0]).toMatchObject({
      file: '/srv/agent/resize.py',
      function: 'resize',
      line: 12,
    });
  });

  it('reads Node, with its cause', () => {
    const [trace] = parse(`TypeError: Cannot read properties of undefined (reading 'id')
    at userOf (/srv/app/src/session.js:12:18)
    at async Promise.all (index 0)
    at async /srv/app/src/server.js:40:5 {
  [cause]: Error: no session
      at load (file:///srv/app/src/load.mjs:3:9)
}`);
    expect(trace?.language).toBe('node');
    expect(trace?.chain[0]).toMatchObject({ kind: 'Error', message: 'no session' });
    expect(trace?.chain[1]?.frames[0]).toMatchObject({
      file: '/srv/app/src/session.js',
      function: 'userOf',
      line: 12,
    });
  });

  it('reads Go below the call of panic', () => {
    const [trace] = parse(`panic: runtime error: index out of range [3] with length 3

goroutine 7 [running]:
main.pick(...)
\t/src/shop/pick.go:21
main.(*Server).serve(0xc0000b2000, {0x1, 0x2})
\t/src/shop/server.go:57 +0x1d
created by main.main in goroutine 1
\t/src/shop/main.go:9 +0x4f
exit status 2`);
    expect(trace?.chain[0]).toMatchObject({
      kind: 'panic',
      message: 'runtime error: index out of range [3] with length 3',
    });
    expect(trace?.chain[0]?.frames.map(({ file, line }) => [file, line])).toEqual([
      ['/src/shop/pick.go', 21],
      ['/src/shop/server.go', 57],
      ['/src/shop/main.go', 9],
    ]);
  });

  it('reads .NET, inner exception first', () => {
    const [trace] = parse(`Unhandled exception. System.InvalidOperationException: no basket
 ---> System.Net.Sockets.SocketException (111): Connection refused
   at Shop.Store.Redis.Open(String host) in /src/Store/Redis.cs:line 19
   --- End of inner exception stack trace ---
   at Shop.Web.Basket.Get(Guid id) in /src/Web/Basket.cs:line 44`);
    expect(trace?.language).toBe('dotnet');
    expect(trace?.chain.map(({ kind, frames }) => [kind, frames[0]?.file])).toEqual([
      ['System.Net.Sockets.SocketException', '/src/Store/Redis.cs'],
      ['System.InvalidOperationException', '/src/Web/Basket.cs'],
    ]);
  });

  it('reads Rust, new and old style', () => {
    const [fresh] = parse(`thread 'main' panicked at src/cart.rs:14:9:
called \`Option::unwrap()\` on a \`None\` value
stack backtrace:
   0: rust_begin_unwind
             at /rustc/abc/library/std/src/panicking.rs:645:5
   1: shop::cart::total
             at ./src/cart.rs:14:9
   2: shop::main
             at ./src/main.rs:5:5
note: Some details are omitted`);
    expect(fresh?.chain[0]?.message).toContain('None');
    expect(fresh?.chain[0]?.frames.at(0)).toMatchObject({ file: './src/cart.rs', line: 14 });
    const [old] = parse(`thread 'worker' panicked at 'queue is gone', src/queue.rs:8:13`);
    expect(old?.chain[0]).toMatchObject({ message: 'queue is gone' });
    expect(old?.chain[0]?.frames[0]).toMatchObject({ file: 'src/queue.rs', line: 8 });
  });

  it('reads C++: terminate, sanitizer and debugger frames', () => {
    const [thrown] = parse(`terminate called after throwing an instance of 'shop::BadBasket'
  what():  no basket 7
#0  0x00007f11 in shop::Basket::open(int) at /src/basket.cpp:31
#1  0x00007f22 in main () at /src/main.cpp:9`);
    expect(thrown?.chain[0]).toMatchObject({ kind: 'shop::BadBasket', message: 'no basket 7' });
    expect(thrown?.chain[0]?.frames[0]).toMatchObject({
      file: '/src/basket.cpp',
      function: 'open',
      line: 31,
    });
    const [sanitizer] = parse(`==12==ERROR: AddressSanitizer: heap-use-after-free on address 0x60
READ of size 4
    #0 0x55 in fetch /src/fetch.cc:12:3
    #1 0x56 in main /src/main.cc:4:1`);
    expect(sanitizer?.chain[0]).toMatchObject({
      kind: 'AddressSanitizer',
      message: 'heap-use-after-free',
    });
  });

  it('sees no trace in prose', () => {
    expect(
      parse('we met at noon (see map.java)\nat home\nerror: none\nFile "a.txt" saved'),
    ).toEqual([]);
  });

  it('is total, and its lines lie inside the text', () => {
    const piece = fc.constantFrom(
      'Traceback (most recent call last):',
      '  File "/a.py", line 3, in f',
      '\tat a.b.C.d(E.java:1)',
      'Caused by: a.b.C: x',
      '   --- End of inner exception stack trace ---',
      'panic: x',
      'goroutine 1 [running]:',
      "thread 'x' panicked at src/a.rs:1:2:",
      '#0 0x1 in f /a.cc:1:2',
      'terminate called after throwing an instance of',
      'ValueError: x',
      '',
    );
    const line = fc.oneof(piece, fc.string({ maxLength: 60 }));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (texts) => {
        for (const trace of parse(texts.join('\n'))) {
          expect(trace.firstLine).toBeGreaterThanOrEqual(0);
          expect(trace.lastLine).toBeGreaterThanOrEqual(trace.firstLine);
          expect(trace.chain.length).toBeGreaterThan(0);
        }
      }),
      { seed: 15 },
    );
  });
});
