/** The line that does not belong, and where it stands, 1-based. */
export const failure = {
  line: 81,
  text: '2026-05-04T09:01:20Z FATAL db disk full: cannot write to /var/lib/orders',
} as const;

const lineAt = (index: number): string => {
  if (index === failure.line - 1) return failure.text;
  const time = `${String(Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}`;
  return `2026-05-04T09:${time}Z INFO web request answered 200, cache warm`;
};

/** What the archives below hold. */
export const packedText = Array.from({ length: 120 }, (_, index) => `${lineAt(index)}\n`).join('');

/** Made with zstd 1.5, bzip2 1.0.8 and xz 5.4, as Node 20 packs none of them. */
export const packedLogs = {
  zst: Buffer.from(
    'KLUv/QRoHQoAVpU5GlBXOj++3YcjdGPT0/283XtvmWRyFKGjysb0NwAqADcA5+u1sq6qZl+sewVUoqeToIjjcaRA6/SA' +
      'IqiTsTxJk4E2GChKDaiTFIbEITFaQktoXbyCrEC5DrlSZeYT03nZbGdfV8//eP/eN2S4UGHi0VdsZl5WTt9o+1y3Y7dO' +
      'Xd4PA4N00SRII4k6SXOxWB5HIlAoG0iaZCSP1HgkRGFRMCRG3Y7dOnV5PzzfXa+VdVU1+2Lda0u4liwtWa5UmfnEdF42' +
      '29nX1fM/3r/3DRkuVJh4RDQeFm3btp2JoEd0GTQklEH0cAJ4qBGQ9GH/z+DZWAMS+E8gCPx/gkB/SSJJSFJJSqSShCSV' +
      'qv62bdu2bfPboIRej5GWpCpVSSUJKRNIIpJIEiqVpCKJFHk0bFJJRCKRqCRV3JREkpCGF3sBIKvhxTg+',
    'base64',
  ),
  bz2: Buffer.from(
    'QlpoOTFBWSZTWVjGMbAABNBfgAAQQAb/8CElhBA/b7+AQAJcMcbIDGjRoBkyGjEaaBpgNJUP/1Kp/vVVDQAAAAArfqqR' +
      '+pAAAAAAAmqlGI1TelAGTTJp6QNqbU/KpemIr+eQjwqHQRxEfTv8v3gR51DyEcPgI7ah3VDpw+OYjtEbUGKhivnUMWKh' +
      'irnUMWVDLHdu+vftnnlllpSzQz0000zzzzzz1EdckqqySsklVWpJrMzMAAuSpd3d2ABclS6kqqu7uwACSVVXJU1d3dgA' +
      'bckqqDaAAAAAAAAAAAJJVVrUzMzMzM+eFKREV11UpERVUAAAAABRQAAAAAAAAAAAAUXuV/pERGBHPzEZCPZUN/DXGu22' +
      'nL5c/PXXXXXVVVVVVVVVVVVVVVVVVVVVVczMzMzFVVVVVVVV111/VQ9oj16iOfiI6Z1D+iN4jd44+/QRxEZQjAjj1Ead' +
      'gjwy09N/ThkI29cCNs9/IRl03CNhHLIRv4+7cI4CNhHHLj1EdezfCNBGP+LuSKcKEgsYxjYA',
    'base64',
  ),
  xz: Buffer.from(
    '/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4B2RAPhdABkMApKyqVIKn+Ajazjrymy/cR8V3G8/BNYDN5/GrrXRBOL0Hpnt' +
      'AuSDaMHbvvEB4XR2zRflqL3MbbPzxn6+sNQXG7EIYScjGf2Vlzu8B9ouY7MTe4Ze06Z7gSh2Bf+/cvjpP99n9rrBNuhb' +
      'dbjZSxeOYnH257P3VJetLEwGasqhFlpnLHE1wr3xGLPnQKQm1VKtU7mhi3QHVPqA49XqRzPI1J24VkY/ni4NQyv0LtZE' +
      'KoRPid8zRJ31GeK6o2GZDQAlKVhWEwfI10ta0/977H7DXopznQ9VXEKYx8eeixjsZ08rBcOFmuO+7Lt9gOtZRenaEa/x' +
      'SDQAACfkV6FUY8PzAAGUApI7AAC28BUAscRn+wIAAAAABFla',
    'base64',
  ),
} as const;
