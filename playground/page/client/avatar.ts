import { html, type TemplateResult } from 'lit-html';
import { personOf } from './names.ts';

/** Dark enough for white letters. */
const colors = ['#3f6fb5', '#9a4f8b', '#3b7d4f', '#a2572b', '#5b56b0', '#8c3f47', '#2f7480'];

/** A person as a coloured letter. It is decoration: the name stands beside it. */
export function avatar(userId: string, size: 'small' | 'large' = 'large'): TemplateResult {
  const person = personOf(userId);
  const letter = person?.bot ? '公' : ([...(person?.name ?? '?')][0] ?? '?').toUpperCase();
  const color = person?.bot ? '#4752c4' : colors[hash(person?.name ?? '') % colors.length];
  return html`<span class=${`avatar ${size}`} style=${`background:${color}`} aria-hidden="true">${letter}</span>`;
}

function hash(text: string): number {
  let sum = 7;
  for (const character of text) sum = (sum * 31 + character.codePointAt(0)!) % 9_973;
  return sum;
}
