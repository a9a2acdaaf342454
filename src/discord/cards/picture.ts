import { type APIMediaGalleryComponent, ComponentType } from 'discord.js';
import type { Item } from '../../bank/schema.ts';
import { type Picture, pictureUrl } from '../../pictures/picture.ts';
import { clip, code, formulaMarker, plain } from './markdown.ts';

/**
 * A picture in a card, with what it says in words for those who can't see it. It is drawn and attached when the message
 * is sent (`DrawingRest`); where it can't be, the card shows {@link textForm} instead.
 */
export function picture(shown: Picture, alt: string): APIMediaGalleryComponent {
  return {
    type: ComponentType.MediaGallery,
    items: [{ media: { url: pictureUrl(shown) }, description: clip(alt, LONGEST_ALT) }],
  };
}

/** The formulas that these texts of an item name, in one picture; nothing where they name none. */
export function formulaPicture(item: Item, ...texts: readonly string[]): APIMediaGalleryComponent[] {
  const formulas = Object.values(item.formulas ?? {})
    .map((tex, index) => ({ number: index + 1, tex }))
    .filter(({ number }) => texts.some((text) => text.includes(formulaMarker(number))));
  if (formulas.length === 0) return [];
  const alt = formulas.map(({ number, tex }) => `${formulaMarker(number)} ${tex}`).join('\n');
  return [picture({ kind: 'formulas', data: formulas }, alt)];
}

/** What a card shows where a picture can't be. */
export function textForm(shown: Picture, alt: string): string {
  if (shown.kind !== 'formulas') return alt.split('\n').map(plain).join('\n');
  return shown.data.map(({ number, tex }) => `${formulaMarker(number)} ${code(tex)}`).join('\n');
}

/** The most characters that Discord takes. */
const LONGEST_ALT = 1024;
