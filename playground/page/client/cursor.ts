import { state } from './state.ts';

/** A place in a list that has no ends. */
export function wrap(at: number, length: number): number {
  return length === 0 ? 0 : (at + length) % length;
}

/** Puts the cursor where the composer says that it is. */
export function putCursor(): void {
  const now = state.composer;
  const wanted =
    now.kind === 'command' && now.focus
      ? `.composer [data-option="${now.focus}"]`
      : '.composer input, .composer .box .tool';
  document.querySelector<HTMLElement>(wanted)?.focus();
}

/** Brings the marked line of a list into sight. */
export function showActive(): void {
  document.querySelector('.suggestions .active')?.scrollIntoView({ block: 'nearest' });
}
