import type { Random } from '../../engine/base/random.ts';
import { between, pick } from '../faults/values.ts';
import { alphanumeric, drawn } from './drawn.ts';

/** A manner in which programs write secrets to logs, and its name. */
export type Manner = readonly [
  name: string,
  write: (random: Random, key: string, value: string) => string,
];

const stamp = (random: Random): string =>
  pick(random, [
    `2026-03-1${between(random, 0, 9)}T0${between(random, 0, 9)}:${between(random, 10, 59)}:04.${between(random, 100, 999)}Z `,
    `Mar 1${between(random, 0, 9)} 0${between(random, 0, 9)}:12:44 worker-3 `,
    `[${between(random, 10_000, 99_999)}] `,
    '',
  ]);
const level = (random: Random): string => pick(random, ['INFO ', 'DEBUG ', 'ERROR ', 'WARN ', '']);
const head = (random: Random): string => `${stamp(random)}${level(random)}`;

/** As one name of a program: no dots or dashes. */
const plainName = (key: string): string => key.replaceAll(/[^A-Za-z0-9_]/g, '_');
const shell = (key: string): string => plainName(key).toUpperCase();
const dashed = (key: string): string =>
  plainName(key)
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .replace(/^-/, '')
    .toLowerCase();
const isWordy = (value: string): boolean => /^[a-z]+$/.test(value);

const keyedManners: readonly Manner[] = [
  [
    'key=value',
    (random, key, value) => `${head(random)}connecting with user=svc ${key}=${value} retries=3`,
  ],
  ['key: value', (random, key, value) => `${head(random)}loaded settings, ${key}: ${value}`],
  [
    'JSON',
    (random, key, value) =>
      `${head(random)}${JSON.stringify({ level: 'info', [key]: value, attempt: between(random, 1, 9) })}`,
  ],
  [
    'pretty JSON',
    (_, key, value) => JSON.stringify({ host: 'db', [key]: value, retries: 3 }, null, 2),
  ],
  [
    'escaped JSON',
    (random, key, value) =>
      `${head(random)}body=${JSON.stringify(JSON.stringify({ [key]: value, n: 1 }))}`,
  ],
  [
    'Python dictionary',
    (random, key, value) =>
      `${head(random)}kwargs={'timeout': 30, '${key}': '${value}', 'verify': False}`,
  ],
  [
    'Ruby hash',
    (random, key, value) =>
      `${head(random)}Parameters: {:${plainName(key)}=>"${value}", "utf8"=>"x"}`,
  ],
  [
    'Go structure',
    (random, key, value) =>
      `${head(random)}config: {Host:db Port:5432 ${plainName(key)}:${value} Retries:3}`,
  ],
  [
    'Go map',
    (random, key, value) =>
      `${head(random)}env map[HOME:/root ${plainName(key)}:${value} TERM:xterm]`,
  ],
  [
    'Java object',
    (random, key, value) =>
      `${head(random)}Created DataSource{url=jdbc:h2:mem, ${key}=${value}, pool=10}`,
  ],
  ['logfmt', (random, key, value) => `${head(random)}msg="login" ${key}="${value}" status=401`],
  [
    'XML element',
    (random, key, value) =>
      `${head(random)}<config><timeout>30</timeout><${key}>${value}</${key}></config>`,
  ],
  [
    'XML attributes',
    (random, key, value) => `${head(random)}<add name="${key}" value="${value}" />`,
  ],
  [
    'Hadoop property',
    (_, key, value) => `<property>\n  <name>${key}</name>\n  <value>${value}</value>\n</property>`,
  ],
  [
    'option and value',
    (random, key, value) =>
      `${head(random)}exec: /usr/bin/tool --verbose --${dashed(key)} ${value} --retries 3`,
  ],
  [
    'option=value',
    (random, key, value) => `${head(random)}+ deploy --${dashed(key)}=${value} --force`,
  ],
  [
    'list of arguments',
    (random, key, value) => `${head(random)}spawn ["tool", "--${dashed(key)}", "${value}", "run"]`,
  ],
  ['exported variable', (_, key, value) => `+ export ${shell(key)}=${value}`],
  [
    'container variable',
    (random, key, value) => `${head(random)}docker run -e ${shell(key)}=${value} -p 80:80 app`,
  ],
  ['variable of a pod', (_, key, value) => `env:\n  - name: ${shell(key)}\n    value: "${value}"`],
  [
    'query',
    (random, key, value) =>
      `10.0.0.7 - - [x] "GET /api/v1/items?page=2&${key}=${encodeURIComponent(value)}&sort=asc HTTP/1.1" 200 ${between(random, 100, 9999)}`,
  ],
  [
    'form',
    (random, key, value) =>
      `${head(random)}POST body: user=svc&${key}=${encodeURIComponent(value)}&remember=1`,
  ],
  [
    'encoded form',
    (random, key, value) =>
      `${head(random)}redirect to /login?next=${encodeURIComponent(`/cb?${key}=${encodeURIComponent(value)}&x=1`)}`,
  ],
  ['YAML', (_, key, value) => `database:\n  host: db\n  ${key}: ${value}\n  pool: 5`],
  ['properties', (_, key, value) => `server.port=8080\n${key} = ${value}\nlogging.level=debug`],
  ['Terraform', (random, key, value) => `${head(random)}  + ${plainName(key)} = "${value}"`],
  [
    'connection string',
    (random, key, value) =>
      `${head(random)}Server=tcp:db,1433;Database=orders;${plainName(key)}=${value};Encrypt=true`,
  ],
  ['own header', (random, key, value) => `${head(random)}> X-${dashed(key)}: ${value}`],
  [
    'header in curl',
    (random, key, value) =>
      `${head(random)}curl -s -H 'X-${dashed(key)}: ${value}' https://api.example.com/v1`,
  ],
  [
    'exception',
    (random, key, value) =>
      `${head(random)}java.lang.IllegalStateException: login refused for svc (${key}=${value})\n\tat com.example.Login.run(Login.java:42)`,
  ],
  [
    'coloured',
    (random, key, value) =>
      `${head(random)}\u001b[36m${key}\u001b[0m=\u001b[33m${value}\u001b[0m done`,
  ],
  [
    'coloured inside',
    (random, key, value) =>
      `${head(random)}\u001b[1m${key}\u001b[0m: "${value.slice(0, 3)}\u001b[4m${value.slice(3)}\u001b[0m" end`,
  ],
  [
    'zero-width inside',
    (random, key, value) =>
      `${head(random)}${key}="${value.slice(0, 4)}\u200b${value.slice(4)}" end`,
  ],
  ['CRLF', (random, key, value) => `${head(random)}starting\r\n${key}=${value}\r\nstarted\r\n`],
  [
    'base64 of the line',
    (random, key, value) =>
      `${head(random)}config ${Buffer.from(`${key}=${value}`).toString('base64')}`,
  ],
  ['single quotes', (random, key, value) => `${head(random)}using ${key}='${value}' now`],
  ['back-ticks', (random, key, value) => `${head(random)}using ${key} = \`${value}\``],
  ['arrow', (random, key, value) => `${head(random)}${key} -> ${value}`],
  ['array', (random, key, value) => `${head(random)}${key}=[${value}]`],
  ['array of strings', (random, key, value) => `${head(random)}{"${key}": ["${value}"]}`],
  ['at the end of a line', (random, key, value) => `${head(random)}auth failed, ${key}=${value}`],
  [
    'sentence with a quote',
    (random, key, value) =>
      `${head(random)}the ${dashed(key).replaceAll('-', ' ')} is '${value}', please rotate it`,
  ],
];

const bareManners: readonly Manner[] = [
  ['sentence', (random, _, value) => `${head(random)}request signed by ${value} was refused`],
  ['in quotes', (random, _, value) => `${head(random)}unexpected value '${value}' at position 0`],
  ['in brackets', (random, _, value) => `${head(random)}identity [${value}] expired`],
  ['in a tuple', (random, _, value) => `${head(random)}lookup('${value}', 30) failed`],
  [
    'exception',
    (random, _, value) =>
      `${head(random)}ValueError: could not parse ${value}\n  File "app.py", line 12, in load`,
  ],
  ['column', (random, _, value) => `${head(random)}42\t${value}\t200`],
  ['between commas', (random, _, value) => `${head(random)}42,${value},ok`],
  ['alone in its line', (_, __, value) => `dump follows\n${value}\nend of dump`],
  ['CRLF', (_, __, value) => `dump follows\r\n${value}\r\nend of dump\r\n`],
  ['coloured', (random, _, value) => `${head(random)}\u001b[31m${value}\u001b[0m refused`],
  ['Bearer', (random, _, value) => `${head(random)}Authorization: Bearer ${value}`],
  [
    'Authorization in JSON',
    (random, _, value) =>
      `${head(random)}{"headers":{"Authorization":"Bearer ${value}","Accept":"*/*"}}`,
  ],
  [
    'Authorization in a map',
    (random, _, value) =>
      `${head(random)}headers: {Accept=[*/*], Authorization=[Bearer ${value}], Host=[db]}`,
  ],
  [
    'authorization in curl',
    (random, _, value) =>
      `${head(random)}curl -H "authorization: token ${value}" https://api.example.com`,
  ],
  [
    'Basic',
    (random, _, value) =>
      `${head(random)}Proxy-Authorization: Basic ${Buffer.from(`svc:${value}`).toString('base64')}`,
  ],
  ['cookie', (random, _, value) => `${head(random)}Cookie: theme=dark; session=${value}; lang=en`],
  [
    'set-cookie',
    (random, _, value) => `${head(random)}< Set-Cookie: auth=${value}; Path=/; HttpOnly`,
  ],
  [
    'user in an address',
    (random, _, value) =>
      `${head(random)}git clone https://${encodeURIComponent(value)}@git.example.com/team/app.git`,
  ],
];

/** Addresses with a password in them, and files that hold one: for what people make up. */
const passwordManners: readonly Manner[] = [
  [
    'address of a database',
    (random, _, value) =>
      `${head(random)}connect ${pick(random, ['postgres', 'mysql', 'mongodb+srv', 'amqp', 'redis'])}://svc:${encodeURIComponent(value)}@db.internal:5432/orders?ssl=true`,
  ],
  [
    'address of Redis',
    (random, _, value) => `${head(random)}redis://:${encodeURIComponent(value)}@cache:6379/0`,
  ],
  [
    'DSN of Go',
    (random, _, value) => `${head(random)}open svc:${value}@tcp(db.internal:3306)/orders`,
  ],
  [
    'JDBC',
    (random, _, value) =>
      `${head(random)}jdbc:mysql://db:3306/orders?user=svc&password=${encodeURIComponent(value)}&useSSL=false`,
  ],
  [
    'libpq',
    (random, _, value) => `${head(random)}dsn "host=db user=svc password=${value} dbname=orders"`,
  ],
  ['netrc', (_, __, value) => `machine git.example.com login svc password ${value}`],
  [
    'curl -u',
    (random, _, value) => `${head(random)}+ curl -fsS -u svc:${value} https://repo.example.com/x`,
  ],
  ['mysql -p', (random, _, value) => `${head(random)}+ mysql -h db -u svc -p${value} orders`],
  ['sshpass', (random, _, value) => `${head(random)}+ sshpass -p ${value} ssh svc@db`],
  [
    'SQL',
    (random, _, value) => `${head(random)}statement: ALTER USER svc IDENTIFIED BY '${value}'`,
  ],
  [
    'SQL of PostgreSQL',
    (random, _, value) => `${head(random)}statement: CREATE ROLE svc LOGIN PASSWORD '${value}'`,
  ],
  [
    'Basic',
    (random, _, value) =>
      `${head(random)}authorization: Basic ${Buffer.from(`svc:${value}`).toString('base64')}`,
  ],
  [
    'Windows option',
    (random, _, value) => `${head(random)}net use Z: /user:svc /password:${value}`,
  ],
];

/** Which carriers a kind of secret has. */
export function carriersOf(kind: {
  readonly name: string;
  readonly keys: readonly string[];
  readonly standsAlone: boolean;
}): readonly Manner[] {
  return [
    ...(kind.keys.length > 0 ? keyedManners : []),
    ...(kind.standsAlone ? bareManners : []),
    ...(kind.name.includes('password') ? passwordManners : []),
  ];
}

/** Whether a secret can be written so at all: a bare hash would be cut by what encloses it. */
export function fits(carrier: string, key: string, value: string): boolean {
  if (carrier === 'header in curl' || carrier === 'own header') return !value.startsWith('$');
  if (carrier.startsWith('XML')) return !/[<&]/.test(value) && /^[A-Za-z_][\w.-]*$/.test(key);
  if (carrier === 'arrow') return !isWordy(value);
  return true;
}

/** A private key over several lines, in the manners in which such blocks get into logs. */
export function privateKeyText(random: Random): { text: string; core: string; carrier: string } {
  const name = pick(random, ['RSA ', 'EC ', 'OPENSSH ', 'DSA ', '', 'ENCRYPTED ', 'PGP ']);
  const end = name === 'PGP ' ? 'PRIVATE KEY BLOCK' : 'PRIVATE KEY';
  const count = between(random, 4, 26);
  const lines = Array.from({ length: count }, (_, index) =>
    drawn(random, `${alphanumeric}+/`, index === count - 1 ? between(random, 8, 60) : 64),
  );
  const first = `-----BEGIN ${name}${end}-----`;
  const last = `-----END ${name}${end}-----`;
  const manner = pick(random, [
    'plain',
    'stamped',
    'escaped',
    'cut',
    'CRLF',
    'indented',
    'JSON',
    'tail',
    'one line',
  ]);
  const core = lines.join('\n');
  const block = [first, ...lines, last];
  const write: Readonly<Record<string, () => string>> = {
    plain: () => `loading key\n${block.join('\n')}\nkey loaded`,
    stamped: () => block.map((line) => `2026-03-11 08:00:01,123 DEBUG tls - ${line}`).join('\n'),
    escaped: () => `key="${block.join('\\n')}\\n" loaded`,
    cut: () => `loading key\n${block.slice(0, -1).join('\n')}`,
    CRLF: () => block.join('\r\n'),
    indented: () => `data:\n${block.map((line) => `    ${line}`).join('\n')}\nkind: Secret`,
    JSON: () =>
      JSON.stringify({ type: 'service_account', private_key: `${block.join('\n')}\n`, n: 1 }),
    tail: () => `${block.slice(2).join('\n')}\nkey loaded`,
    'one line': () => `pem ${block.join(' ')} end`,
  };
  const kept = manner === 'tail' ? lines.slice(1).join('\n') : core;
  return { text: write[manner]?.() ?? '', core: kept, carrier: `private key, ${manner}` };
}
