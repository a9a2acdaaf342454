import { type ChatInputCommandInteraction, ComponentType, MessageFlags } from 'discord.js';
import { CatalogueFull } from '../own-bank/catalogue.ts';
import { ImportBusy } from '../own-bank/imports.ts';
import { MOST_BYTES } from '../own-bank/read.ts';
import { effectCard, isMuch, refusedCard, troublesFile } from './cards/bank-card.ts';
import { plain } from './cards/markdown.ts';
import { colors, container, text } from './cards/parts.ts';
import type { Components, Context } from './command.ts';
import { DownloadFailed } from './download.ts';
import { mustManage } from './permissions.ts';
import { UserError } from './user-error.ts';
import { bankWords } from './words/bank.ts';

/** `/bank import`: gets the file, has it read, and shows what storing it would do, or what is wrong with it. */
export async function importFile(
  interaction: ChatInputCommandInteraction<'cached'>,
  context: Context,
): Promise<void> {
  const { imports, bank, language } = context;
  const say = bankWords[language];
  const file = interaction.options.getAttachment('file', true);
  const topic = interaction.options.getString('topic') ?? undefined;
  // One that is switched off for the shared bank may have questions of the server's own all the same.
  if (topic !== undefined && !bank.topics.has(topic))
    throw new UserError((words) => words.errors.noTopic(plain(topic)));
  if (!/\.(ya?ml|json|csv|tsv|txt)$/i.test(file.name)) throw new UserError(() => say.errors.kind);
  if (file.size > MOST_BYTES) throw tooLarge(say);

  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const bytes = await download(file.url, context);
  let saidAt = context.now();
  let saying: Promise<unknown> = Promise.resolve();
  const onProgress = (done: number, of: number) => {
    if (context.now() < saidAt + BETWEEN_SAYINGS) return;
    saidAt = context.now();
    saying = interaction
      .editReply({ flags: MessageFlags.IsComponentsV2, components: [note(say.checking(done, of))] })
      .catch(() => {});
  };
  const checked = await refusing(
    imports.read(interaction.guildId, interaction.id, { name: file.name, bytes, topic }, onProgress),
  );
  await saying;
  const troubles = checked.kind === 'refused' ? checked.troubles : checked.hints;
  const hasFile = checked.kind === 'refused' ? isMuch(troubles) : troubles.length > 0;
  await interaction.editReply({
    flags: MessageFlags.IsComponentsV2,
    components: [
      checked.kind === 'refused'
        ? refusedCard(troubles, context)
        : effectCard(interaction.id, checked.effect, checked.hints, context),
      ...(hasFile ? [{ type: ComponentType.File as const, file: { url: `attachment://${TROUBLES}` } }] : []),
    ],
    files: hasFile ? [{ name: TROUBLES, attachment: Buffer.from(troublesFile(troubles, language)) }] : [],
  });
}

/** The buttons under what an import would do. */
export const bankImport: Components = {
  'bank-store': async (interaction, context, key = '') => {
    mustManage(interaction);
    if (!interaction.isButton() || !interaction.guildId) return;
    await interaction.deferUpdate();
    const say = bankWords[context.language];
    const effect = await refusing(context.imports.store(interaction.guildId, key));
    if (!effect) throw new UserError(() => say.errors.gone);
    await interaction.editReply({ components: [note(say.stored(effect), colors.right)], attachments: [] });
  },

  'bank-cancel': async (interaction, context, key = '') => {
    if (!interaction.isButton()) return;
    context.imports.cancel(key);
    const { cancelled } = bankWords[context.language];
    await interaction.update({ components: [note(cancelled)], attachments: [] });
  },
};

async function download(url: string, { download, language, log }: Context): Promise<Uint8Array> {
  const say = bankWords[language];
  try {
    const bytes = await download(url, MOST_BYTES);
    if (bytes === 'too-large') throw tooLarge(say);
    return bytes;
  } catch (error) {
    if (!(error instanceof DownloadFailed)) throw error;
    log.warn({ err: error }, 'a file could not be got');
    throw new UserError(() => say.errors.download);
  }
}

async function refusing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CatalogueFull)
      throw new UserError((_, language) => bankWords[language].errors.full[error.reason]);
    if (error instanceof ImportBusy)
      throw new UserError((_, language) => bankWords[language].errors.busy[error.reason]);
    throw error;
  }
}

function tooLarge(say: (typeof bankWords)['en']): UserError {
  return new UserError(() => say.errors.size('1 MB'));
}

function note(sentence: string, color: number = colors.closed) {
  return container(color, text(sentence));
}

const TROUBLES = 'import.txt';

/** Milliseconds. */
const BETWEEN_SAYINGS = 1_500;
