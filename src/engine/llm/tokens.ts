/**
 * Characters per token, on the careful side: tokenisers take 3 to 4 characters of log text and about
 * 4.5 of English words for one token. A real tokeniser differs from model to model.
 */
const charsPerToken = 3;

/** Tokens that each message costs beside its text: role and delimiters. */
const tokensPerMessage = 6;

/** About how many tokens a text is, rather too many than too few. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / charsPerToken);
}

/** About how many tokens a conversation is, rather too many than too few. */
export function estimateMessages(messages: readonly { readonly content: string }[]): number {
  return messages.reduce((sum, { content }) => sum + tokensPerMessage + estimateTokens(content), 0);
}
