import type { Kind } from './kinds.ts';

/**
 * What a key says of its value. `sure`: a secret whatever it looks like. `likely`: a secret unless it
 * is a common word or a count. `random`: a secret when it looks random.
 */
export interface SecretKey {
  readonly kind: Kind;
  readonly trust: 'sure' | 'likely' | 'random';
}

/** A word of a key: `dbPassword`, `DB_PASSWORD` and `db-password` have the same two. */
const words = /[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[A-Z]|[^\x00-\x7f]+/g;

/** These say secret wherever they stand in a key, joined to others as well: `dbpassword`. */
const sure: readonly (readonly [Kind, RegExp])[] = [
  [
    'PASSWORD',
    /passw(?:or|r)?d|passwd|passwort|pwd|passphrase|passcode|pass_?key|userpass|dbpass|sshpass|pgpass|mot_?de_?passe|contrase|kennwort|senha|lösenord|wachtwoord|salasana|hasło|heslo|пароль|密码|密碼|口令|パスワード|비밀번호|(?:bind|root|user|db|admin|login)_?pw$|^psk$|_psk$|(?:key|store|trust|bind|become|user|sudo|admin|root|login|auth|smtp|mail|db|pg)_?pass$/,
  ],
  [
    'KEY',
    /(?:api|access|auth|authentication|account|app|application|private|priv|secret|shared|signing|sign|encryption|encrypt|encr|crypto|cipher|decryption|master|root|storage|service|license|licence|activation|subscription|deploy|consumer|client|ssh|gpg|pgp|hmac|host|session|data|wallet|rsa|aes|webhook|integration|write|read|ingest|publish|publishable|admin|functions?)_?(?:access_?)?key(?:_?id)?s?$/,
  ],
  [
    'SECRET',
    /secret|credential|^creds?$|_creds?$|mnemonic|seed_?phrase|connection_?string|conn_?str/,
  ],
  [
    'TOKEN',
    /(?:auth|access|refresh|id|bearer|api|csrf|xsrf|session|security|secret|private|personal|deploy|device|login|bot|user|jwt|oauth|sas|reset|verification|registration|invite|push|runner|job|ci|npm|github|gitlab|slack|vault|web|continuation|upload|client|service|account|identity|request_verification)_?token$/,
  ],
  [
    'TOKEN',
    /^_?auth$|auth_?token|^jwt$|_jwt$|^otp$|_otp$|(?:^|_)totp|mfa_?code$|^cvv2?$|^cvc2?$|^pin$|_pin$|pin_?code$/,
  ],
  [
    'SESSION',
    /session_?(?:id|key|cookie)|^sess_?id$|^j?sess(?:ion)?_?id$|phpsessid|(?:^|_)sid$|^asp_?net_?session/,
  ],
];

const likely: readonly (readonly [Kind, RegExp])[] = [
  [
    'TOKEN',
    /^tokens?$|_tokens?$|token_?(?:id|value|string|secret)$|^csrf|^xsrf|_csrf|_xsrf|^bearer$|^nonce$/,
  ],
  ['PASSWORD', /_pass$|^pw$|_pw$|^passw$|^passes$/],
  [
    'SECRET',
    /^salt$|_salt$|^hmac$|_hmac$|verification_?code|auth_?code|authorization_?code|invite_?code|recovery_?code|one_?time_?code|security_?code|security_?answer|webhook(?:_?url)?$/,
  ],
];

const random: readonly (readonly [Kind, RegExp])[] = [
  [
    'KEY',
    /^(?:key|keys|sig|signature|auth|code|hash|state|apikey|sas|assertion|ticket|digest_?response|x_?amz_?signature|x_?goog_?signature|x_?amz_?credential|session|cookie|pass|p|pat|dsn)$|_(?:key|sig|signature|auth|hash|ticket|session|code)$/,
  ],
];

/** The last word makes these no secrets: the age of a password, the file that holds it. */
const aboutSecrets: ReadonlySet<string> = new Set(
  `age algorithm alg attempts bits bucket budget bytes changed changes class column cost count counts
  created deleted disabled duration enabled endpoint env error errors exists expiration expired expires
  expiry factory field file filename filter folder format generator handler header hint index interval
  issuer keyring label latency length len level lifetime limit limits location lookup management manager max min
  missing mode name names namespace ok path paths per policy prefix present prompt provider rate refreshed
  ref reference region remaining required reset resolver result rotated rotation scheme scope service size
  source state status store strategy strength support supported table template time timeout total ttl type
  types updated uri usage used validation validator validity vault verified version volume window word
  words`.split(/\s+/),
);

/** What the name of a key says of its value; null where it says nothing. */
export function secretKey(name: string): SecretKey | null {
  // The result of a test.
  if (name === 'PASS') return null;
  const parts = (name.match(words) ?? []).map((word) => word.toLowerCase());
  const last = parts.at(-1);
  if (last === undefined || (parts.length > 1 && aboutSecrets.has(last))) return null;
  const key = parts.join('_');
  for (const [trust, list] of [
    ['sure', sure],
    ['likely', likely],
    ['random', random],
  ] as const) {
    for (const [kind, pattern] of list) if (pattern.test(key)) return { kind, trust };
  }
  return null;
}
