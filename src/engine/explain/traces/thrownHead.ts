/** What a line says of an exception. */
export interface Head {
  readonly kind: string;
  readonly message: string;
}

/** `kind: message`, or a bare kind, as exceptions are printed; null for other text. */
export function thrownHead(text: string): Head | null {
  const match =
    /^(?:Uncaught |Unhandled |Error: Uncaught )?([A-Za-z_$][A-Za-z0-9_$.]{1,160})(?: \([^()]{1,40}\))?(?:: (.*))?$/.exec(
      text,
    );
  const kind = match?.[1];
  if (kind === undefined) return null;
  const qualified =
    kind.includes('.') ||
    /(?:Error|Exception|Exit|Warning|Interrupt|Fault|Timeout|Err)$/.test(kind);
  return qualified && !kind.endsWith('.') ? { kind, message: (match?.[2] ?? '').trim() } : null;
}

/** The exception that a line of prose names: `Request failed: java.io.IOException: closed`. */
export function thrownInside(text: string): Head | null {
  const pattern =
    /(?<![A-Za-z0-9_$.])([A-Za-z_$][A-Za-z0-9_$.]{0,160}(?:Error|Exception|Throwable|Fault|Timeout))(?::|$|(?=[\s(\]]))/;
  const match = pattern.exec(text);
  if (match === null) return null;
  return { kind: match[1] ?? '', message: text.slice(match.index + match[0].length).trim() };
}

/** Python prints the class name, whatever it is: `NoSuchThing: text`. */
export function bareName(text: string): Head | null {
  const match = /^([A-Za-z_][A-Za-z0-9_.]{2,160})(?:: (.*))?$/.exec(text);
  return match?.[1] === undefined ? null : { kind: match[1], message: (match[2] ?? '').trim() };
}
