import type { Turn } from '../../engine/llm/exchange.ts';
import { toFailure } from '../../protocol/rpc.ts';
import type { FollowUp } from '../../protocol/panelApi.ts';
import type { ExplainService } from '../explainService.ts';
import type { ModelPart } from './modelPart.ts';
import type { PanelShell } from './panelShell.ts';
import { shownReport } from './panelShell.ts';
import { reportOf, withFollowUp } from './panelState.ts';

/** Questions about a report: a chat over the same logs, one answer at a time. */
export class FollowUps {
  readonly #shell: PanelShell;
  readonly #explain: ExplainService;
  readonly #model: ModelPart;
  #running = new AbortController();
  #last = 0;

  constructor(shell: PanelShell, explain: ExplainService, model: ModelPart) {
    this.#shell = shell;
    this.#explain = explain;
    this.#model = model;
  }

  /** Answers in the state; the request itself returns at once, so that a reload finds the question. */
  ask(question: string): void {
    this.cancel();
    const { followUps } = shownReport(this.#shell);
    const id = Math.max(this.#last, ...followUps.map((known) => known.id)) + 1;
    this.#last = id;
    const { signal } = (this.#running = new AbortController());
    const history = turnsOf(followUps);
    this.#show({ id, question, state: 'working', text: '' });
    this.#answer(id, question, history, signal).catch((error: unknown) => {
      if (signal.aborted) return;
      this.#show({ id, question, state: 'failed', failure: toFailure(error) });
    });
  }

  /** Gives up the question that is being answered. */
  cancel(): void {
    this.#running.abort();
    const followUps = reportOf(this.#shell.state)?.followUps ?? [];
    for (const { id, question, state } of followUps) {
      if (state !== 'working') continue;
      const failure = {
        reason: 'aborted',
        message: 'The question was given up.',
        advice: 'Ask again when needed.',
      } as const;
      this.#show({ id, question, state: 'failed', failure });
    }
  }

  /** Before another report: what is still being answered belongs to the old one. */
  reset(): void {
    this.#running.abort();
  }

  async #answer(
    id: number,
    question: string,
    history: readonly Turn[],
    signal: AbortSignal,
  ): Promise<void> {
    const { subject, choices } = this.#shell.state;
    const inquiry = { subject, question, mode: choices.mode, history };
    const result =
      (await this.#model.answer(inquiry, signal, (text) => {
        if (!signal.aborted) this.#show({ id, question, state: 'working', text });
      })) ?? (await this.#explain.explain(inquiry, signal, () => undefined));
    if (signal.aborted) return;
    this.#show({ id, question, state: 'answered', explanation: result.explanation });
  }

  #show(followUp: FollowUp): void {
    this.#shell.show(withFollowUp(this.#shell.state, followUp));
  }
}

/** What was asked and answered so far. */
function turnsOf(followUps: readonly FollowUp[]): readonly Turn[] {
  return followUps.flatMap((followUp) =>
    followUp.state === 'answered'
      ? [{ question: followUp.question, answer: followUp.explanation.summary }]
      : [],
  );
}
