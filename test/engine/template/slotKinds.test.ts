import { describe, expect, it } from 'vitest';
import { mineTemplates } from '../../../src/engine/template/mineTemplates.ts';
import { kindOfValue } from '../../../src/engine/template/slotKinds.ts';
import { logOf } from '../../support/logs.ts';

describe('kindOfValue', () => {
  it.each([
    ['12', 'number'],
    ['-1.5e3', 'number'],
    ['20ms', 'number'],
    ['99%', 'number'],
    ['0x1f', 'hex'],
    ['9f4ef63a', 'hex'],
    ['10.0.0.1:80', 'ip'],
    ['fe80::1', 'ip'],
    ['0b72aca0-102e-4421-8ff3-2902d8353ff0', 'uuid'],
    ['ff:f2:9f:15:7b:e0', 'mac'],
    ['/var/log/app.log', 'path'],
    ['C:\\Temp\\x', 'path'],
    ['src/main.c', 'path'],
    ['https://a.example/x', 'url'],
    ['jane@a.example', 'email'],
    ['2026-03-01', 'time'],
    ['12:30:01.5', 'time'],
    ['Sat Sep 17 07:49:04 2005', 'time'],
    ['"a b"', 'quoted'],
    ['alice', 'word'],
    ['5.7.24', 'word'],
    ['12/40', 'word'],
    ['two words', 'mixed'],
    ['', 'mixed'],
  ])('%s is %s', (value, kind) => {
    expect(kindOfValue(value)).toBe(kind);
  });
});

describe('kinds of slots', () => {
  it('are mixed where values differ in kind', async () => {
    const { log, records } = logOf(['peer 10.0.0.1 left', 'peer 17 left']);
    expect((await mineTemplates(log, records)).templates[0]!.slots).toEqual(['mixed']);
  });

  it('come from what stands around them too', async () => {
    const { log, records } = logOf([
      'open https://a.example/1 title="First page"',
      'open https://b.example/2 title="Second page"',
    ]);
    const [template] = (await mineTemplates(log, records)).templates;
    expect(template!.text).toBe('open https://<*> title="<*>"');
    expect(template!.slots).toEqual(['url', 'quoted']);
  });
});
