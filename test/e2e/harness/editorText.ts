import type { Page } from 'playwright-core';

/** What of our decorations a person sees in the visible part of the editor. */
export interface ShownMarks {
  /** Pictures in the gutter. */
  readonly gutter: number;
  /** Lines with a background or a bar at their start. */
  readonly backgrounds: number;
  /** Texts at the ends of lines. */
  readonly notes: readonly string[];
}

export function shownMarks(page: Page): Promise<ShownMarks> {
  return page.evaluate(() => {
    const decorated = [...document.querySelectorAll('[class*="TextEditorDecorationType"]')];
    const pictures = decorated.filter((element) =>
      getComputedStyle(element).backgroundImage.includes('gutter-'),
    );
    const lines = decorated.filter((element) => {
      if (element.closest('.view-overlays') === null) return false;
      const { backgroundColor, borderLeftWidth } = getComputedStyle(element);
      return backgroundColor !== 'rgba(0, 0, 0, 0)' || borderLeftWidth !== '0px';
    });
    const notes = decorated
      .map((element) => getComputedStyle(element, '::after').content)
      .filter((content) => content.startsWith('"') && content.length > 2)
      .map((content) => JSON.parse(content) as string);
    return { gutter: pictures.length, backgrounds: lines.length, notes };
  });
}

/**
 * For each colour (`#rrggbb`), whether the overview ruler of the first editor shows it or something
 * close to it: marks that lie over each other there blend.
 */
export function rulerColours(page: Page, colours: readonly string[]): Promise<boolean[]> {
  return page.evaluate((wanted) => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas.decorationsOverviewRuler');
    const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
    const near = 45;
    return wanted.map((colour) => {
      const parts = [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16));
      for (let at = 0; pixels !== undefined && at < pixels.length; at += 4) {
        const distance = Math.hypot(...parts.map((part, index) => part - pixels[at + index]!));
        if (distance < near && pixels[at + 3]! > 200) return true;
      }
      return false;
    });
  }, colours);
}
