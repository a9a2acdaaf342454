import { ApplicationCommandOptionType } from 'discord.js';
import type { Item } from '../src/bank/schema.ts';
import { labelOf } from '../src/bank/search.ts';
import { answerCard } from '../src/discord/cards/answer-card.ts';
import { button, colors, container, ephemeralCard, row, text } from '../src/discord/cards/parts.ts';
import { questionParts } from '../src/discord/cards/question-card.ts';
import type { Command } from '../src/discord/command.ts';
import { everywhere } from '../src/discord/contexts.ts';
import { localized } from '../src/discord/localize.ts';
import { lookAtSolution } from '../src/discord/solution.ts';
import { UserError } from '../src/discord/user-error.ts';
import { wantedQuestion } from '../src/discord/wanted-question.ts';

export const question = {
  definition: {
    ...localized('question', '题目', 'Look a question up', '查一道题'),
    ...everywhere,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        ...localized('search', '搜索', 'Words from the question, or its id', '题目里的词，或题目编号'),
        required: true,
        autocomplete: true,
        max_length: 200,
      },
    ],
  },
  execute: async (interaction, context) => {
    const { bank, language, words } = context;
    const wanted = interaction.options.getString('search', true);
    const item = await wantedQuestion(context, interaction.guildId, wanted);
    await interaction.reply({
      flags: ephemeralCard,
      components: [
        container(
          colors.plain,
          text(
            `### ${bank.topics.get(item.topic)?.[language] ?? item.topic} · ${words.card.level(item.level)}`,
          ),
          ...questionParts(item, orderOf(item), [{ language, words }], false),
          row(button(`reveal:${item.id}`, words.card.showAnswer)),
        ),
      ],
    });
  },
  complete: async (interaction, { search, language }) =>
    search(interaction.options.getFocused()).map((item) => ({
      name: labelOf(item, language),
      value: item.id,
    })),
  components: {
    // The id of a question that the person has looked up themselves is no secret.
    reveal: async (interaction, context, id = '') => {
      if (!interaction.isButton()) return;
      const { bank, language, words } = context;
      const item = bank.items.get(id);
      if (!item) throw new UserError((words) => words.errors.stale);
      await lookAtSolution(interaction, context, id);
      await interaction.update({ components: [answerCard(item, orderOf(item), language, words)] });
    },
  },
} satisfies Command;

function orderOf(item: Item): string[] {
  return 'options' in item.en ? Object.keys(item.en.options) : [];
}
