import type { LogStyle } from '../logStyle.ts';
import { accessStamp } from '../stamps.ts';
import { address, around, integer, oneOf, say, weighted } from '../values.ts';

/** What a web server writes of each request; no sessions, no levels. */
export const accessLog: LogStyle = {
  name: 'access log',
  start: Date.UTC(2024, 4, 17, 10, 5, 0),
  arrival: 1000,
  diurnal: 0.6,
  overlap: true,
  clock: true,
  values: {
    client: address('83.149'),
    other: address('46.105'),
    method: weighted({ GET: 93, POST: 5, HEAD: 2 }),
    page: oneOf(
      '/',
      '/blog',
      '/blog/tags/x',
      '/images/logo.png',
      '/style2.css',
      '/favicon.ico',
      '/feed',
      '/about.html',
    ),
    item: integer(1, 4000),
    status: weighted({ '200': 880, '304': 90, '301': 15, '404': 15 }),
    bytes: around(9000, 0.9),
    seconds: around(0.03, 0.5, 3),
    agent: oneOf(
      'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/121.0',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1) Safari/604.1',
      'FeedFetcher-Bot; (+http://example.org/feed.html)',
    ),
  },
  perSession: [],
  measures: ['seconds', 'bytes'],
  categories: { status: ['503', '500', '206'], method: ['PROPFIND', 'TRACE'] },
  flows: [],
  background: [
    {
      say: say(
        'none',
        '{client}',
        '"{method} {page} HTTP/1.1" {status} {bytes} "-" "{agent}" {seconds}',
      ),
      every: 900,
      rhythm: 'chance',
    },
    {
      say: say(
        'none',
        '{other}',
        '"GET /items/{item} HTTP/1.1" {status} {bytes} "-" "{agent}" {seconds}',
      ),
      every: 1700,
      rhythm: 'chance',
    },
    {
      say: say('none', '127.0.0.1', '"GET /alive HTTP/1.0" 200 2 "-" "probe/1" 0.001'),
      every: 15_000,
      rhythm: 'beat',
    },
  ],
  write: (entry, message) =>
    /^[\d.]+$/.test(entry.source)
      ? `${entry.source} - - [${accessStamp(entry.at)}] ${message}`
      : `[${accessStamp(entry.at)}] ${message}`,
};
