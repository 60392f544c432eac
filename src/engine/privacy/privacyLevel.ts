/**
 * How much of a log may leave the machine. `secrets`: everything but secrets, which are masked at
 * every level. `personal`: secrets and personal data are masked. `templates`: patterns and numbers
 * only, no raw text of a log.
 */
export const privacyLevels = ['secrets', 'personal', 'templates'] as const;

export type PrivacyLevel = (typeof privacyLevels)[number];
