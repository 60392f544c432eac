import type { Random } from '../../engine/base/random.ts';
import { between } from '../faults/values.ts';
import type { Manner } from './carriers.ts';
import { base64url, drawn, hex, inventedWord } from './drawn.ts';

const at = (random: Random): string =>
  `2026-05-0${between(random, 1, 9)} 11:${between(random, 10, 59)}:07 `;
const code = (text: string): string => Buffer.from(text).toString('base64');
const user = (random: Random): string => inventedWord(random);

/**
 * Secrets as particular tools, protocols and languages write them, none of which the other manners
 * are made of. They were written after the finders, and show how those do on what they do not know.
 */
export const toolManners: readonly Manner[] = [
  [
    'secret of a cluster',
    (_, __, value) => `apiVersion: v1\nkind: Secret\ndata:\n  password: ${code(value)}\n`,
  ],
  [
    'list of variables',
    (_, __, value) => `environment:\n  - TZ=UTC\n  - POSTGRES_PASSWORD=${value}\nports: []`,
  ],
  [
    'generated password',
    (random, _, value) => `${at(random)}INFO Using generated security password: ${value}`,
  ],
  [
    'bind of LDAP',
    (random, _, value) => `${at(random)}ldapsearch -x -D cn=admin -w ${value} -b dc=corp`,
  ],
  ['settings of LDAP', (_, __, value) => `binddn cn=admin,dc=corp\nbindpw ${value}\nssl start_tls`],
  [
    'FTP',
    (random, _, value) =>
      `${at(random)}[17] USER ${user(random)}\n${at(random)}[17] PASS ${value}\n`,
  ],
  ['IMAP', (random, _, value) => `${at(random)}C: a001 LOGIN ${user(random)} ${value}`],
  ['SMTP', (random, _, value) => `${at(random)}C: AUTH PLAIN ${code(`\u0000svc\u0000${value}`)}`],
  [
    'Redis',
    (random, _, value) =>
      `1339518083.107412 [0 127.0.0.1:60866] "AUTH" "${value}" ${between(random, 1, 9)}`,
  ],
  ['Redis, plain', (random, _, value) => `${at(random)}> AUTH ${value}`],
  [
    'SOAP',
    (random, _, value) =>
      `${at(random)}<wsse:UsernameToken><wsse:Password Type="#PasswordText">${value}</wsse:Password></wsse:UsernameToken>`,
  ],
  [
    'Rust',
    (random, _, value) =>
      `${at(random)}Config { host: "db", password: Some("${value}"), port: 5432 }`,
  ],
  [
    'Java Optional',
    (random, _, value) => `${at(random)}Settings[user=Optional[svc], password=Optional[${value}]]`,
  ],
  ['Kotlin', (random, _, value) => `${at(random)}Credentials(username=svc, password=${value})`],
  [
    'PHP',
    (random, _, value) =>
      `${at(random)}#0 /srv/app.php(12): PDO->__construct('mysql:host=db', 'svc', '${value}')`,
  ],
  [
    'call in Python',
    (random, _, value) =>
      `${at(random)}  conn = connect(host="db", user="svc", password="${value}")`,
  ],
  ['call in Java', (random, _, value) => `${at(random)}props.setProperty("password", "${value}");`],
  [
    'PowerShell',
    (random, _, value) => `${at(random)}$p = ConvertTo-SecureString "${value}" -AsPlainText -Force`,
  ],
  ['sudo', (random, _, value) => `${at(random)}+ echo '${value}' | sudo -S apt-get update`],
  [
    'docker login',
    (random, _, value) => `${at(random)}+ docker login -u svc -p ${value} registry.local`,
  ],
  [
    'password over standard input',
    (random, _, value) => `${at(random)}+ echo ${value} | docker login -u svc --password-stdin`,
  ],
  [
    'openssl',
    (random, _, value) => `${at(random)}+ openssl rsa -in a.pem -passin pass:${value} -out b.pem`,
  ],
  [
    'keytool',
    (random, _, value) => `${at(random)}+ keytool -list -keystore a.jks -storepass ${value}`,
  ],
  ['htpasswd', (random, _, value) => `${at(random)}+ htpasswd -bc /etc/users svc ${value}`],
  ['net user', (random, _, value) => `${at(random)}+ net user ${user(random)} ${value} /add`],
  ['smbclient', (random, _, value) => `${at(random)}+ smbclient //srv/share -U svc%${value}`],
  [
    'helm',
    (random, _, value) => `${at(random)}+ helm upgrade app . --set db.password=${value},db.host=db`,
  ],
  [
    'terraform',
    (random, _, value) =>
      `${at(random)}+ terraform apply -var="db_password=${value}" -auto-approve`,
  ],
  [
    'extra variables',
    (random, _, value) =>
      `${at(random)}+ ansible-playbook a.yml --extra-vars '{"become_pass":"${value}"}'`,
  ],
  [
    'variable before a command',
    (random, _, value) => `${at(random)}+ RSYNC_PASSWORD=${value} rsync -a a b`,
  ],
  ['wireless network', (_, __, value) => `network={\n  ssid="office"\n  psk="${value}"\n}`],
  ['TOML', (_, __, value) => `[database]\nuser = "svc"\npassword = "${value}"\n`],
  [
    'INI of AWS',
    (random) =>
      `[default]\naws_access_key_id = AKIAQ7WZK3M2TB5XHLNE\naws_secret_access_key = ${drawn(random, base64url, 40)}`,
  ],
  [
    'Perl',
    (random, _, value) => `${at(random)}$VAR1 = { 'user' => 'svc', 'passwd' => '${value}' };`,
  ],
  [
    'JavaScript',
    (random, _, value) => `${at(random)}{ user: 'svc', password: '${value}', ssl: false }`,
  ],
  [
    'C structure',
    (random, _, value) => `${at(random)}opts = {.user = "svc", .password = "${value}"}`,
  ],
  [
    'GraphQL',
    (random, _, value) => `${at(random)}variables={"input":{"login":"svc","password":"${value}"}}`,
  ],
  [
    'multipart form',
    (random, _, value) =>
      `--x${drawn(random, hex, 12)}\r\nContent-Disposition: form-data; name="password"\r\n\r\n${value}\r\n`,
  ],
  [
    'several lines',
    (random, _, value) => `${at(random)}Enter password:\n${value}\nLogin incorrect`,
  ],
  ['table', (_, __, value) => `| user | svc |\n| password | ${value} |\n| port | 5432 |`],
  [
    'sentence',
    (random, _, value) => `${at(random)}Your temporary password is ${value}. Change it soon.`,
  ],
  [
    'changed from',
    (random, _, value) => `${at(random)}audit: password changed to "${value}" by admin`,
  ],
  ['typed twice', (random, _, value) => `${at(random)}user=${value} password=${value}`],
  ['UTF-16 dump', (random, _, value) => `${at(random)}P\u0000assword=${value}`],
  ['tab', (random, _, value) => `${at(random)}Password:\t${value}`],
  ['upper case', (random, _, value) => `${at(random)}PASSWORD = ${value}`],
  [
    'arrow of Ruby',
    (random, _, value) => `${at(random)}{"password"=>"${value}", "commit"=>"Log in"}`,
  ],
  ['German', (random, _, value) => `${at(random)}Kennwort: ${value}`],
  ['French', (random, _, value) => `${at(random)}mot de passe : ${value}`],
  ['Spanish', (random, _, value) => `${at(random)}contraseña=${value}`],
  ['Russian', (random, _, value) => `${at(random)}пароль: ${value}`],
  ['Chinese', (random, _, value) => `${at(random)}密码：${value}`],
  ['full width', (random, _, value) => `${at(random)}ｐａｓｓｗｏｒｄ＝${value}`],
  [
    'pasted URL',
    (random, _, value) =>
      `${at(random)}sftp://${user(random)}:${encodeURIComponent(value)}@files.corp.example:22/in`,
  ],
  [
    'presigned',
    (random) =>
      `${at(random)}GET https://s3.example.com/b/k?X-Amz-Expires=900&X-Amz-Signature=${drawn(random, hex, 64)}`,
  ],
  [
    'shared access',
    (random) =>
      `${at(random)}https://acc.blob.core.windows.net/c?sv=2024-08-04&sp=r&sig=${encodeURIComponent(`${drawn(random, base64url, 43)}=`)}`,
  ],
  [
    'digest',
    (random, _, value) =>
      `${at(random)}Authorization: Digest username="svc", realm="r", response="${Buffer.from(value).toString('hex')}"`,
  ],
];

/** What of these is secret, where the tool makes it up itself. */
export function secretOf(text: string, value: string): string {
  const own =
    /aws_secret_access_key = (\S+)|X-Amz-Signature=(\w+)|sig=([\w-]+)|response="(\w+)"/.exec(text);
  return own?.slice(1).find((part: string | undefined) => part !== undefined) ?? value;
}
