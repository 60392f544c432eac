import type { Category, RemovedClaim, Verdict } from '../explain/explanation.ts';
import type { ModelAnswer } from './answerSchema.ts';
import { misplacedSteps } from './checks/chainOrder.ts';
import { effectOf } from './checks/commands.ts';
import { KnownFacts } from './checks/knownFacts.ts';
import { hostsIn } from './checks/names.ts';
import { isQuotedFrom, quotesIn } from './checks/quotes.ts';
import { splitSentences } from './checks/sentences.ts';
import type { Prompt, SentItem } from './prompt.ts';

/** A sentence that survived, with what it cites. */
export interface CheckedClaim {
  readonly text: string;
  readonly evidence: readonly string[];
}

/** What is left of an answer once it was checked; texts still hold placeholders. */
export interface CheckedAnswer {
  readonly verdict: Verdict;
  readonly category: Category;
  readonly component: string;
  readonly summary: readonly CheckedClaim[];
  /** Null where it was struck. */
  readonly cause: CheckedClaim | null;
  readonly alternatives: readonly (CheckedClaim & { readonly category: Category })[];
  readonly chain: readonly CheckedClaim[];
  readonly recommendations: readonly {
    readonly action: string;
    readonly kind: 'verify' | 'mitigate' | 'fix' | 'prevent';
    readonly basis: string;
  }[];
  readonly missing: readonly string[];
  readonly contradicting: readonly string[];
  readonly removed: readonly RemovedClaim[];
  /** How many claims were looked at, those that were struck among them. */
  readonly claims: number;
}

/**
 * Checks what a model says against what it was shown. Every id must exist; quotes must stand in the
 * cited lines; numbers, times, machines, paths and error codes must stand in the evidence or follow
 * from it; a chain must be possible in time; a cause without evidence is none; what a model
 * recommends may not name foreign machines or destroy anything. What fails is struck, with the reason.
 */
export function checkAnswer(
  answer: ModelAnswer,
  prompt: Prompt,
  /** Ids that a recommendation may rest on beside evidence and past incidents: rules of the offline report. */
  rules: readonly string[] = [],
): CheckedAnswer {
  return new Checker(answer, prompt, rules).check();
}

const idText = /\b[EP][1-9]\d{0,2}\b/g;

class Checker {
  readonly #answer: ModelAnswer;
  readonly #facts: KnownFacts;
  readonly #rules: ReadonlySet<string>;
  readonly #removed: RemovedClaim[] = [];
  #claims = 0;

  constructor(answer: ModelAnswer, prompt: Prompt, rules: readonly string[]) {
    this.#answer = answer;
    this.#facts = new KnownFacts(prompt);
    this.#rules = new Set(rules);
  }

  check(): CheckedAnswer {
    const { verdict, root_cause: cause, missing_information: missing } = this.#answer;
    const checkedCause = this.#cause();
    const isQuiet = verdict === 'no_incident';
    const chain = this.#chain();
    const alternatives = this.#answer.alternatives
      .map((item) => {
        const claim = this.#claim(item.statement, item.evidence, 'alternative', true);
        return claim === null ? null : { ...claim, category: item.category };
      })
      .filter((item) => item !== null);
    return {
      // A cause that nothing shows is no cause.
      verdict: checkedCause === null && !isQuiet ? 'inconclusive' : verdict,
      category: isQuiet ? 'none' : cause.category,
      component: this.#component(cause.component),
      summary: this.#summary(checkedCause, chain),
      cause: checkedCause,
      alternatives,
      chain,
      recommendations: this.#recommendations(),
      missing: missing
        .map((text) => text.trim())
        .filter((text) => text !== '' && this.#foreignHosts(text).length === 0),
      contradicting: this.#answer.contradicting_evidence
        .map(bareId)
        .filter((id) => this.#facts.has(id)),
      removed: this.#removed,
      claims: this.#claims,
    };
  }

  #cause(): CheckedClaim | null {
    const { statement, evidence } = this.#answer.root_cause;
    if (statement.trim() === '' && this.#answer.verdict === 'no_incident') return null;
    return this.#claim(statement, evidence, 'cause', true);
  }

  /** The summary is weighed sentence by sentence; what it does not cite itself rests on cause and chain. */
  #summary(cause: CheckedClaim | null, chain: readonly CheckedClaim[]): readonly CheckedClaim[] {
    const shared = [...(cause?.evidence ?? []), ...chain.flatMap(({ evidence }) => evidence)];
    const sentences: CheckedClaim[] = [];
    for (const sentence of splitSentences(this.#answer.summary)) {
      const inline = idsIn(sentence).filter((id) => id.startsWith('E'));
      const claim = this.#claim(
        sentence,
        inline.length > 0 ? inline : shared,
        'summary',
        false,
        shared,
      );
      if (claim !== null) {
        sentences.push({
          ...claim,
          evidence: inline.length > 0 ? claim.evidence : (cause?.evidence ?? []),
        });
      }
    }
    return sentences;
  }

  #chain(): readonly CheckedClaim[] {
    const steps = this.#answer.causal_chain
      .map(({ event, evidence }) => this.#claim(event, evidence, 'chain', true))
      .filter((step) => step !== null);
    const placed = steps.map(({ evidence }) => ({ items: this.#items(evidence) }));
    const misplaced = new Set(misplacedSteps(placed));
    for (const index of misplaced) {
      const step = steps[index];
      if (step === undefined) continue;
      this.#strike(
        step.text,
        'chain',
        `${step.evidence.join(', ')} stands elsewhere in the order of the log`,
      );
    }
    return steps.filter((_, index) => !misplaced.has(index));
  }

  #recommendations(): CheckedAnswer['recommendations'] {
    const kept = [];
    for (const { action, kind, basis } of this.#answer.recommendations) {
      const text = action.trim();
      if (text === '') continue;
      this.#claims++;
      const why = this.#whyNotRecommended(text, basis);
      if (why !== null) {
        this.#strike(text, 'recommendation', why);
        continue;
      }
      const changes = effectOf(text) === 'changes';
      kept.push({
        action: changes ? `${text} (This changes the system: read it before you run it.)` : text,
        kind: changes && kind === 'verify' ? ('mitigate' as const) : kind,
        basis,
      });
    }
    return kept;
  }

  #whyNotRecommended(action: string, basis: string): string | null {
    if (effectOf(action) === 'destroys')
      return 'would destroy something or run what nobody has read';
    const ids = [...idsIn(basis), ...idsIn(action)];
    const unknown = ids.filter((id) => !this.#facts.hasId(id));
    if (unknown.length > 0) return doesNotExist(unknown);
    const named = basis.replace(/^(?:KB|rule|knowledge)[:\s]+/i, '').trim();
    if (idsIn(basis).length === 0 && !this.#rules.has(named)) return 'rests on nothing';
    if (ids.length > 0 && this.#instructsOnly(ids.filter((id) => id.startsWith('E')))) {
      return 'rests on a line that addresses its reader';
    }
    const foreign = this.#foreignHosts(action);
    return foreign.length > 0 ? notInLogs(foreign) : null;
  }

  /** What is missing or recommended names files and numbers of its own, but no machines. */
  #foreignHosts(text: string): readonly string[] {
    return hostsIn(text).filter((host) => this.#facts.unknownIn(host, []).length > 0);
  }

  /**
   * A claim with the ids that it cites, or null once it was struck.
   * @param mustCite whether a claim without evidence is struck
   * @param nearby further ids whose lines a number may be derived from
   */
  #claim(
    raw: string,
    ids: readonly string[],
    where: RemovedClaim['where'],
    mustCite: boolean,
    nearby: readonly string[] = [],
  ): CheckedClaim | null {
    const text = raw.trim();
    if (text === '') return null;
    this.#claims++;
    const cited = [...new Set([...ids.map(bareId), ...idsIn(text)])];
    const evidence = cited.filter((id) => this.#facts.has(id));
    const unknown = cited.filter((id) => !this.#facts.has(id) && !this.#facts.hasIncident(id));
    const inText = idsIn(text).filter((id) => !this.#facts.hasId(id));
    // A wrong id beside right ones is taken off; alone, or in the sentence itself, it takes the claim along.
    if (inText.length > 0 || (unknown.length > 0 && evidence.length === 0)) {
      return this.#strike(text, where, doesNotExist(unknown));
    }
    if (unknown.length > 0)
      this.#strike(`${text} [${unknown.join(', ')}]`, where, doesNotExist(unknown));
    if (mustCite && evidence.length === 0) return this.#strike(text, where, 'cites no evidence');
    if (this.#instructsOnly(evidence)) {
      return this.#strike(text, where, 'rests on a line that addresses its reader');
    }
    const quoted = this.#quoted(text, evidence);
    if (typeof quoted === 'string') return this.#strike(text, where, quoted);
    const all = [...new Set([...evidence, ...quoted, ...nearby])];
    const foreign = this.#facts.unknownIn(withoutQuotes(text), all);
    if (foreign.length > 0) return this.#strike(text, where, notInLogs(foreign));
    return { text: withoutCitations(text), evidence: [...new Set([...evidence, ...quoted])] };
  }

  /** Ids of further items that quotes were found in; a string says which quote stands nowhere. */
  #quoted(text: string, evidence: readonly string[]): readonly string[] | string {
    const extra: string[] = [];
    for (const quote of quotesIn(text)) {
      const cited = this.#items(evidence);
      if (cited.some((item) => isQuotedFrom(quote, item))) continue;
      const elsewhere = this.#facts.usable().find((item) => isQuotedFrom(quote, item));
      if (elsewhere === undefined)
        return `quotes “${quote.slice(0, 80)}”, which stands nowhere in the evidence`;
      extra.push(elsewhere.id);
    }
    return extra;
  }

  #items(ids: readonly string[]): readonly SentItem[] {
    return ids.map((id) => this.#facts.item(id)).filter((item) => item !== undefined);
  }

  #instructsOnly(ids: readonly string[]): boolean {
    const items = this.#items(ids);
    return items.length > 0 && items.every(({ instructs }) => instructs);
  }

  /** A component is a name; one that the evidence does not know is left away. */
  #component(component: string): string {
    const name = component.trim().slice(0, 120);
    return this.#facts.unknownIn(name, []).length === 0 ? name.replaceAll('`', '') : '';
  }

  #strike(text: string, where: RemovedClaim['where'], why: string): null {
    this.#removed.push({ text, where, why });
    return null;
  }
}

/** `[E3]`, `e3` and `"E3 "` mean E3. */
function bareId(text: string): string {
  return /[EP][1-9]\d{0,2}(?!\d)/i.exec(text)?.[0].toUpperCase() ?? text.trim();
}

function idsIn(text: string): readonly string[] {
  return [...new Set(text.match(idText) ?? [])];
}

/** Citations in brackets belong to the evidence of a sentence, not to its words. */
function withoutCitations(text: string): string {
  return text
    .replace(/\s*[([](?:(?:see|evidence)?:?\s*[EP]\d{1,4}(?:\s*(?:,|and|&|-|–)\s*)?)+[)\]]/gi, '')
    .trim();
}

/** Quotes were compared word for word; what is in them is not looked at again. */
function withoutQuotes(text: string): string {
  return quotesIn(text).reduce((rest, quote) => rest.replace(quote, ' '), text);
}

function doesNotExist(ids: readonly string[]): string {
  return `cites ${ids.join(', ')}, which ${ids.length === 1 ? 'does' : 'do'} not exist`;
}

function notInLogs(names: readonly string[]): string {
  const some = names.slice(0, 4).join(', ');
  return `says ${some}, which ${names.length === 1 ? 'is' : 'are'} not in the evidence`;
}
