import { describe, expect, it } from 'vitest';
import { payloadFacts, payloadText } from '../../../src/host/model/payloadText.ts';
import { payload } from './payload.ts';

describe('payloadText', () => {
  it('holds every word that is sent, in order, and says whether it was', () => {
    const { messages } = payload();
    const text = payloadText(payload(), false, 'en');
    expect(text).toContain('Nothing has been sent');
    expect(text.indexOf(messages[0]!.content)).toBeGreaterThan(0);
    expect(text.indexOf(messages[1]!.content)).toBeGreaterThan(text.indexOf(messages[0]!.content));
    expect(payloadText(payload(), true, 'en')).toContain('This was sent');
  });

  it('says who receives it, at what level, how much, and what was replaced', () => {
    const facts = payloadFacts(payload({ left: ['E7', 'E9'] }), 'en').join('\n');
    expect(facts).toContain('OpenAI at api.openai.com, model gpt');
    expect(facts).toContain('secrets and personal data are masked');
    expect(facts).toContain('1,234 tokens');
    expect(facts).toContain('1 IP');
    expect(facts).not.toContain('EMAIL');
    expect(facts).toContain('E7, E9');
  });

  it('says that nothing was replaced rather than nothing', () => {
    expect(payloadFacts(payload({ masked: {} }), 'en').join('\n')).toContain(
      'nothing was found to replace',
    );
  });
});
