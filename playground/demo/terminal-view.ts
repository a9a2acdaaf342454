import type { Component, Message, World } from '../world.ts';

/** A message in a terminal, about as people see it: a frame, the text, the buttons, the reactions. */
export function renderMessage(message: Message, world: World, timeZone: string): string {
  const body = [
    ...message.content.split('\n'),
    ...message.components.flatMap((component) => renderComponent(component)),
  ]
    .map((line) => resolve(line, world, timeZone))
    .filter((line, index, lines) => line !== '' || (index > 0 && lines[index - 1] !== ''));
  const reactions = [...message.reactions].map(
    ([emoji, { users, burstUsers }]) => `${emoji} ${users.size + burstUsers.size}`,
  );
  const lines = [...body, ...(reactions.length > 0 ? ['', reactions.join('   ')] : [])];
  const note = message.ephemeralFor ? '  (only they can see this)' : '';
  return [
    ...lines.flatMap((line) => wrap(line, WIDTH)).map((line) => `  │ ${line}`),
    ...(note ? [`  │${note}`] : []),
  ].join('\n');
}

function renderComponent(component: Component): string[] {
  switch (component.type) {
    case ROW:
      return [(component.components ?? []).map(renderControl).join(' ')];
    case TEXT:
      return [...(component.content ?? '').split('\n'), ''];
    case SEPARATOR:
      return ['─'.repeat(WIDTH / 2)];
    default:
      return (component.components ?? []).flatMap(renderComponent);
  }
}

function renderControl({ type, label, placeholder, disabled }: Component): string {
  if (type === BUTTON) return disabled ? `( ${label} )` : `[ ${label} ]`;
  return `[ ${placeholder ?? ''} ▾ ]`;
}

/** Puts names in the place of ids, dates in the place of timestamps, and takes Discord's markdown off. */
function resolve(line: string, world: World, timeZone: string): string {
  return line
    .replace(/<t:(\d+):R>/g, (_, seconds) => `at ${clock(Number(seconds), timeZone)}`)
    .replace(/<t:(\d+):\w>/g, (_, seconds) => day(Number(seconds), timeZone))
    .replace(/<#(\d+)>/g, (_, id) => `#${world.channels.get(id)?.name ?? 'deleted-channel'}`)
    .replace(/<@!?(\d+)>/g, (_, id) => `@${world.users.get(id)?.name ?? 'somebody'}`)
    .replace(/<\/([^:]+):\d+>/g, '/$1')
    .replace(/\[([^\]]+)\]\(<?([^)>]+)>?\)/g, '$1 ($2)')
    .replace(/^-# |^#+ /, '')
    .replace(/\|\|(.+?)\|\|/g, '▒▒ $1 ▒▒')
    .replace(/(?<!\\)\*\*/g, '')
    .replace(/\\([^\p{L}\p{N}\s])/gu, '$1')
    .replaceAll('`', '');
}

function day(seconds: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'full', timeStyle: 'short' }).format(
    seconds * 1000,
  );
}

function clock(seconds: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(seconds * 1000);
}

/** Breaks a line at so many columns; Chinese characters and emoji take two. */
function wrap(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  let columns = 0;
  for (const word of line.split(/(?<=\s)|(?<=\p{Script=Han}|[，。；：、？！）])/u)) {
    const size = [...word].reduce(
      (sum, character) => sum + (/[\u1100-\uFFFF]|\p{Extended_Pictographic}/u.test(character) ? 2 : 1),
      0,
    );
    if (columns + size > width && current) {
      lines.push(current.trimEnd());
      current = '';
      columns = 0;
    }
    current += word;
    columns += size;
  }
  return [...lines, current.trimEnd()];
}

const WIDTH = 96;
const ROW = 1;
const BUTTON = 2;
const TEXT = 10;
const SEPARATOR = 14;
