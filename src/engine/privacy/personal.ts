import { spansOf, type Finder, type Span } from './span.ts';

const email =
  /(?<![A-Za-z0-9._%+-])[\p{L}0-9._%+'-]{1,64}(?:@|%40|\[at\]|\(at\))[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/gu;
const ip4 = /(?<![0-9A-Za-z.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9A-Za-z]|\.[0-9])/g;
/** With dashes inside a host name: `ip-10-0-3-17`, `ec2-54-12-3-4`. */
const dashed4 =
  /(?<=\b(?:ip|ec2|host|node|dhcp|static|dsl|cable|pool|client)-)[0-9]{1,3}(?:-[0-9]{1,3}){3}(?![0-9A-Za-z])/g;
const ip6 =
  /(?<![0-9A-Za-z:.])(?:[0-9a-f]{0,4}:){2,8}(?:[0-9a-f]{1,4}|(?:[0-9]{1,3}\.){3}[0-9]{1,3})?(?![0-9A-Za-z:])/gi;
const mac =
  /(?<![0-9A-Za-z:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?:[:-][0-9a-f]{2}){0,2}(?![0-9A-Za-z:-])/gi;
const dottedMac = /(?<![0-9A-Za-z.])[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![0-9A-Za-z.])/gi;
/** With a plus and a country, or after a word that names it. */
const phone =
  /(?<![0-9A-Za-z+.])\+[1-9][0-9]{0,2}[ .()/-]{0,2}[0-9](?:[ .()/-]{0,2}[0-9]){6,13}(?![0-9A-Za-z]|[.,][0-9])/g;
const namedPhone =
  /\b(?:phone|mobile|msisdn|tel|telephone|cell|cellphone|fax|sms|whatsapp|caller|callee|phone_?number)(?:[_ -]?(?:number|no|nr))?["']?\s{0,3}[:=]?\s{0,3}["']?((?:\+|00)?[0-9(](?:[ .()/-]{0,2}[0-9]){6,14})/gi;
/** North America: (415) 555-0132, 415-555-0132. */
const americanPhone =
  /(?<![0-9A-Za-z.-])(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[-.])[2-9][0-9]{2}[-.][0-9]{4}(?![0-9A-Za-z]|[.-][0-9])/g;
const card = /(?<![0-9A-Za-z.])[2-6][0-9]{3}(?:[ -]?[0-9]){9,15}(?![0-9A-Za-z]|\.[0-9])/g;
const iban =
  /(?<![0-9A-Za-z])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![0-9A-Za-z])/g;
const socialSecurity =
  /\b(?:ssn|social[ _-]security(?:[ _-](?:number|no))?)["']?\s{0,3}[:=]?\s{0,3}["']?([0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4})(?![0-9])/gi;

/** Addresses of no machine in particular may stay: loopback, unspecified, broadcast, netmasks. */
function isNobodys4(value: string): boolean {
  return /^(?:127\.|0\.0\.0\.0$|255\.255\.|0\.)/.test(value);
}

function isAddress4(value: string): boolean {
  return value.split('.').every((part) => Number(part) <= 255 && !/^0[0-9]/.test(part));
}

/** `1.2.3.4` behind these is a version. */
const versionBefore =
  /(?:~|\bv|version|ver|release|build|revision|-|\b[a-z]+\/)["']?[ :=]{0,3}["']?$/i;

function isAddress6(value: string): boolean {
  const groups = value.split(':');
  if (groups.length < 3 || groups.length > 9) return false;
  const short = value.includes('::');
  if (!short && groups.length !== 8 && !value.includes('.')) return false;
  if (/^::1?$|^(?:0:){7}[01]$/.test(value) || value === '::') return false;
  // `a::b` of C++ and clock times have no such groups.
  return short ? /[0-9]/.test(value) && groups.filter((group) => group !== '').length >= 2 : true;
}

/** The check digit of cards (Luhn, US patent 2,950,048, 1960). */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const counted = at % 2 === 0 ? digit : digit * 2;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}

/** The check digits of bank accounts (ISO 13616, modulo 97). */
export function ibanHolds(value: string): boolean {
  const plain = value.replaceAll(' ', '');
  if (plain.length < 15 || plain.length > 34) return false;
  let rest = 0;
  for (const char of plain.slice(4) + plain.slice(0, 4)) {
    const code = /[0-9]/.test(char) ? Number(char) : char.charCodeAt(0) - 55;
    rest = (code > 9 ? rest * 100 + code : rest * 10 + code) % 97;
  }
  return rest === 1;
}

/** E-mail and network addresses, telephone and card numbers, bank accounts. */
export const personal: Finder = (text) => {
  const spans: Span[] = [
    ...spansOf(text, email, 'EMAIL').filter(
      // A version behind the name of a package is no domain.
      ({ start, end }) => /\.[A-Za-z][A-Za-z0-9-]+$/.test(text.slice(start, end)),
    ),
    ...spansOf(text, mac, 'MAC'),
    ...spansOf(text, dottedMac, 'MAC').filter((span) =>
      /[a-f]/i.test(text.slice(span.start, span.end)),
    ),
    ...spansOf(text, phone, 'PHONE'),
    ...spansOf(text, namedPhone, 'PHONE'),
    ...spansOf(text, americanPhone, 'PHONE'),
    ...spansOf(text, socialSecurity, 'PERSON'),
    ...spansOf(text, dashed4, 'IP'),
  ];
  for (const span of spansOf(text, ip4, 'IP')) {
    const value = text.slice(span.start, span.end);
    const before = text.slice(Math.max(0, span.start - 16), span.start);
    if (isAddress4(value) && !isNobodys4(value) && !versionBefore.test(before)) spans.push(span);
  }
  for (const span of spansOf(text, ip6, 'IP')) {
    const value = text.slice(span.start, span.end);
    if (isAddress6(value)) spans.push(span);
  }
  for (const span of spansOf(text, card, 'CARD')) {
    const value = text.slice(span.start, span.end);
    const digits = value.replace(/\D/g, '');
    // Without spaces only with a card issuer's length; times in nanoseconds have 19 digits as well.
    if (digits.length < 13 || digits.length > 19 || !luhn(digits)) continue;
    if (digits.length === value.length && !issued(digits)) continue;
    spans.push(span);
  }
  for (const span of spansOf(text, iban, 'IBAN')) {
    const value = text.slice(span.start, span.end);
    const end = longestIban(value);
    if (end > 0) spans.push({ ...span, end: span.start + end });
  }
  return spans;
};

/** Visa, Mastercard, American Express, Discover, JCB, Diners Club, UnionPay, Maestro by number and length. */
function issued(digits: string): boolean {
  return (
    /^4(?:[0-9]{12}|[0-9]{15}|[0-9]{18})$/.test(digits) ||
    /^(?:5[1-5]|2[2-7])[0-9]{14}$/.test(digits) ||
    /^3[47][0-9]{13}$/.test(digits) ||
    /^3(?:0[0-5]|[68][0-9])[0-9]{11}$/.test(digits) ||
    /^(?:6011|64[4-9][0-9]|65[0-9]{2}|35[2-8][0-9]|62[0-9]{2})[0-9]{12}$/.test(digits) ||
    /^(?:50|5[6-8]|6[37])[0-9]{14}$/.test(digits)
  );
}

/** Groups that follow may be words of the line: the longest beginning whose check digits hold. */
function longestIban(value: string): number {
  for (let end = value.length; end >= 15; end -= 1) {
    if (value[end - 1] !== ' ' && ibanHolds(value.slice(0, end))) return end;
  }
  return 0;
}
