import { isCommonWord } from './commonWords.ts';
import { secretKey } from './secretKeys.ts';
import type { Finder, Span } from './span.ts';

/**
 * Passwords where a tool or a protocol expects them, without a name. The secret is the last group;
 * what stands in front of it says what it is.
 */
const places: readonly RegExp[] = [
  // ldapsearch -w, sqlcmd -P, expect -p; openssl -passin pass:…
  /\b(?:ldap[a-z]{3,10}|isql|tsql|bcp|mongosh?)\b[^\n]{0,200}?\s-w[ ]?["']?([^\s"'-][^\s"']{0,255})/g,
  /\b(?:sqlcmd|osql|bcp|isql)\b[^\n]{0,200}?\s-P[ ]?["']?([^\s"'-][^\s"']{0,255})/g,
  /-pass(?:in|out)?[ =](?:pass:)([^\s"']{1,255})/g,
  // echo … | docker login --password-stdin, sudo -S, chpasswd
  /\b(?:echo|printf)\s{1,3}(?:-n\s{1,3})?["']?([^\s"'|]{1,255})["']?\s{0,3}\|[^|\n]{0,120}?(?:--password-stdin|sudo\s{1,3}-S|--stdin|chpasswd|passwd|--passphrase-fd|cryptsetup)/g,
  /\bhtpasswd\s{1,3}-[a-zA-Z]{0,6}b[a-zA-Z]{0,6}\s{1,3}\S{1,200}\s{1,3}\S{1,64}\s{1,3}(\S{1,255})/g,
  /\bnet\s{1,3}user\s{1,3}\S{1,64}\s{1,3}(?!\/)(\S{1,255})/gi,
  /\b(?:smbclient|rpcclient|net|mount\.cifs|wmic|winexe|curlftpfs)\b[^\n]{0,200}?\s(?:-U|--user=?)\s{0,3}[^\s%]{1,64}%(\S{1,255})/g,
  /\bSecureString\s{1,3}(?:-String\s{1,3})?["']([^"'\n]{1,255})/gi,
  // IMAP, FTP and POP3, Redis
  /\b[A-Za-z]{0,3}[0-9]{1,5} LOGIN \S{1,128} (\S{1,255})/g,
  /\bUSER \S{1,128}[^\n]{0,80}\n[^\n]{0,120}?\bPASS (\S{1,255})/g,
  /\bPASS (?=[^\s/]{0,64}[0-9!#$%^&*])([^\s/]{4,255})\s{0,2}(?=\n|$)/g,
  /["'](?:AUTH|auth)["'](?:,?\s{1,3}["'][^"'\s]{1,64}["'])?,?\s{1,3}["']([^"'\n]{1,255})/g,
  /(?:>|:|\bredis)\s{0,3}AUTH (?!PLAIN|LOGIN|CRAM|DIGEST|XOAUTH|NTLM|GSSAPI|TLS)(\S{1,255})\s{0,2}(?=\n|$)/g,
  /\bAUTH(?:ENTICATE)? (?:PLAIN|LOGIN|XOAUTH2|OAUTHBEARER|CRAM-MD5) ([A-Za-z0-9+/=]{8,4096})/g,
  // Three strings to a function that connects: where, who and the password.
  /(?:PDO->__construct|mysqli(?:->__construct|->real_connect)?|mysqli?_p?connect|getConnection|ldap_bind|imap_open|oci_(?:p|new_)?connect|odbc_connect|ssh2_auth_password|ftp_login)\(\s{0,4}[^\n'"]{0,80}["'][^"'\n]{0,400}["'],\s{0,4}["'][^"'\n]{0,128}["'],\s{0,4}["']([^"'\n]{1,255})/g,
  /(?:\b(?:login|log_?in|sign_?in|authenticate|basic_?auth|HTTPBasicAuth|UsernamePasswordCredentials|PasswordAuthentication|ftp_login|ssh2_auth_password|ldap_bind))\([^\n'"]{0,80}["'][^"'\n]{1,128}["'],\s{0,4}["']([^"'\n]{1,255})["']\)/gi,
  // A prompt, and what was typed into it on the next line.
  /\b(?:pass ?word|passphrase|passcode|PIN|token)[^\n:]{0,40}:[ \t]{0,4}\r?\n([^\s:]{3,255})[ \t]{0,4}(?=\r?\n|$)/gi,
];

/** Name and value as two strings: `setProperty("password", "…")`, also in a part of a form. */
const strings =
  /["']([A-Za-z_][A-Za-z0-9_.-]{1,63})["'](?:\s{0,3},\s{0,3}["']([^"'\n]{1,4096})|\r?\n\r?\n([^\r\n]{1,4096}))/g;
/** Name and value as two cells of a table. */
const cells =
  /(?:^|[|\t])[ ]{0,40}([A-Za-z_][A-Za-z0-9_. -]{1,40}?)[ ]{0,40}[|\t][ ]{0,40}([^|\t\n]{1,512}?)[ ]{0,40}(?=[|\t\n\r]|$)/gm;
/** A line of a file of settings: `bindpw hunter2`. */
const settings =
  /^[ \t]{0,16}([A-Za-z_][A-Za-z0-9_.-]{1,40})[ \t]{1,16}["']?([^\s"'|]{1,512})["']?[ \t\r]{0,4}$/gm;

/** Secrets of commands, of protocols, of calls and of tables. */
export const commandSecrets: Finder = (text) => {
  const spans: Span[] = [];
  for (const place of places) {
    for (const match of text.matchAll(place)) {
      const value = match[1] ?? '';
      const start = match.index + match[0].lastIndexOf(value);
      if (value === '' || (/^[A-Za-z]+$/.test(value) && isCommonWord(value))) continue;
      spans.push({ start, end: start + value.length, kind: 'PASSWORD' });
    }
  }
  for (const pattern of [strings, cells, settings]) {
    for (const match of text.matchAll(pattern)) {
      const said = secretKey(match[1] ?? '');
      const value = match[2] ?? match[3] ?? '';
      if (said?.trust !== 'sure' || value.trim() === '') continue;
      if (/^[A-Za-z ]+$/.test(value) && value.split(' ').every(isCommonWord)) continue;
      const start = match.index + match[0].lastIndexOf(value);
      spans.push({ start, end: start + value.length, kind: said.kind });
    }
  }
  return spans;
};
