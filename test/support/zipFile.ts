import { inflateRawSync } from 'node:zlib';

/**
 * The files of a ZIP archive: name → contents, unpacked when asked for. Reads the central directory
 * only; no ZIP64, no encryption (PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.16).
 */
export function readZip(archive: Buffer): Map<string, () => Buffer> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end === -1) throw new Error('Not a ZIP archive.');
  const files = new Map<string, () => Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const method = archive.readUInt16LE(at + 10);
    const packedBytes = archive.readUInt32LE(at + 20);
    const nameBytes = archive.readUInt16LE(at + 28);
    const header = archive.readUInt32LE(at + 42);
    files.set(archive.toString('utf8', at + 46, at + 46 + nameBytes), () => {
      const start =
        header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
      const packed = archive.subarray(start, start + packedBytes);
      return method === 0 ? packed : inflateRawSync(packed);
    });
    at += 46 + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}
