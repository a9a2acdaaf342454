/** A mistake in a file as a whole, or in one of its lines. */
export type Flaw = { readonly line: number; readonly message: string };

/** Reads a file that anybody may have sent as text, or says why it can't be one. */
export function decode(bytes: Uint8Array): { text: string } | Flaw {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff))
    return whole('is UTF-16; save it as UTF-8');
  const start = startsWith(bytes, 0xef, 0xbb, 0xbf) ? 3 : 0;
  const content = bytes.subarray(start);
  const nul = content.indexOf(0);
  if (nul >= 0) return { line: lineAt(content, nul), message: 'has a NUL: is this a text in UTF-8?' };
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
  const broken = text.indexOf('\ufffd');
  if (broken >= 0 && !isUtf8(content)) return flaw(text, broken, 'is not UTF-8; save the file as UTF-8');
  const hidden = text.search(HIDDEN);
  if (hidden >= 0) return flaw(text, hidden, HIDDEN_MESSAGE);
  const lines = text.split('\n');
  if (lines.length > MOST_LINES) return whole(`has over ${MOST_LINES} lines`);
  const long = lines.findIndex((line) => line.length > LONGEST_LINE);
  if (long >= 0)
    return { line: long + 1, message: `has over ${LONGEST_LINE} characters in one line; break it` };
  const brackets = text.length - text.replace(/[[{]/g, '').length;
  return brackets > MOST_BRACKETS ? whole(`has over ${MOST_BRACKETS} brackets`) : { text };
}

/** Characters that show nothing, or turn the direction of what follows: no question needs them. */
export const HIDDEN = /[[\p{Cc}--[\t\n\r]]\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/v;
export const HIDDEN_MESSAGE = 'has a character that nobody can see (control, direction or byte order mark)';

const whole = (message: string): Flaw => ({ line: 0, message });

function flaw(text: string, at: number, message: string): Flaw {
  return { line: text.slice(0, at).split('\n').length, message };
}

function startsWith(bytes: Uint8Array, ...mark: number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte);
}

function lineAt(bytes: Uint8Array, end: number): number {
  return bytes.subarray(0, end).filter((byte) => byte === 0x0a).length + 1;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** More than a file of questions needs, and no more than the YAML parser takes in a second. */
const LONGEST_LINE = 20_000;
const MOST_LINES = 40_000;
const MOST_BRACKETS = 40_000;
