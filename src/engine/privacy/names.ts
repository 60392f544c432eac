import { spansOf, type Finder, type Span } from './span.ts';

/** Home folders: the name of their owner. */
const home =
  /(?:\/(?:home|Users|usr\/home|export\/home|var\/home)\/|[A-Za-z]:[\\/]{1,4}(?:Users|Documents and Settings)[\\/]{1,4})([^\s\\/:*?"'<>|,;()[\]{}]{1,64})/g;
/** Folders beside home folders that are nobody's. */
const nobodysHome =
  /^(?:public|default|default user|all users|shared|runner|runneradmin|travis|circleci|ubuntu|vagrant|node|app|jenkins|ec2-user|\*|\.+)$/i;

/** Keys whose value is a person. */
const userKey =
  /(?<![A-Za-z0-9])((?:user|usr|login|log_?in|account|owner|author|actor|principal|subject|customer|client|member|employee|patient|student|recipient|sender|assignee|reporter|caller|sam_?account|remote|proxy|auth|target|acting|db|os|effective|real|ruser|euser|subject_?user|first|last|sur|given|family|full|middle|maiden|nick|display|screen|contact|card_?holder|cardholder)?[_. -]?(?:user|usr|login|logname|username|user_?name|login_?name|account_?name|name|owner|author|actor|principal|ruser|nickname|surname|user_?id|uid|upn))["'`\\\]]{0,3}[ \t]{0,3}(?:=>|[:=])[ \t]{0,3}[\\]{0,2}(["'`]?)([^\s"'`,;&|<>()[\]{}\\=]{1,128})(?![A-Za-z0-9_=])/gi;
/** These alone are a person's; `name` alone is anybody's and anything's. */
const surely =
  /user|usr|login|logname|owner|author|actor|principal|surname|nickname|first|last.?name|given|family|full.?name|middle|maiden|display.?name|screen.?name|contact|card.?holder|upn/i;
/** Users that are roles of a machine, and words that stand there instead of a name. */
const nobody =
  /^(?:root|admin|administrator|system|daemon|nobody|www-data|www|apache|nginx|postgres|mysql|redis|kafka|hdfs|yarn|mapred|hadoop|hive|spark|guest|anonymous|anon|unknown|none|null|nil|undefined|true|false|default|public|service|app|git|ubuntu|centos|test|user|sa|0|-|-1|\?|n\/a|local|localhost|elasticsearch|zookeeper|rabbitmq|mongodb|jenkins|bin|sync|mail|ftp|sshd|ntp|dbus|messagebus|polkitd|systemd[\w-]*|not|is|has|was|does|for|with|and|the|a|of|in|to|from|invalid|[0-9]{1,4}|%[sd]|\*+|<.*)$/i;

/** `for user alice`, `Accepted password for alice from`, `session opened for user alice`. */
const spoken =
  /\b(?:(?:for|by|of|as|from|invalid|illegal|unknown|no such|new|remote) user|user name|username|login for|logged in as|Accepted (?:password|publickey|keyboard-interactive\/pam) for|Failed (?:password|publickey|none) for(?: invalid user)?|su: \(to|USER=|session (?:opened|closed) for user)[ \t]{1,3}["'`]?([A-Za-z_][A-Za-z0-9_.@\\$-]{0,63})/g;

/** Parameters of a query that tell of a person: `?email=`, `&first_name=`, `&lat=`. */
const query =
  /[?&](?:email|e-?mail|mail|phone|mobile|tel|name|first_?name|last_?name|surname|full_?name|user(?:name)?|login|address|street|city|zip|postal_?code|postcode|birth(?:day|date)?|dob|ssn|lat|lon|lng|latitude|longitude|q|query|search|customer|patient)=([^&\s"'<>#]{1,512})/gi;

/** Users: in home folders, behind keys, in sentences, in addresses. */
export const names: Finder = (text) => {
  const spans: Span[] = [];
  for (const span of spansOf(text, home, 'USER')) {
    if (!nobodysHome.test(text.slice(span.start, span.end))) spans.push(span);
  }
  for (const match of text.matchAll(userKey)) {
    const key = match[1] ?? '';
    const value = (match[3] ?? '').replace(/[.:!?]+$/, '');
    if (!surely.test(key) || !isName(value)) continue;
    const start = match.index + match[0].length - (match[3] ?? '').length;
    const quote = match[2] ?? '';
    const closed = quote === '' ? -1 : text.slice(start, start + 128).indexOf(quote);
    spans.push({ start, end: closed > 0 ? start + closed : start + value.length, kind: 'USER' });
  }
  for (const match of text.matchAll(spoken)) {
    const value = (match[1] ?? '').replace(/[.]+$/, '');
    if (!isName(value)) continue;
    const start = match.index + match[0].length - (match[1] ?? '').length;
    spans.push({ start, end: start + value.length, kind: 'USER' });
  }
  spans.push(...spansOf(text, query, 'PERSON'));
  return spans;
};

function isName(value: string): boolean {
  return value !== '' && !nobody.test(value);
}
