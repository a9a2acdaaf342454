/**
 * A text from outside (a name, a title) as Discord shows it letter by letter: no markdown, no mention, no link, no
 * line break, and no character that turns the direction of what follows.
 */
export function plain(text: string): string {
  return unmarked(text).replace(/[\\*_~`|>#[\]<@]|:(?=\/\/)/g, '\\$&');
}

/** The same for where there is no markdown, as in the description of a picture. */
export function unmarked(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim();
}

/**
 * A text of the question bank: `code` stays code, all else is shown letter by letter, and {{name}} becomes the number
 * under which its formula stands in the card's picture (`formulaPicture`).
 */
export function prose(text: string, formulas: Readonly<Record<string, string>> = {}): string {
  return numbered(text, formulas)
    .split(/(`+[^`]+`+)/)
    .map((piece, index) => (index % 2 === 1 ? piece : escapeProse(piece)))
    .join('');
}

/** The same for where there is no markdown, as in a menu: each {{name}} as the number of its formula. */
export function numbered(text: string, formulas?: Readonly<Record<string, string>>): string {
  return withFormulas(text, formulas, (_, number) => formulaMarker(number));
}

/** The text with each {{name}} as `show` shows the formula: its TeX, and its number among the item's formulas. */
export function withFormulas(
  text: string,
  formulas: Readonly<Record<string, string>> = {},
  show: (tex: string, number: number) => string,
): string {
  const names = Object.keys(formulas);
  return text.replace(/\{\{([^{}]+)\}\}/g, (whole, name: string) =>
    Object.hasOwn(formulas, name) ? show(formulas[name]!, names.indexOf(name) + 1) : whole,
  );
}

/** How a text and the picture beside it name a formula. */
export function formulaMarker(number: number): string {
  return `⟨${number}⟩`;
}

/** Text as code, letter by letter. */
export function code(text: string): string {
  return `\`${text.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;
}

function escapeProse(text: string): string {
  return text
    .replace(/[\\*_~|<@[\]]/g, '\\$&')
    .replace(/^(\s*)([#>-])/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s)/gm, '$1\\$2');
}

/** The text, or as much of its beginning as fits into `most` characters, with an ellipsis. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
