import { explanationHtml } from '../engine/present/explanationHtml.ts';
import { explanationJson } from '../engine/present/explanationJson.ts';
import { explanationMarkdown } from '../engine/present/explanationMarkdown.ts';
import { issueText } from '../engine/present/issueText.ts';
import { createRedactor } from '../engine/privacy/createRedactor.ts';
import type { WorkerRequests } from '../protocol/workerApi.ts';

/** A report as a text to keep or to pass on. */
export function writtenReport({
  explanation,
  form,
  writtenAt,
}: WorkerRequests['writeReport']['params']): string {
  switch (form) {
    case 'markdown':
      return explanationMarkdown(explanation, writtenAt);
    case 'html':
      return explanationHtml(explanation, writtenAt);
    case 'json':
      return explanationJson(explanation);
    case 'issue':
      // Others read an issue: it carries neither secrets nor personal data, whatever a model may see.
      return issueText(explanation, createRedactor('personal').redact);
  }
}
