import type { Random } from '../../engine/base/random.ts';
import type { SentItem } from '../../engine/llm/prompt.ts';

/** A true sentence about evidence, with the ids that it cites. */
export interface HonestClaim {
  readonly text: string;
  readonly evidence: readonly string[];
}

type Teller = (item: SentItem, random: Random) => string | null;

/** One of several, by lot. @throws Error for none */
export function oneOf<T>(values: readonly T[], random: Random): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('Nothing to choose from.');
  return value;
}

/** What people write about incidents without naming anything: words that a checker must let pass. */
const plainSentences = [
  'The service could not write because its storage was full.',
  'Requests then piled up behind it and timed out.',
  'After that, clients saw errors from the upstream.',
  'The process stopped without a word of its own.',
  'It came back later, but the queue was already too long.',
  'Retries made the load worse, e.g. by opening more TCP connections.',
  'The TLS handshake failed, i.e. before any HTTP/1.1 request was read.',
  'Both IPv4 and IPv6 would be affected by this.',
  'The JVM ran out of room; the OS did not.',
  'A read/write lock is a likely place to look at.',
  'Nothing shows whether the x86-64 and arm64 nodes differ.',
  'The configuration was read, and then refused.',
  'This is a client/server problem rather than one of the disk.',
  'One component gave up first, and two others followed.',
  'A SHA-256 or UTF-8 problem is not visible here.',
  'The out-of-memory killer is not mentioned.',
  'The first error is the telling one; the later 5xx answers are its echo.',
  'The well-known cause for this is a full volume.',
  'No more than that can be said: the log is silent afterwards.',
  'The build stopped at its first failing step.',
  'The load balancer keeps sending traffic, since the health check still passes.',
  'It is the same failure again and again.',
  'Whether the Kubernetes pod or the Node.js process restarted is not shown.',
  'Someone changed the credentials, or they ran out.',
  'This was 100 % of what it could take.',
  'Latency (p99) must have risen as well.',
  'PostgreSQL, RabbitMQ and OpenStack are named here only as examples.',
  'The user-facing effect was a slow page.',
  'Log4j and OAuth2 play no part.',
  'The on-call engineer cannot see more from these lines.',
];

const clockOf = (time: number): string => new Date(time).toISOString().slice(11);

/** A run of words of a line that is long enough to be a quote. */
export function passageOf(item: SentItem, random: Random): string | null {
  const line = oneOf(item.sent, random).trim();
  const words = line.split(/\s+/).filter((word) => !word.includes('`'));
  if (words.length < 4) return null;
  const length = Math.min(words.length, 4 + Math.floor(random() * 5));
  const start = Math.floor(random() * (words.length - length + 1));
  const passage = words.slice(start, start + length).join(' ');
  return passage.length < 14 || !line.replace(/\s+/g, ' ').includes(passage) ? null : passage;
}

/** First match of a pattern in an item; its first group where it has one. */
function found(item: SentItem, pattern: RegExp): RegExpMatchArray | null {
  for (const line of item.sent) {
    const match = pattern.exec(line);
    if (match !== null) return match;
  }
  return null;
}

const quote: Teller = (item, random) => {
  const passage = passageOf(item, random);
  if (passage === null) return null;
  const ways = [
    `The log says \`${passage}\`.`,
    `This began with \`${passage}\`, and the rest follows.`,
    `It reads “${passage}”.`,
    `It states \`${passage.replace(/[.,;:]+$/, '')}.\``,
    `\`${passage}…\` is what it left behind.`,
  ];
  return oneOf(ways, random);
};

const elided: Teller = (item, random) => {
  const passage = passageOf(item, random);
  const words = passage?.split(' ') ?? [];
  if (words.length < 6) return null;
  return `The line \`${words.slice(0, 2).join(' ')} … ${words.slice(-2).join(' ')}\` says it.`;
};

const atTime: Teller = (item, random) => {
  if (Number.isNaN(item.time)) return null;
  const clock = clockOf(item.time);
  const shown = oneOf(
    [clock.slice(0, 8), clock.slice(0, 5), clock, new Date(item.time).toISOString()],
    random,
  );
  return oneOf(
    [`At ${shown} it failed.`, `It failed first at ${shown}.`, `Since ${shown}, nothing worked.`],
    random,
  );
};

const duration: Teller = (item, random) => {
  const match = found(item, /(?<![\d.:\w-])(\d{2,7})\s?(ms|s)\b/);
  if (match === null) return null;
  const milliseconds = Number(match[1]) * (match[2] === 's' ? 1000 : 1);
  if (milliseconds < 100) return `It took ${match[1] ?? ''} ${match[2] ?? ''}.`;
  const seconds = milliseconds / 1000;
  const ways = [
    seconds >= 1 ? `It waited ${Number(seconds.toFixed(1))} s.` : `It waited ${milliseconds} ms.`,
    seconds >= 10
      ? `It waited about ${Math.round(seconds)} seconds.`
      : `It took ${milliseconds.toLocaleString('en-US')} ms.`,
    seconds >= 120
      ? `It waited about ${Math.round(seconds / 60)} minutes.`
      : `It took ${milliseconds} milliseconds.`,
    `The wait of ${match[0]} was too long.`,
  ];
  return oneOf(ways, random);
};

const bareNumber: Teller = (item, random) => {
  const match = found(item, /(?<=[\s=([])([1-9]\d{1,6})(?=[\s,;)\]]|$)/);
  if (match?.[1] === undefined) return null;
  const value = Number(match[1]);
  const rounded = Number(value.toPrecision(2));
  const ways = [
    `The figure ${value} stands out.`,
    `It names ${value.toLocaleString('en-US')} of them.`,
    value >= 1000 ? `That is about ${rounded.toLocaleString('en-US')}.` : `It says ${value}.`,
  ];
  return oneOf(ways, random);
};

const address: Teller = (item, random) => {
  const match = found(item, /(?<![\w.])(\d{1,3}(?:\.\d{1,3}){3}(?::\d{2,5})?)(?![\w.])/);
  return match?.[1] === undefined ? null : named(match[1], random);
};

const host: Teller = (item, random) => {
  const match = found(
    item,
    /(?<![\w./@-])([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:internal|local|example|com|org|net|svc)(?::\d{2,5})?)(?![\w.-])/,
  );
  return match?.[1] === undefined ? null : named(match[1], random);
};

const path: Teller = (item, random) => {
  const match = found(item, /(?<![\w.:/])(\/[\w.-]+(?:\/[\w.-]*[\w-])+)/);
  return match?.[1] === undefined ? null : named(match[1], random);
};

const code: Teller = (item, random) => {
  const match = found(
    item,
    /(?<![\w.$])((?:[a-z]+\.)*[A-Z]\w+(?:Exception|Error)|E[A-Z]{4,12}|[A-Z]{2,6}-\d{3,6})(?!\w)/,
  );
  return match?.[1] === undefined ? null : named(match[1], random);
};

const hidden: Teller = (item, random) => {
  const match = found(item, /(<[A-Z]{2,10}_\d{1,4}>)/);
  return match?.[1] === undefined ? null : named(match[1], random);
};

function named(name: string, random: Random): string {
  return oneOf(
    [
      `The trouble is with ${name}.`,
      `It comes from ${name}, as far as the lines show.`,
      `${name}'s state is the point (${name}).`,
      `The name "${name}" is the same in both.`,
      `Look at \`${name}\` first.`,
    ],
    random,
  );
}

const place: Teller = (item, random) =>
  oneOf(
    [
      `It stands at ${item.place}.`,
      `See line ${item.line} of the log.`,
      `Lines ${item.line}–${item.endLine} tell it.`,
      `(${item.place.replace(/-\d+$/, '')}) shows it.`,
      `This is what [${item.id}] shows.`,
    ],
    random,
  );

const day: Teller = (item, random) => {
  if (Number.isNaN(item.time)) return null;
  const date = new Date(item.time);
  const month = date.toLocaleString('en-US', { month: 'long', timeZone: 'UTC' });
  const number = date.getUTCDate();
  return oneOf(
    [
      `It happened on ${month} ${number}.`,
      `It happened on ${number} ${month.slice(0, 3)} ${date.getUTCFullYear()}.`,
      `On ${date.toISOString().slice(0, 10)} it failed.`,
    ],
    random,
  );
};

const status: Teller = (item, random) => {
  const match = found(item, /(?<![\d.,:-])([1-5]\d{2})(?![\d.,:-])/);
  if (match?.[1] === undefined) return null;
  return oneOf(
    [
      `A ${match[1]} came back.`,
      `It answered with (${match[1]}).`,
      `That is the ${match[1]} response.`,
    ],
    random,
  );
};

const port: Teller = (item, random) => {
  const match = found(item, /:(\d{4,5})(?![\d:.])/);
  if (match?.[1] === undefined) return null;
  return oneOf([`Nobody answered on port ${match[1]}.`, `Port ${match[1]} is the one.`], random);
};

const version: Teller = (item, random) => {
  const match = found(item, /(?<![\w.])v?(\d+\.\d+\.\d+)(?![\w.])/);
  if (match?.[1] === undefined) return null;
  return oneOf([`Version ${match[1]} is named.`, `It runs v${match[1]}.`], random);
};

const call: Teller = (item, random) => {
  const match = found(item, /(?<![\w.])([A-Za-z_]\w+(?:\.[A-Za-z_]\w+)+)\(/);
  if (match?.[1] === undefined) return null;
  return oneOf([`It fails in ${match[1]}().`, `The call of ${match[1]} did not return.`], random);
};

const counted: Teller = (item, random) =>
  item.sent.length < 3
    ? null
    : oneOf(
        ['Three of these lines say the same.', `All ${item.sent.length} lines are one trace.`],
        random,
      );

const tellers: readonly Teller[] = [
  day,
  status,
  port,
  version,
  call,
  counted,
  quote,
  quote,
  elided,
  atTime,
  duration,
  duration,
  bareNumber,
  address,
  host,
  path,
  code,
  hidden,
  place,
];

/** A true sentence about one item; a plain one where it offers nothing to name. */
export function honestClaim(item: SentItem, random: Random): HonestClaim {
  for (let tries = 0; tries < 4; tries++) {
    const text = oneOf(tellers, random)(item, random);
    if (text !== null) return { text, evidence: [item.id] };
  }
  return { text: oneOf(plainSentences, random), evidence: [item.id] };
}

/** A plain sentence, which states nothing that could be checked. */
export function plainSentence(random: Random): string {
  return oneOf(plainSentences, random);
}

/** A true sentence about two items: the time between them, or how many they are. */
export function honestComparison(first: SentItem, second: SentItem, random: Random): HonestClaim {
  const evidence = [first.id, second.id];
  const between = second.time - first.time;
  const count = oneOf(
    [
      'The 2 lines belong together.',
      'These two lines belong together.',
      'Both lines say the same.',
    ],
    random,
  );
  if (Number.isNaN(between) || between <= 0) return { text: count, evidence };
  const seconds = between / 1000;
  const minutes = seconds / 60;
  const said =
    seconds < 1
      ? `${between} ms`
      : seconds < 10
        ? oneOf([`${seconds.toFixed(1)} s`, `${seconds} seconds`], random)
        : seconds < 600
          ? oneOf(
              [
                `${Math.round(seconds)} s`,
                `about ${Math.round(seconds)} seconds`,
                `${Math.floor(minutes)} min ${Math.floor(seconds % 60)} s`,
                `${Math.floor(minutes)} minutes and ${Math.floor(seconds % 60)} seconds`,
              ],
              random,
            )
          : minutes < 100
            ? `${minutes < 10 ? 'about ' : ''}${Math.round(minutes)} minutes`
            : `${(minutes / 60).toFixed(1)} hours`;
  return {
    text: oneOf([`The other followed ${said} later.`, `It lasted ${said}.`, count], random),
    evidence,
  };
}
