import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ArchiveFault } from '../../../src/engine/source/archiveFault.ts';
import { packingOf } from '../../../src/engine/source/packing.ts';
import { refuseBomb, unpackers } from '../../../src/engine/source/unpack.ts';
import { archives, packedLines } from './packedText.ts';

const all = {
  gzip: Buffer.concat([gzipSync(packedLines.slice(0, 2000)), gzipSync(packedLines.slice(2000))]),
  ...archives,
} as const;
type Kind = keyof typeof all;
const kinds = Object.keys(all) as Kind[];

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve();
    yield bytes.subarray(at, at + size);
  }
}

async function unpacked(
  kind: Kind,
  bytes: Uint8Array,
  size = 65_536,
): Promise<{ text: string; fault: string | null }> {
  const got: Uint8Array[] = [];
  try {
    for await (const piece of unpackers[kind](pieces(bytes, size))) got.push(piece.slice());
  } catch (error) {
    if (!(error instanceof ArchiveFault)) throw error;
    return { text: Buffer.concat(got).toString(), fault: error.kind };
  }
  return { text: Buffer.concat(got).toString(), fault: null };
}

describe.each(kinds)('%s', (kind) => {
  it('is recognised by its first bytes', () => {
    expect(packingOf(all[kind])).toBe(kind);
  });

  it.each([1, 7, 1000, 65_536])('unpacks both parts from pieces of %d bytes', async (size) => {
    expect(await unpacked(kind, all[kind], size)).toEqual({ text: packedLines, fault: null });
  });

  it('keeps the first part and says that the second is truncated, wherever it is cut', async () => {
    const whole = all[kind];
    for (const cut of [1, 5, 9, 20]) {
      const { text, fault } = await unpacked(kind, whole.subarray(0, whole.length - cut));
      expect(fault).toBe('truncated');
      expect(packedLines.startsWith(text)).toBe(true);
      expect(text.length).toBeGreaterThanOrEqual(2000);
    }
  });

  it('never gives another text without saying so, whatever byte is wrong', async () => {
    for (let at = 0; at < all[kind].length; at += 3) {
      const bytes = Uint8Array.from(all[kind]);
      bytes[at]! ^= 1 + (at % 0x7f);
      const { text, fault } = await unpacked(kind, bytes);
      expect(text.length).toBeLessThan(64 << 20);
      if (text !== packedLines) expect(fault).not.toBeNull();
    }
  });
});

describe('zstd', () => {
  it('passes over frames that hold no text', async () => {
    const passedOver = Uint8Array.of(0x52, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3);
    const bytes = Buffer.concat([passedOver, archives.zstd, passedOver]);
    for (const size of [1, 65_536]) {
      expect(await unpacked('zstd', bytes, size)).toEqual({ text: packedLines, fault: null });
    }
  });
});

describe('xz', () => {
  it('says that checks of SHA-256 are not supported', async () => {
    const bytes = Buffer.from(
      '/Td6WFoAAArh+wyhAgAhARYAAAB0L+WjAQADb25lCgAsiwjaXOYDmOHxmvDl3Mx0TfJ0uCar5YXqumjFJUNIBgABNATFgsGcGJtLmgEAAAAAClla',
      'base64',
    );
    expect((await unpacked('xz', bytes)).fault).toBe('unsupported');
  });
});

describe('packingOf', () => {
  it('takes a text that begins like bzip2 for a text', () => {
    expect(packingOf(Buffer.from('BZh9 is the magic of bzip2'))).toBe('none');
    expect(packingOf(Buffer.from('BZh'))).toBe('none');
  });
});

describe('refuseBomb', () => {
  it('lets small and well-packed texts pass and stops at 200 to 1', () => {
    expect(() => {
      refuseBomb(1, 1 << 20);
      refuseBomb(2 << 20, 300 << 20);
    }).not.toThrow();
    expect(() => {
      refuseBomb(1 << 20, 300 << 20);
    }).toThrow(ArchiveFault);
  });
});
