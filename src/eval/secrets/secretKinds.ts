import type { Random } from '../../engine/base/random.ts';
import { between, pick } from '../faults/values.ts';
import {
  alphanumeric,
  base64,
  base64url,
  digits,
  drawn,
  drawnUuid,
  hex,
  inventedWord,
  lower,
  upper,
} from './drawn.ts';

/** A secret, and the part of it that nobody can guess. */
export interface DrawnSecret {
  readonly value: string;
  readonly core: string;
}

export interface SecretKind {
  readonly name: string;
  /** Names that programs give the value; where there are none, the value stands by itself. */
  readonly keys: readonly string[];
  /** A secret by its own looks: it may stand anywhere, without a key. */
  readonly standsAlone: boolean;
  readonly draw: (random: Random) => DrawnSecret;
}

/** A fixed beginning and random characters. */
function prefixed(
  prefix: string,
  alphabet: string,
  least: number,
  most = least,
): (random: Random) => DrawnSecret {
  return (random) => {
    const core = drawn(random, alphabet, least, most);
    return { value: prefix + core, core };
  };
}

function whole(draw: (random: Random) => string): (random: Random) => DrawnSecret {
  return (random) => {
    const value = draw(random);
    return { value, core: value };
  };
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function jwt(random: Random): DrawnSecret {
  const head = encoded({ alg: pick(random, ['HS256', 'RS256', 'ES384']), typ: 'JWT' });
  const body = encoded({
    sub: String(between(random, 1, 99_999)),
    name: inventedWord(random),
    exp: between(random, 1_600_000_000, 1_900_000_000),
  });
  const signature = drawn(random, base64url, 43, 86);
  return { value: `${head}.${body}.${signature}`, core: `${body}.${signature}` };
}

const passwordKeys = [
  'password',
  'Password',
  'db_password',
  'DB_PASSWORD',
  'userPassword',
  'passwd',
  'pwd',
  'spring.datasource.password',
  'keystorePassword',
  'ssl.key.password',
  'smtp_pass',
  'PGPASSWORD',
  'adminPassword',
  'new_password',
  'passphrase',
  'ssh-passphrase',
  'MYSQL_ROOT_PASSWORD',
  'rootPasswd',
];
const keyKeys = [
  'api_key',
  'apiKey',
  'API_KEY',
  'x-api-key',
  'apikey',
  'access_key',
  'secretKey',
  'encryption_key',
  'signing-key',
  'STORAGE_ACCOUNT_KEY',
  'license_key',
  'appKey',
  'private_key',
  'masterKey',
];
const tokenKeys = [
  'token',
  'access_token',
  'refreshToken',
  'authToken',
  'AUTH_TOKEN',
  'id_token',
  'bearer_token',
  'x-auth-token',
  'csrf_token',
  'vault.token',
  'oauthToken',
  '_authToken',
];
const secretKeys = [
  'secret',
  'client_secret',
  'clientSecret',
  'CLIENT_SECRET',
  'SECRET_KEY_BASE',
  'jwt.secret',
  'webhook_secret',
  'app-secret',
  'consumerSecret',
  'credentials',
];
const sessionKeys = [
  'session_id',
  'sessionId',
  'JSESSIONID',
  'PHPSESSID',
  'sid',
  'session-key',
  'connect.sid',
];

const alone = (
  name: string,
  keys: readonly string[],
  draw: (random: Random) => DrawnSecret,
): SecretKind => ({ name, keys, standsAlone: true, draw });
const keyed = (
  name: string,
  keys: readonly string[],
  draw: (random: Random) => DrawnSecret,
): SecretKind => ({ name, keys, standsAlone: false, draw });

/** Shapes as issuers document them, and what people make up. */
export const secretKinds: readonly SecretKind[] = [
  alone('JWT', tokenKeys, jwt),
  alone('AWS access key id', ['aws_access_key_id', 'AWSAccessKeyId'], (random) =>
    prefixed(pick(random, ['AKIA', 'ASIA']), `${upper}234567`, 16)(random),
  ),
  alone(
    'AWS secret access key',
    ['aws_secret_access_key', 'AWS_SECRET_ACCESS_KEY', 'SecretAccessKey'],
    whole((random) => drawn(random, base64, 40)),
  ),
  alone(
    'AWS session token',
    ['aws_session_token', 'x-amz-security-token', 'SessionToken'],
    (random) => prefixed('FwoGZXIvYXdzE', base64, 200, 300)(random),
  ),
  alone(
    'Google API key',
    ['key', 'google_api_key', 'GOOGLE_MAPS_KEY'],
    prefixed('AIza', base64url, 35),
  ),
  alone('Google OAuth token', tokenKeys, prefixed('ya29.', base64url, 60, 140)),
  alone('Google client secret', secretKeys, prefixed('GOCSPX-', base64url, 28)),
  alone('Azure storage key', ['AccountKey', 'storage_key', 'AZURE_STORAGE_KEY'], (random) => {
    const core = drawn(random, base64, 86);
    return { value: `${core}==`, core };
  }),
  alone('Azure client secret', secretKeys, (random) => {
    const core = drawn(random, base64url, 34);
    return { value: `${drawn(random, alphanumeric, 3)}8Q~${core}`, core };
  }),
  alone('GitHub token', tokenKeys, (random) =>
    prefixed(pick(random, ['ghp_', 'gho_', 'ghs_', 'ghu_', 'ghr_']), alphanumeric, 36)(random),
  ),
  alone('GitHub fine-grained token', tokenKeys, prefixed('github_pat_', `${alphanumeric}_`, 82)),
  alone('GitLab token', ['private_token', 'PRIVATE-TOKEN', 'gitlab_token'], (random) =>
    prefixed(pick(random, ['glpat-', 'gldt-', 'glrt-']), base64url, 20)(random),
  ),
  alone('Slack token', ['slack_token', 'SLACK_BOT_TOKEN', 'token'], (random) => {
    const core = drawn(random, alphanumeric, 24);
    const numbers = `${drawn(random, digits, 12)}-${drawn(random, digits, 13)}`;
    return { value: `${pick(random, ['xoxb-', 'xoxp-', 'xoxa-2-'])}${numbers}-${core}`, core };
  }),
  alone('Stripe key', ['stripe_key', 'STRIPE_SECRET_KEY', 'apiKey'], (random) =>
    prefixed(pick(random, ['sk_live_', 'sk_test_', 'rk_live_']), alphanumeric, 24, 99)(random),
  ),
  alone('Stripe webhook secret', secretKeys, prefixed('whsec_', alphanumeric, 32)),
  alone('Twilio key', ['twilio_key', 'TWILIO_API_KEY'], prefixed('SK', hex, 32)),
  keyed(
    'Twilio auth token',
    ['twilio_auth_token', 'authToken', 'TWILIO_AUTH_TOKEN'],
    whole((random) => drawn(random, hex, 32)),
  ),
  alone('SendGrid key', ['sendgrid_api_key', 'SENDGRID_API_KEY'], (random) => {
    const core = `${drawn(random, base64url, 22)}.${drawn(random, base64url, 43)}`;
    return { value: `SG.${core}`, core };
  }),
  alone('Mailgun key', keyKeys, prefixed('key-', hex, 32)),
  alone('Mailchimp key', keyKeys, (random) => {
    const core = drawn(random, hex, 32);
    return { value: `${core}-us${between(random, 1, 21)}`, core };
  }),
  alone('npm token', ['_authToken', 'NPM_TOKEN'], prefixed('npm_', alphanumeric, 36)),
  alone(
    'PyPI token',
    ['pypi_token', 'TWINE_PASSWORD'],
    prefixed('pypi-AgEIcHlwaS5vcmc', base64url, 90, 160),
  ),
  alone('OpenAI key', ['OPENAI_API_KEY', 'openai_key', 'api_key'], (random) =>
    prefixed(pick(random, ['sk-', 'sk-proj-', 'sk-svcacct-']), alphanumeric, 40, 100)(random),
  ),
  alone(
    'Anthropic key',
    ['ANTHROPIC_API_KEY', 'x-api-key'],
    prefixed('sk-ant-api03-', base64url, 93),
  ),
  alone(
    'Hugging Face token',
    ['HF_TOKEN', 'hf_token', 'HUGGING_FACE_HUB_TOKEN'],
    prefixed('hf_', lower + upper, 34),
  ),
  alone('Telegram bot token', ['bot_token', 'TELEGRAM_TOKEN'], (random) => {
    const core = drawn(random, base64url, 35);
    return { value: `${drawn(random, '123456789', 9, 10)}:${core}`, core };
  }),
  alone('Discord bot token', ['DISCORD_TOKEN', 'bot_token'], (random) => {
    const core = `${drawn(random, base64url, 6)}.${drawn(random, base64url, 27, 38)}`;
    return { value: `M${drawn(random, alphanumeric, 23)}.${core}`, core };
  }),
  alone('Shopify token', ['X-Shopify-Access-Token', 'shopify_token'], (random) =>
    prefixed(pick(random, ['shpat_', 'shpss_', 'shpca_']), hex, 32)(random),
  ),
  alone('DigitalOcean token', tokenKeys, prefixed('dop_v1_', hex, 64)),
  alone('Databricks token', tokenKeys, prefixed('dapi', hex, 32)),
  alone('Vault token', ['VAULT_TOKEN', 'X-Vault-Token'], prefixed('hvs.', base64url, 90)),
  alone('Docker Hub token', tokenKeys, prefixed('dckr_pat_', base64url, 27)),
  alone(
    'Atlassian token',
    ['api_token', 'JIRA_TOKEN'],
    prefixed('ATATT3xFfGF0', base64url, 120, 180),
  ),
  alone('Grafana token', tokenKeys, prefixed('glsa_', alphanumeric, 32)),
  alone('Sentry token', tokenKeys, prefixed('sntrys_', base64, 60, 100)),
  alone('Groq key', keyKeys, prefixed('gsk_', alphanumeric, 52)),
  alone('age key', ['age_key'], prefixed('AGE-SECRET-KEY-1', upper + digits, 58)),
  alone('hash of a password', ['password_hash', 'hash'], (random) => {
    const core = drawn(random, `${alphanumeric}./`, 53);
    return { value: `$2b$12$${core}`, core };
  }),
  alone(
    'random base64',
    secretKeys,
    whole((random) => drawn(random, base64, 32, 88)),
  ),
  alone(
    'random letters and digits',
    keyKeys,
    whole((random) => drawn(random, alphanumeric, 28, 64)),
  ),
  keyed(
    'hexadecimal key',
    keyKeys,
    whole((random) => drawn(random, hex, pick(random, [20, 32, 40, 48, 64]))),
  ),
  keyed(
    'UUID as a key',
    ['api_key', 'HEROKU_API_KEY', 'client_secret', 'authToken'],
    whole(drawnUuid),
  ),
  keyed(
    'session',
    sessionKeys,
    whole((random) => drawn(random, pick(random, [hex, upper + digits, alphanumeric]), 16, 40)),
  ),
  keyed(
    'password of random characters',
    passwordKeys,
    whole((random) => drawn(random, `${alphanumeric}!@#$%^*_+-.~?`, 8, 20)),
  ),
  keyed(
    'password of a word and a number',
    passwordKeys,
    whole((random) => `${inventedWord(random)}${between(random, 1, 9999)}`),
  ),
  keyed(
    'password of letters',
    passwordKeys,
    whole((random) => inventedWord(random, 4, 5)),
  ),
  keyed(
    'short password',
    passwordKeys,
    whole((random) => drawn(random, alphanumeric, 5, 7)),
  ),
  keyed(
    'one-time code',
    ['otp', 'pin', 'totp', 'mfa_code'],
    whole((random) => drawn(random, digits, 6)),
  ),
  keyed(
    'secret of letters',
    secretKeys,
    whole((random) => inventedWord(random, 5, 6)),
  ),
];
