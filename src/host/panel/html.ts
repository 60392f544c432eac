/** What a page of ours is made of: addresses are those that the webview names. */
export interface PageResources {
  readonly title: string;
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  /** Fresh for every page: only scripts that carry it run. */
  readonly nonce: string;
}

/**
 * The page that a bundle fills. Nothing is loaded but that bundle and its style sheet, and
 * nothing is fetched from anywhere: the page can neither call out nor run what a log smuggled in.
 */
export function pageHtml({ title, cspSource, script, style, nonce }: PageResources): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <link rel="stylesheet" href="${style}" />
  </head>
  <body>
    <script type="module" nonce="${nonce}" src="${script}"></script>
  </body>
</html>
`;
}
