import {
  ApplicationCommandOptionType,
  ButtonStyle,
  type ChatInputCommandInteraction,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import { guildOfId, shownId } from '../src/bank/own-id.ts';
import { labelOf } from '../src/bank/search.ts';
import { bankImport, importFile } from '../src/discord/bank-import.ts';
import { bankTopics, narrowedHere, showTopics } from '../src/discord/bank-topics.ts';
import { listCard } from '../src/discord/cards/bank-card.ts';
import { plain } from '../src/discord/cards/markdown.ts';
import { button, colors, container, ephemeralCard, row, text } from '../src/discord/cards/parts.ts';
import type { Command, Context } from '../src/discord/command.ts';
import { inServers } from '../src/discord/contexts.ts';
import { localized } from '../src/discord/localize.ts';
import { mustManage } from '../src/discord/permissions.ts';
import { topicChoices } from '../src/discord/topic-choice.ts';
import { UserError } from '../src/discord/user-error.ts';
import { bankWords } from '../src/discord/words/bank.ts';
import { itemsOf } from '../src/own-bank/catalogue.ts';
import { exampleFile, writeFiles } from '../src/own-bank/write.ts';

/** A server's own questions, and which of the shared topics it wants. */
export const bank = {
  definition: {
    ...localized('bank', '题库', 'This server’s own questions', '本服务器的自有题目'),
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    ...inServers,
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        ...localized('import', '导入', 'Add questions from a file', '从文件导入题目'),
        options: [
          {
            type: ApplicationCommandOptionType.Attachment,
            ...localized('file', '文件', 'YAML or CSV, 1 MB at most', 'YAML 或 CSV，最大 1 MB'),
            required: true,
          },
          {
            type: ApplicationCommandOptionType.String,
            ...localized(
              'topic',
              '主题',
              'The topic of questions that name none',
              '没有写主题的题归入这个主题',
            ),
            autocomplete: true,
          },
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        ...localized('list', '列表', 'See this server’s own questions', '查看本服务器的自有题目'),
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        ...localized(
          'export',
          '导出',
          'Get them as a file; an example if there are none',
          '导出为文件；还没有题目时给出示例',
        ),
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        ...localized('remove', '移除', 'Remove one question, or all', '移除一道或全部题目'),
        options: [
          {
            type: ApplicationCommandOptionType.String,
            ...localized('question', '题目', 'Which question', '哪一道题'),
            autocomplete: true,
          },
          {
            type: ApplicationCommandOptionType.Boolean,
            ...localized('all', '全部', 'Every question of this server', '本服务器的全部自有题目'),
          },
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        ...localized('topics', '主题', 'Switch shared topics on or off', '打开或关闭公共主题'),
      },
    ],
  },
  execute: async (interaction, context) => {
    if (!interaction.inCachedGuild()) throw new UserError((words) => words.errors.guildOnly);
    switch (interaction.options.getSubcommand()) {
      case 'import':
        return importFile(interaction, context);
      case 'list':
        return list(interaction, context);
      case 'export':
        return exportAll(interaction, context);
      case 'remove':
        return remove(interaction, context);
      case 'topics':
        return showTopics(interaction, context);
    }
  },
  complete: async (interaction, { bank, search, language }) => {
    const { name, value } = interaction.options.getFocused(true);
    if (name === 'topic') return topicChoices(bank, language, value);
    return search(value, Number.MAX_SAFE_INTEGER)
      .filter(({ id }) => guildOfId(id) === interaction.guildId)
      .slice(0, 25)
      .map((item) => ({ name: labelOf(item, language), value: item.id }));
  },
  components: {
    ...bankImport,
    ...bankTopics,
    'bank-list': async (interaction, context, page = '') => {
      mustManage(interaction);
      if (!interaction.isButton() || !interaction.guildId) return;
      const items = await itemsHere(interaction.guildId, context);
      await interaction.update({ components: [listCard(items, Number(page) || 0, context.bank, context)] });
    },
    'bank-clear': async (interaction, context) => {
      mustManage(interaction);
      if (!interaction.isButton() || !interaction.guildId) return;
      await interaction.deferUpdate();
      const removed = await context.ownBank.remove(interaction.guildId, 'all');
      const done = bankWords[context.language].removedAll(removed);
      const lines = [done, ...(await narrowedHere(interaction.guildId, context))];
      await interaction.editReply({ components: [container(colors.closed, text(lines.join('\n')))] });
    },
    'bank-keep': async (interaction, { language }) => {
      if (!interaction.isButton()) return;
      const kept = bankWords[language].cancelled;
      await interaction.update({ components: [container(colors.closed, text(kept))] });
    },
  },
} satisfies Command;

type InGuild = ChatInputCommandInteraction<'cached'>;

async function list(interaction: InGuild, context: Context): Promise<void> {
  const items = await itemsHere(interaction.guildId, context);
  await interaction.reply({ flags: ephemeralCard, components: [listCard(items, 0, context.bank, context)] });
}

async function exportAll(interaction: InGuild, { ownBank, language }: Context): Promise<void> {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const catalogue = await ownBank.find(interaction.guildId);
  const items = itemsOf(catalogue);
  const say = bankWords[language];
  const file = (name: string, content: string) => ({ name, attachment: Buffer.from(content) });
  if (items.length === 0) {
    await interaction.editReply({
      content: say.example,
      files: [file('example.yaml', await exampleFile())],
    });
    return;
  }
  const files = (await writeFiles(items, catalogue.topics)).map((content, index) =>
    file(`questions-${index + 1}.yaml`, content),
  );
  await interaction.editReply({
    content: say.exported(items.length, files.length),
    files: files.slice(0, MOST_ATTACHED),
  });
  for (let sent = MOST_ATTACHED; sent < files.length; sent += MOST_ATTACHED)
    await interaction.followUp({
      flags: MessageFlags.Ephemeral,
      files: files.slice(sent, sent + MOST_ATTACHED),
    });
}

async function remove(interaction: InGuild, context: Context): Promise<void> {
  const { ownBank, bank, language } = context;
  const say = bankWords[language];
  const wanted = interaction.options.getString('question');
  if (wanted === null) {
    if (!interaction.options.getBoolean('all')) throw new UserError(() => say.whichToRemove);
    const items = await itemsHere(interaction.guildId, context);
    await interaction.reply({
      flags: ephemeralCard,
      components: [
        container(
          colors.wrong,
          text(say.removeSure(items.length)),
          row(
            button('bank-clear', say.removeAll, { style: ButtonStyle.Danger }),
            button('bank-keep', say.cancel),
          ),
        ),
      ],
    });
    return;
  }
  const own = [...bank.items.values()].filter(({ id }) => guildOfId(id) === interaction.guildId);
  const item = own.find(({ id }) => id === wanted || shownId(id) === wanted.trim().toLowerCase());
  if (!item) throw new UserError(() => say.notOwn(plain(wanted)));
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await ownBank.remove(interaction.guildId, new Set([shownId(item.id)]));
  const done = say.removed(plain(labelOf(item, language)));
  const lines = [done, ...(await narrowedHere(interaction.guildId, context))];
  await interaction.editReply({
    flags: MessageFlags.IsComponentsV2,
    components: [container(colors.closed, text(lines.join('\n')))],
  });
}

/** @throws UserError where there are none */
async function itemsHere(guildId: string, { ownBank, language }: Context) {
  const items = itemsOf(await ownBank.find(guildId));
  if (items.length === 0) throw new UserError(() => bankWords[language].empty);
  return items;
}

/** Files that Discord takes in a message. */
const MOST_ATTACHED = 10;
