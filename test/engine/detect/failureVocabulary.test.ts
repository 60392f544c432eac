import { describe, expect, it } from 'vitest';
import { failureVocabulary } from '../../../src/engine/detect/failureVocabulary.ts';
import { isStateLine } from '../../../src/engine/detect/stateLine.ts';
import type { SlotKind } from '../../../src/engine/template/templateTable.ts';

const bits = (text: string): number => failureVocabulary(text).bits;

describe('words of failure', () => {
  it.each([
    'errors: <*>',
    '<*> errors, <*> warnings',
    'request timeout=<*> ms',
    'timeout <*> s',
    'negotiated timeout <*> for client',
    'error=null',
    'failed: false',
    '"error": null',
    'max retries <*>',
    'restart on failure',
    'error handlers registered',
    'failure detector started',
    'retry policy loaded',
    'failed=<*> passed=<*> skipped=<*>',
  ])('are a name, a setting or a count in %j', (text) => {
    expect(bits(text)).toBeLessThan(1);
  });

  it.each([
    'request timeout after <*> ms',
    'error: <*>',
    'error=<*>',
    'Job <*> failed',
    'connection timeout while reading from <*>',
    'lost connection to <*>',
    'out of memory',
    'login failed: <*>',
    'node <*> is down',
    'MySQL server has gone away',
    'uncorrectable memory fault on <*>',
  ])('tell an event in %j', (text) => {
    expect(bits(text)).toBeGreaterThanOrEqual(2);
  });

  it.each([
    ['parity error detected on <*>', 'parity error detected on <*>, attempting to correct'],
    ['failed to read cache', 'failed to read cache, falling back to the database'],
    ['exception in listener', 'exception in listener ignored'],
  ])('weigh less once it was dealt with: %j', (plain, dealtWith) => {
    expect(bits(dealtWith)).toBeLessThan(bits(plain) * 0.8);
    expect(bits(dealtWith)).toBeGreaterThan(0);
  });

  it('do not let an expectation that was broken pass for one that was met', () => {
    expect(bits('error: expected <*>, got <*>')).toBeGreaterThanOrEqual(2.5);
    expect(bits('unexpected error')).toBeGreaterThanOrEqual(2.5);
  });

  it('weigh less than one where the fault is the caller’s', () => {
    expect(bits('error: invalid path, cannot open <*>: No such file or directory')).toBe(2);
    expect(bits('error: broken stream, cannot read <*>: Input/output error')).toBeGreaterThan(2.5);
  });
});

describe('lines of a dump', () => {
  const state = (text: string, ...slots: SlotKind[]): boolean => isStateLine({ text, slots });

  it.each([
    ['parity error.......<*>', 'number'],
    ['critical interrupt enable...0', 'number'],
    ['eax=<*> ebx=<*> ecx=<*>', 'hex'],
    ['RIP: <*> RSP: <*>', 'hex'],
    ['<*>=<*> <*>=<*>', 'hex'],
    ['f29=<*> ffffffff ffffffff ffffffff', 'hex'],
    ['machine state register: <*>', 'hex'],
  ] as const)('are names with values: %j', (text, kind) => {
    expect(state(text, kind)).toBe(true);
  });

  it.each([
    ['starting database... failed', 'word'],
    ['connecting to <*>...', 'ip'],
    ['failed to open <*>', 'path'],
    ['failed to load module: <*>', 'hex'],
    ['request failed: <*>', 'word'],
    ['exit code: <*>', 'number'],
    ['kernel panic', 'word'],
    ['code=<*>', 'number'],
    ['a=0xaaaaaaa'.repeat(2000), 'hex'],
    [`${'a=0xaaaaaaaa'.repeat(24)} ?`, 'hex'],
    ['.'.repeat(100_000), 'word'],
  ] as const)('are not what tells an event: %j', (text, kind) => {
    expect(state(text, kind)).toBe(false);
  });
});
