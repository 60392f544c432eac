import { bodyKind } from '../headerLayout.ts';
import type { FormatEntry, HeaderShape } from './formatEntry.ts';
import { mostly } from './formatEntry.ts';

function isJson({ header }: HeaderShape): boolean {
  return header.anchor < 0 && header.body === bodyKind.json;
}

/** Logs whose records are objects or pairs: their fields are found by name. */
export const structuredFormats: readonly FormatEntry[] = [
  {
    name: 'tsv',
    writer: 'exports as a table, with tabs',
    fits: ({ header }) => header.table?.delimiter === 0x09,
    opening: 'timestamp\tlevel\tlogger\tmessage',
  },
  {
    name: 'w3c',
    writer: 'IIS and other servers in the extended format of the W3C',
    fits: ({ header }) => header.table?.delimiter === 0x20,
    opening:
      '#Software: Internet Information Services\n#Fields: date time s-ip cs-method cs-uri-stem sc-status',
  },
  {
    name: 'csv',
    writer: 'exports as a table, with commas or semicolons',
    fits: ({ header }) => header.table !== undefined,
    opening: 'Date,Time,Level,Source,Message',
  },
  {
    name: 'journald-export',
    writer: 'journalctl -o export',
    fits: ({ header }) => header.fieldLines === true,
  },
  {
    name: 'journald-json',
    writer: 'journalctl -o json',
    fits: (shape) => isJson(shape) && mostly(shape, /"__REALTIME_TIMESTAMP"/),
  },
  {
    name: 'mongodb',
    writer: 'MongoDB 4.4 and later',
    fits: (shape) => isJson(shape) && mostly(shape, /^\{"t":\{"\$date":/),
  },
  {
    name: 'caddy',
    writer: 'Caddy',
    fits: (shape) =>
      isJson(shape) &&
      mostly(
        shape,
        /^\{"level":"\w+","ts":[\d.]+,(?:"logger":"(?:http|tls|admin|pki|caddy|events)\b|"msg":"(?:using|adapted|serving|server running|shutting down))/,
      ),
  },
  {
    name: 'json-lines',
    writer: 'bunyan, pino, zap, ECS, OpenTelemetry and other JSON loggers',
    fits: isJson,
  },
  {
    name: 'logrus',
    writer: 'logrus: the Docker daemon, containerd, Podman, Traefik 1',
    fits: (shape) =>
      shape.header.body === bodyKind.logfmt && mostly(shape, /^time="[^"]+" level=[a-z]+ msg=/),
  },
  {
    name: 'go-slog',
    writer: "the text handler of Go's slog",
    fits: (shape) =>
      shape.header.body === bodyKind.logfmt &&
      mostly(shape, /^time=\d\S+ level=[A-Z]+(?:[+-]\d+)? (?:source=\S+ )?msg=/),
  },
  {
    name: 'logfmt',
    writer: 'Go services, Prometheus, Grafana, Heroku',
    fits: ({ header }) => header.anchor < 0 && header.body === bodyKind.logfmt,
  },
];
