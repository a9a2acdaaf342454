import type { Client, Guild } from 'discord.js';

/** A command such as `daily add` as a link that runs it; one that Discord has not told us of as code. */
export type MentionCommand = (command: string) => string;

export function commandMentions(client: Client, guild: Guild | null): MentionCommand {
  const registered = [
    ...(client.application?.commands.cache.values() ?? []),
    ...(guild?.commands.cache.values() ?? []),
  ];
  return (command) => {
    const id = registered.find(({ name }) => name === command.split(' ')[0])?.id;
    return id ? `</${command}:${id}>` : `\`/${command}\``;
  };
}

/** The text with each command that it names in code, such as `/daily add`, as a link. */
export function withCommandLinks(text: string, mention: MentionCommand): string {
  return text.replace(/`\/([a-z]+(?: [a-z]+)?)`/g, (_, command: string) => mention(command));
}
