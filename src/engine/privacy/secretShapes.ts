import { spansOf, type Finder, type Span } from './span.ts';

/**
 * Beginnings that issuers give their tokens so that they are recognised. Each is followed by at
 * least ten characters of the token. Facts are from the issuers' own documentation.
 */
const beginnings: readonly string[] = [
  // Source hosting and registries.
  'gh[pousr]_',
  'github_pat_',
  'gl(?:pat|dt|rt|cbt|ptt|ft|agent|soat|oas|imt|ffct)-',
  'GR1348941',
  'ATATT3',
  'ATCTT3',
  'ATBB',
  'npm_',
  'pypi-',
  'rubygems_',
  'dckr_(?:pat|oat)_',
  'cio[a-z]{0,3}_',
  'oy2[a-z0-9]',
  // Clouds and hosting.
  'AIza',
  'ya29\\.',
  'GOCSPX-',
  '1//0',
  'do[opr]_v1_',
  'dapi[0-9a-f]',
  'hv[sbr]\\.',
  'sbp_',
  'HRKU-',
  'fo1_',
  'fm[12][ar]?_',
  'tskey-',
  'pscale_(?:tkn|pw|oauth)_',
  'LTAI',
  'AKID',
  'nvapi-',
  'pul-',
  'v1\\.0-',
  'AGE-SECRET-KEY-1',
  'ops_ey',
  // Messages, payment, mail.
  'xox[a-z](?:\\.xox[a-z])?-',
  'xapp-',
  '(?:sk|rk|pk)_(?:live|test|prod)_',
  'whsec_',
  'SG\\.',
  'key-[0-9a-f]',
  'xkeysib-',
  'shp(?:at|ca|pa|ss)_',
  'sq0[a-z]{3}-',
  'access_token\\$production\\$',
  'EAA[A-Z]',
  // Models and tools.
  'sk-',
  'hf_',
  'api_org_',
  'gsk_',
  'xai-',
  'pplx-',
  'r8_',
  'lin_(?:api|oauth)_',
  'secret_',
  'ntn_',
  'fig[dou]_',
  'gl(?:sa|c)_',
  'dp\\.(?:pt|st|ct|sa|scim|audit)\\.',
  'PMAK-',
  'sntry[su]_',
  'NR(?:AK|II|JS|RA|AL)-',
  'dt0[a-z][0-9]{2}\\.',
  'phc_',
  'pat[A-Za-z0-9]{14}\\.',
  'CFPAT-',
  'lsv2_(?:pt|sk)_',
  'sdk-[0-9a-f]{8}-',
];

/** The longest token that is taken in one piece; the rest of a longer one looks random by itself. */
const rest = '[A-Za-z0-9_.~+/=-]';

const shapes: readonly RegExp[] = [
  new RegExp(`(?<![A-Za-z0-9])(?:${beginnings.join('|')})${rest}{10,1024}`, 'g'),
  // JSON Web Tokens, signed or encrypted: `{"` in base64 and dots.
  /(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{6,4096}\.[A-Za-z0-9_.=-]{2,8192}/g,
  // Ids of access keys of AWS.
  /(?<![A-Za-z0-9])(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA|AROA|AIDA|AGPA|ANPA|ANVA|AIPA)[A-Z0-9]{12,17}(?![A-Za-z0-9])/g,
  // Twilio: account and key.
  /(?<![A-Za-z0-9])(?:SK|AC)[0-9a-fA-F]{32}(?![A-Za-z0-9])/g,
  // Mailchimp.
  /(?<![A-Za-z0-9])[0-9a-f]{32}-us[0-9]{1,2}(?![A-Za-z0-9])/g,
  // Bots of Telegram and Discord.
  /(?<![A-Za-z0-9])[0-9]{8,10}:[A-Za-z0-9_-]{32,40}(?![A-Za-z0-9_-])/g,
  /(?<![A-Za-z0-9])[A-Za-z0-9_-]{23,28}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,42}(?![A-Za-z0-9_-])/g,
  // Addresses that let anyone who knows them post.
  /hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/([A-Za-z0-9_/-]{8,256})/gi,
  /discord(?:app)?\.com\/api\/(?:v[0-9]{1,2}\/)?webhooks\/([A-Za-z0-9_/-]{8,256})/gi,
  /(?:webhook\.office\.com|logic\.azure\.com)[^\s"'<>]{0,24}\/([A-Za-z0-9_/@%-]{8,256})/gi,
  /api\.telegram\.org\/bot([A-Za-z0-9_:-]{8,128})/gi,
  // Terraform Cloud, client secrets of Azure, tokens that join a cluster.
  /(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{20,128}/g,
  /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{28,40}/g,
  /(?<![A-Za-z0-9.])[a-z0-9]{6}\.[a-z0-9]{16}(?![A-Za-z0-9.])/g,
  // Hashes of passwords in the formats of crypt(3) and of frameworks.
  /\$(?:2[abxy]|1|5|6|7|y|apr1|argon2(?:id|i|d)|scrypt|pbkdf2[a-z0-9-]{0,12})\$[^\s:'"<>]{8,512}/g,
  /(?<![A-Za-z0-9])pbkdf2_sha[0-9]{1,3}\$[^\s:'"<>]{8,512}/g,
  /\{(?:SSHA|SHA|SMD5|MD5|CRYPT|SSHA512)\}[A-Za-z0-9+/=$.]{8,256}/g,
  // Keys of SSH, public ones too: they name their owner.
  /(?<![A-Za-z0-9])AAAA[BCE][23]Nz[A-Za-z0-9+/]{20,4096}={0,2}/g,
];

/** Joins a cluster only with a digit and a letter on both sides; `foobar.somethingelsenow` does not. */
function isWordy(value: string): boolean {
  return /^[a-z0-9]{6}\.[a-z0-9]{16}$/.test(value) && !/[0-9].*\..*[0-9]/.test(value);
}

/** Names, not tokens: `sk-learn-contrib-something`, `npm_lifecycle_event`, `key-deserializer`. */
function isName(value: string): boolean {
  return (
    /^[A-Za-z]{1,24}(?:[-_./][A-Za-z]{0,24}){0,12}$/.test(value) &&
    !/[a-z][A-Z].*[a-z][A-Z]/.test(value)
  );
}

/** Tokens that are known by their shape alone. */
export const secretShapes: Finder = (text) => {
  const spans: Span[] = [];
  for (const shape of shapes) {
    for (const span of spansOf(text, shape, 'TOKEN')) {
      const value = text.slice(span.start, span.end);
      if (isName(value) || isWordy(value) || /^[0-9:-]{16,}[0-9a-f:-]*$/.test(value)) continue;
      spans.push(trimmed(text, span));
    }
  }
  return spans;
};

/** Without the full stop or the slashes of the sentence or path that it stands in. */
function trimmed(text: string, span: Span): Span {
  let { end } = span;
  while (end > span.start && './'.includes(text.charAt(end - 1))) end -= 1;
  return { ...span, end };
}
