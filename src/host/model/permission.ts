import * as vscode from 'vscode';
import type { Payload } from '../../engine/llm/exchange.ts';
import type { Consents } from './consents.ts';
import type { PayloadPreview } from './payloadPreview.ts';
import { payloadFacts } from './payloadText.ts';

const once = 'Send Once';
const always = 'Always for This Workspace';
const read = 'Read It First';

/** What the reader said when asked to send. `digest` is of the payload they saw; null approves any. */
export interface Permission {
  readonly digest: string | null;
}

/**
 * Stands before everything that is sent: the reader sees it word for word and is asked, until they
 * agreed for this workspace, this receiver and this level of privacy.
 */
export class PermissionToSend {
  readonly #consents: Consents;
  readonly #preview: PayloadPreview;

  constructor(consents: Consents, preview: PayloadPreview) {
    this.#consents = consents;
    this.#preview = preview;
  }

  /** Whether the reader agreed before. */
  has(payload: Payload): boolean {
    return this.#consents.has(payload);
  }

  /** Shows the payload and asks, unless the reader agreed before. Null where it must not be sent. */
  async ask(payload: Payload): Promise<Permission | null> {
    if (this.has(payload)) return { digest: null };
    const close = await this.#preview.show(payload, false);
    const chosen = await vscode.window.showInformationMessage(
      `Send this to ${payload.provider}?`,
      {
        modal: true,
        detail: [
          ...payloadFacts(payload, vscode.env.language),
          'It is shown in the editor behind this question.',
        ].join('\n'),
      },
      once,
      always,
      read,
    );
    if (chosen !== read) await close();
    if (chosen === always) {
      await this.#consents.add(payload);
      return { digest: null };
    }
    return chosen === once ? { digest: payload.digest } : null;
  }

  /** Shows what was sent, or would be. */
  async show(payload: Payload, sent: boolean): Promise<void> {
    await this.#preview.show(payload, sent);
  }
}
