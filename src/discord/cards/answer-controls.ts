import {
  type APIComponentInContainer,
  type APIContainerComponent,
  type APIModalInteractionResponseCallbackData,
  ButtonStyle,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';
import type { Item } from '../../bank/schema.ts';
import type { Words } from '../words/en.ts';
import { clip } from './markdown.ts';
import { button, colors, container, row, text } from './parts.ts';
import { letter, questionParts, type Spoken } from './question-card.ts';

/** Names a control: what it does, and the positions that it stands for. */
export type ControlId = (action: 'pick' | 'choose' | 'order' | 'write', positions?: string) => string;

/** Ids `<prefix><action>:<key>`, with `:<positions>` behind them where there are some. */
export function controlIds(prefix: string, key: string): ControlId {
  return (action, positions) => `${prefix}${action}:${key}${positions === undefined ? '' : `:${positions}`}`;
}

/** What a person answers an item with: letters, a menu, or a button that opens more. None for an open question. */
export function answerControls(
  item: Item,
  order: readonly string[],
  id: ControlId,
  spoken: readonly Spoken[],
): APIComponentInContainer[] {
  const label = (say: (words: Words) => string) => clip(spoken.map(({ words }) => say(words)).join(' '), 80);
  const opening = (action: 'order' | 'write', say: (words: Words) => string) => [
    row(button(id(action), label(say), { style: ButtonStyle.Primary })),
  ];
  switch (item.type) {
    case 'single':
      return [row(...order.map((_, position) => button(id('pick', String(position)), letter(position))))];
    case 'boolean':
      return [
        row(
          button(
            id('pick', '0'),
            label((words) => words.yes),
          ),
          button(
            id('pick', '1'),
            label((words) => words.no),
          ),
        ),
      ];
    case 'multiple':
      return [
        choiceMenu(
          id('choose'),
          label((words) => words.card.pick),
          order.length,
        ),
      ];
    case 'order':
      return opening('order', (words) => words.card.startOrder);
    case 'number':
    case 'short':
      return opening('write', (words) => words.card.answer);
    case 'open':
      return [];
  }
}

/** Steps to press in order, with undo; `pressed` are the positions so far. */
export function orderControls(
  item: Item,
  order: readonly string[],
  pressed: readonly number[],
  id: ControlId,
  spoken: Spoken,
): APIContainerComponent {
  const { words } = spoken;
  const steps = order.map((_, position) =>
    button(id('order', [...pressed, position].join('')), letter(position), {
      disabled: pressed.includes(position),
    }),
  );
  const undo = button(id('order', pressed.slice(0, -1).join('')), words.card.undo, {
    style: ButtonStyle.Primary,
    disabled: pressed.length === 0,
  });
  return container(
    colors.open,
    ...questionParts(item, order, [spoken], false),
    text(
      [
        words.answer.step(pressed.length + 1, order.length),
        ...(pressed.length > 0 ? [`**${pressed.map(letter).join(' → ')}**`] : []),
      ].join('\n'),
    ),
    row(...steps.slice(0, 3)),
    row(...steps.slice(3), undo),
  );
}

/** Asks for a number or a few words. */
export function answerModal(customId: string, words: Words): APIModalInteractionResponseCallbackData {
  return {
    custom_id: customId,
    title: words.answer.modalTitle,
    components: [
      {
        type: ComponentType.Label,
        label: words.answer.modalLabel,
        component: {
          type: ComponentType.TextInput,
          custom_id: INPUT,
          style: TextInputStyle.Short,
          required: true,
          max_length: LONGEST_ANSWER,
        },
      },
    ],
  };
}

/** What was typed into {@link answerModal}; cut where somebody went around Discord's own limit. */
export function typedAnswer(interaction: ModalSubmitInteraction): string {
  return interaction.fields.getTextInputValue(INPUT).slice(0, LONGEST_ANSWER);
}

function choiceMenu(id: string, placeholder: string, count: number): APIComponentInContainer {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: id,
        placeholder,
        min_values: 1,
        max_values: count,
        options: Array.from({ length: count }, (_, position) => ({
          label: letter(position),
          value: String(position),
        })),
      },
    ],
  };
}

const INPUT = 'answer';

/** Characters; a number or a few words. */
const LONGEST_ANSWER = 200;
