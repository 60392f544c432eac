import type { SamplesByFormat } from '../formatSample.ts';
import { exactly, onSecond, reads } from '../formatSample.ts';

/** Lines in the formats of `record/formats/web.ts`. */
export const webSamples: SamplesByFormat = {
  'access': [
      reads(
        '203.0.113.7 - anna [14/May/2024:11:30:12 +0200] "GET /cart?id=7 HTTP/1.1" 502 157 "-" "curl/8.5.0"',
        onSecond,
        'error',
        '',
        '"GET /cart?id=7 HTTP/1.1" 502 157 "-" "curl/8.5.0"',
      ),
      reads(
        '203.0.113.7 - - [14/May/2024:11:30:12 +0200] "GET /missing HTTP/1.1" 404 0',
        onSecond,
        'warning',
        '',
        '"GET /missing HTTP/1.1" 404 0',
      ),
      reads(
        '2001:db8::7 - - [14/May/2024:09:30:12 +0000] "POST /orders HTTP/2.0" 201 17 "https://shop.example/" "Mozilla/5.0"',
        onSecond,
        'info',
        '',
        '"POST /orders HTTP/2.0" 201 17 "https://shop.example/" "Mozilla/5.0"',
      ),
    ],
  'apache-error': [
      reads(
        '[Tue May 14 09:30:12.250123 2024] [core:error] [pid 4711:tid 99] invalid URI in request',
        exactly,
        'error',
        'core',
        'invalid URI in request',
      ),
      reads(
        '[Tue May 14 09:30:12 2024] [notice] child process exited normally',
        onSecond,
        'notice',
        '',
        'child process exited normally',
      ),
      reads(
        '[Tue May 14 09:30:12.250123 2024] [ssl:warn] [pid 4711:tid 99] certificate does not match the name',
        exactly,
        'warning',
        'ssl',
        'certificate does not match the name',
      ),
    ],
  'nginx-error': [
      reads(
        '2024/05/14 09:30:12 [crit] 4711#12: *7 connect() to unix:/run/app.sock failed',
        onSecond,
        'fatal',
        '',
        '*7 connect() to unix:/run/app.sock failed',
      ),
      reads(
        '2024/05/14 09:30:12 [error] 4711#12: *7 open() "/srv/logo.png" failed',
        onSecond,
        'error',
        '',
        '*7 open() "/srv/logo.png" failed',
      ),
      reads(
        '2024/05/14 09:30:12 [notice] 4711#12: signal process started',
        onSecond,
        'notice',
        '',
        'signal process started',
      ),
    ],
  'envoy': [
      reads(
        '[2024-05-14 09:30:12.250][7][warning][http] [source/config.cc:41] stream closed',
        exactly,
        'warning',
        'http',
        '[source/config.cc:41] stream closed',
      ),
      reads(
        '[2024-05-14 09:30:12.250][7][critical][main] [source/server.cc:9] out of memory',
        exactly,
        'fatal',
        'main',
        '[source/server.cc:9] out of memory',
      ),
      reads(
        '[2024-05-14 09:30:12.250][7][info][upstream] [source/cluster.cc:7] added a cluster',
        exactly,
        'info',
        'upstream',
        '[source/cluster.cc:7] added a cluster',
      ),
    ],
  'squid': [
      reads(
        '1715679012.250     57 192.0.2.7 TCP_MISS/200 4711 GET http://shop.example/ - HIER_DIRECT/192.0.2.9 text/html',
        exactly,
        'unknown',
        '',
        '192.0.2.7 TCP_MISS/200 4711 GET http://shop.example/ - HIER_DIRECT/192.0.2.9 text/html',
      ),
      reads(
        '1715679012.250      0 192.0.2.8 TCP_DENIED/403 391 CONNECT shop.example:443 - HIER_NONE/- text/html',
        exactly,
        'unknown',
        '',
        '192.0.2.8 TCP_DENIED/403 391 CONNECT shop.example:443 - HIER_NONE/- text/html',
      ),
      reads(
        '1715679012.250    120 192.0.2.9 TCP_HIT/200 77 GET http://shop.example/logo - HIER_NONE/- image/png',
        exactly,
        'unknown',
        '',
        '192.0.2.9 TCP_HIT/200 77 GET http://shop.example/logo - HIER_NONE/- image/png',
      ),
    ],
  'aws-alb': [
      reads(
        'https 2024-05-14T09:30:12.250123Z app/shop/50dc6c 192.0.2.7:4711 10.0.0.7:80 0.1 0.2 0.3 200 200 34 366 "GET https://shop.example:443/ HTTP/1.1"',
        exactly,
        'unknown',
        '',
        'app/shop/50dc6c 192.0.2.7:4711 10.0.0.7:80 0.1 0.2 0.3 200 200 34 366 "GET https://shop.example:443/ HTTP/1.1"',
      ),
      reads(
        'http 2024-05-14T09:30:12.250123Z app/shop/50dc6c 192.0.2.8:4712 - -1 -1 -1 503 - 34 366 "GET http://shop.example:80/ HTTP/1.1"',
        exactly,
        'unknown',
        '',
        'app/shop/50dc6c 192.0.2.8:4712 - -1 -1 -1 503 - 34 366 "GET http://shop.example:80/ HTTP/1.1"',
      ),
      reads(
        'h2 2024-05-14T09:30:12.250123Z app/shop/50dc6c 192.0.2.9:4713 10.0.0.8:80 0.1 0.2 0.3 404 404 34 366 "GET https://shop.example:443/x HTTP/2.0"',
        exactly,
        'unknown',
        '',
        'app/shop/50dc6c 192.0.2.9:4713 10.0.0.8:80 0.1 0.2 0.3 404 404 34 366 "GET https://shop.example:443/x HTTP/2.0"',
      ),
    ],
};
