import { words as all } from './page-words.ts';
import { state } from './state.ts';

/** The language of the window: that of the person's Discord. */
export function language(): 'en' | 'zh' {
  return localeOf().startsWith('zh') ? 'zh' : 'en';
}

/** Discord's locale of the person, such as en-US. */
export function localeOf(): string {
  const { scene } = state;
  return scene?.people.find(({ id }) => id === scene.me)?.locale ?? navigator.language;
}

/** What the page says, in that language. */
export function words() {
  return all[language()];
}
