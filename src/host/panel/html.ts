/** What a page of ours is made of. */
interface PageParts {
  readonly title: string;
  readonly script: string;
  readonly style: string;
  /** Fresh for every page: only scripts that carry it run. */
  readonly nonce: string;
}

/** `script` and `style` are addresses that the webview names. */
export interface PageResources extends PageParts {
  readonly cspSource: string;
}

/**
 * The page that a bundle fills. Nothing is loaded but that bundle and its style sheet, and
 * nothing is fetched from anywhere: the page can neither call out nor run what a log smuggled in.
 */
export function pageHtml({ title, cspSource, script, style, nonce }: PageResources): string {
  return page({
    title,
    policy: `style-src ${cspSource}; font-src ${cspSource}; img-src ${cspSource}`,
    style: `<link rel="stylesheet" href="${style}" />`,
    script: `<script type="module" nonce="${nonce}" src="${script}"></script>`,
    nonce,
  });
}

/**
 * The same with the text of a classic script and a style sheet in it. The editor shows a page once all
 * that it names has come, and brings each file through a service of its own, which takes longer than
 * reading a log. No text of a log is in the page either: lines come as messages. Bundles can stand in a
 * page, since esbuild writes neither `</script` nor `</style` into them.
 */
export function wholePageHtml({ title, script, style, nonce }: PageParts): string {
  return page({
    title,
    policy: `style-src 'nonce-${nonce}'`,
    style: `<style nonce="${nonce}">${style}</style>`,
    script: `<script nonce="${nonce}">${script}</script>`,
    nonce,
  });
}

function page({ title, policy, style, script, nonce }: PageParts & { policy: string }): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; ${policy}; base-uri 'none'; form-action 'none'" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    ${style}
  </head>
  <body>
    ${script}
  </body>
</html>
`;
}
