import { describe, expect, it } from 'vitest';

import { exceptionHit } from '../../../src/engine/explain/knowledge/exceptionKinds.ts';
import { exitHits } from '../../../src/engine/explain/knowledge/exitCodes.ts';
import { knownEffects } from '../../../src/engine/explain/knowledge/effects.ts';
import { grpcHits } from '../../../src/engine/explain/knowledge/grpcStatus.ts';
import { httpStatuses } from '../../../src/engine/explain/knowledge/httpStatus.ts';
import { readFacts } from '../../../src/engine/explain/knowledge/readFacts.ts';

const categoryOf = (text: string): string => readFacts(text, false)[0]?.category ?? 'none';

describe('readFacts', () => {
  it.each([
    ['write /var/data/7.bin: no space left on device', 'resource.disk'],
    ['java.lang.OutOfMemoryError: Java heap space', 'resource.memory'],
    ['accept: too many open files', 'resource.handles'],
    ['orders-db: pool exhausted, 20 of 20 in use', 'resource.handles'],
    ['429 Too Many Requests from billing', 'resource.quota'],
    ['getaddrinfo ENOTFOUND db.internal', 'network.dns'],
    ['x509: certificate has expired or is not yet valid', 'network.tls'],
    ['dial tcp 10.0.0.7:5432: connect: connection refused', 'dependency.unavailable'],
    ['read: no route to host', 'network.disconnect'],
    ['password authentication failed for user "web"', 'auth.denied'],
    ['unknown option --prot in shop.conf', 'config.invalid'],
    ['Deadlock found when trying to get lock', 'concurrency'],
    ['checksum mismatch in segment 12', 'data.corrupt'],
    ["TypeError: 'NoneType' object is not iterable", 'code.exception'],
    ['node 4 marked as dead', 'node.down'],
    ['worker 3 crashed: segmentation fault (core dumped)', 'process.crash'],
    ['pod orders-1 was preempted by a pod of higher priority', 'process.killed'],
    ['read timed out (read timeout=4)', 'network.timeout'],
    ['org.opentest4j.AssertionFailedError: expected: <4> but was: <5>', 'test.failure'],
    ['SQLSTATE 42P01 while reading invoices', 'data.missing'],
  ])('names %j', (text, category) => {
    expect(categoryOf(text)).toBe(category);
  });

  it.each([
    'finished with 0 errors',
    'no timeout configured',
    'connect_timeout=30s max_retries=3',
    'timeout: 30',
    'deadlock: false',
    'recovered from connection reset',
    'boom box delivered to room 12',
    'the roomy broom',
    'started with --fail-fast',
    'handles 503 items in 29 ms',
    'exit code 0',
  ])('says nothing about the near miss %j', (text) => {
    expect(readFacts(text, false).filter(({ strength }) => strength >= 0.3)).toEqual([]);
  });

  it('believes words of builds more in a build', () => {
    const text = 'error: cannot find symbol OrderTotal';
    expect(readFacts(text, true)[0]?.category).toBe('build.compile');
    expect(readFacts(text, true)[0]?.strength).toBeGreaterThan(0.8);
  });

  it('takes an assertion for a test in a build only', () => {
    const text = 'AssertionError: 4 != 5';
    expect(readFacts(text, true)[0]?.category).toBe('test.failure');
    expect(readFacts(text, false)[0]?.category).toBe('code.assertion');
  });

  it.each(['gateway is overloaded', 'request queue is full', 'open /srv/a: read-only file system'])(
    'takes %j for an effect of something else',
    (text) => {
      expect(readFacts(text, false)[0]?.role).toBe('effect');
    },
  );

  it('does not take time on long hostile lines', () => {
    const text = 'no no not error= '.repeat(20_000);
    expect(readFacts(text, false).length).toBeLessThan(50);
  });
});

describe('statuses and codes', () => {
  it('reads HTTP statuses where they are statuses', () => {
    expect(httpStatuses('"GET /a HTTP/1.1" 503 120').map(({ status }) => status)).toEqual([503]);
    expect(httpStatuses('status=504 ms=10001').map(({ status }) => status)).toEqual([504]);
    expect(httpStatuses('502 Bad Gateway').map(({ status }) => status)).toEqual([502]);
    expect(httpStatuses('read 503 bytes at 10.0.0.500')).toEqual([]);
    expect(httpStatuses('took 500 ms')).toEqual([]);
    expect(httpStatuses('slow response 577 ms, got 512 bytes')).toEqual([]);
  });

  it('reads gRPC statuses in the shapes of its libraries only', () => {
    expect(grpcHits('rpc error: code = DeadlineExceeded desc = x')[0]?.category).toBe(
      'network.timeout',
    );
    expect(grpcHits('the internal not found page')).toEqual([]);
  });

  it('reads exit codes and signals, but not success', () => {
    expect(exitHits('container exited with code 137')[0]?.category).toBe('process.killed');
    expect(exitHits('terminated by signal SIGSEGV')[0]?.category).toBe('process.crash');
    expect(exitHits('process exited with code 0')).toEqual([]);
  });

  it('knows exception kinds across languages', () => {
    expect(exceptionHit('java.net.SocketTimeoutException')?.category).toBe('network.timeout');
    expect(exceptionHit('System.UnauthorizedAccessException')?.category).toBe('auth.denied');
    expect(exceptionHit('pkg.Sandwich')).toBeNull();
  });
});

describe('known effects', () => {
  it('link two different kinds, each pair once', () => {
    const pairs = knownEffects.map(({ cause, effect }) => `${cause} ${effect}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(knownEffects.filter(({ cause, effect }) => cause === effect)).toEqual([]);
  });
});
