import { completed, walkAll } from '../components.ts';
import { LIMIT } from '../limits.ts';
import { type AllowedMentions, MessageFlag } from '../messages.ts';
import type { Platform } from '../platform.ts';
import { isSnowflake } from '../snowflake.ts';
import type { Attachment, Component, Embed, Media, Message } from '../world.ts';
import { checkMessageComponents } from './component-form.ts';
import { checkEmbeds } from './embeds.ts';
import { DiscordError, emptyMessage } from './errors.ts';
import { asForm, asList, createFormReader, type Form, type FormReader, isForm } from './form.ts';
import type { UploadedFile } from './route.ts';

/** A body that says what a message shall be, checked. Only what the body names is set. */
export interface MessageForm {
  content?: string;
  components?: Component[];
  embeds?: Embed[];
  attachments?: Attachment[];
  flags: number;
  nonce?: string | number;
  enforceNonce: boolean;
  allowedMentions: AllowedMentions | undefined;
  referenceId?: string;
  failIfReferenceMissing: boolean;
}

const LEGACY_FIELDS = ['content', 'embeds', 'poll', 'sticker_ids', 'stickers'] as const;

/**
 * Reads the body of a message to create (`current` null) or to edit.
 * @param settable the flags that this route lets one set.
 * @throws DiscordError 50035 for what does not fit, 50006 for an empty message.
 */
export function readMessageForm(
  platform: Platform,
  body: unknown,
  files: readonly UploadedFile[],
  current: Message | null,
  settable: number,
): MessageForm {
  const form = asForm(body);
  const reader = createFormReader();
  reader.integer(form.flags, ['flags'], 0, 2 ** 31 - 1);
  const asked = typeof form.flags === 'number' ? form.flags & settable : 0;
  const flags = current ? current.flags | asked : asked;
  const v2 = (flags & MessageFlag.ComponentsV2) !== 0;

  if (v2) checkNoLegacyFields(reader, form, current);
  else {
    reader.text(form.content, ['content'], 0, LIMIT.content);
    checkEmbeds(reader, form.embeds);
  }
  checkMessageComponents(reader, form.components, v2);
  checkNonce(reader, form);
  checkAllowedMentions(reader, form.allowed_mentions);
  checkAttachments(reader, form, files, current);
  reader.errors.throwIfAny();

  const attachments = storeAttachments(platform, form, files, current);
  const result: MessageForm = {
    flags,
    enforceNonce: form.enforce_nonce === true,
    allowedMentions: (form.allowed_mentions as AllowedMentions | null) ?? undefined,
    failIfReferenceMissing: true,
  };
  if (form.content !== undefined) result.content = (form.content as string | null) ?? '';
  if (form.embeds !== undefined) result.embeds = resolveEmbeds(asList(form.embeds), attachments);
  if (form.components !== undefined) {
    const components = completed(asList(form.components) as Component[]);
    resolveMedia(platform, reader, components, attachments);
    reader.errors.throwIfAny();
    result.components = components;
  }
  if (attachments !== current?.attachments) result.attachments = attachments;
  if (typeof form.nonce === 'string' || typeof form.nonce === 'number') result.nonce = form.nonce;
  if (isForm(form.message_reference)) {
    result.referenceId = String(form.message_reference.message_id);
    result.failIfReferenceMissing = form.message_reference.fail_if_not_exists !== false;
  }
  throwIfEmpty(result, current);
  return result;
}

function checkNoLegacyFields(reader: FormReader, form: Form, current: Message | null): void {
  for (const field of LEGACY_FIELDS) {
    const value = form[field];
    const empty =
      value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (empty) continue;
    reader.errors.add(
      [field],
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    );
  }
  const becomes = current && (current.flags & MessageFlag.ComponentsV2) === 0;
  if (becomes && current.content !== '' && form.content === undefined) {
    reader.errors.add(
      ['content'],
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
    );
  }
}

function checkNonce(reader: FormReader, form: Form): void {
  if (form.nonce === undefined || form.nonce === null || Number.isInteger(form.nonce)) return;
  reader.text(form.nonce, ['nonce'], 0, LIMIT.nonce);
}

function checkAllowedMentions(reader: FormReader, value: unknown): void {
  if (value === undefined || value === null) return;
  const allowed = asForm(value);
  const parse = asList(allowed.parse);
  parse.forEach((kind, i) => {
    reader.oneOf(kind, ['allowed_mentions', 'parse', i], ['everyone', 'users', 'roles']);
  });
  for (const kind of ['users', 'roles'] as const) {
    const ids = asList(allowed[kind]);
    reader.list(ids, ['allowed_mentions', kind], 0, LIMIT.allowedMentionIds);
    ids.forEach((id, i) => {
      if (!isSnowflake(id)) {
        reader.errors.add(
          ['allowed_mentions', kind, i],
          'NUMBER_TYPE_COERCE',
          `Value "${id}" is not snowflake.`,
        );
      }
    });
    if (ids.length > 0 && parse.includes(kind)) {
      reader.errors.add(
        ['allowed_mentions'],
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      );
    }
  }
}

function checkAttachments(
  reader: FormReader,
  form: Form,
  files: readonly UploadedFile[],
  current: Message | null,
): void {
  const listed = asList(form.attachments);
  if (Math.max(listed.length, files.length) > LIMIT.attachments) {
    reader.list(listed.length > files.length ? listed : files, ['attachments'], 0, LIMIT.attachments);
  }
  for (const [i, raw] of listed.entries()) {
    const { id, description } = asForm(raw);
    const known =
      files.some((file) => file.index === String(id)) ||
      current?.attachments.some((attachment) => attachment.id === String(id));
    if (!known) {
      reader.errors.add(
        ['attachments', i, 'id'],
        'ATTACHMENT_NOT_FOUND',
        'Uploaded attachment not found for this id',
      );
    }
    reader.text(description, ['attachments', i, 'description'], 0, LIMIT.mediaDescription);
  }
  if (files.some((file) => file.data.length > LIMIT.attachmentBytes)) {
    throw new DiscordError(413, 40005, 'Request entity too large');
  }
}

function storeAttachments(
  platform: Platform,
  form: Form,
  files: readonly UploadedFile[],
  current: Message | null,
): Attachment[] {
  const before = current?.attachments ?? [];
  if (files.length === 0 && form.attachments === undefined) return before;
  const listed = asList(form.attachments).map(asForm);
  const kept =
    form.attachments === undefined ? before : before.filter((a) => listed.some((l) => String(l.id) === a.id));
  const added = files.map((file): Attachment => {
    const meta = listed.find((l) => String(l.id) === file.index);
    const filename = typeof meta?.filename === 'string' ? meta.filename : file.filename;
    const id = platform.mint();
    platform.world.files.set(id, { filename, contentType: file.contentType, data: file.data });
    return {
      id,
      filename,
      size: file.data.length,
      contentType: file.contentType,
      url: `${platform.origin()}/attachments/${id}/${encodeURIComponent(filename)}`,
      ...(typeof meta?.description === 'string' ? { description: meta.description } : {}),
    };
  });
  return [...kept, ...added];
}

/** Puts real addresses where components say `attachment://name`. */
function resolveMedia(
  platform: Platform,
  reader: FormReader,
  components: Component[],
  attachments: readonly Attachment[],
): void {
  const resolve = (media: Media) => {
    Object.assign(media, { id: platform.mint(), proxy_url: media.url });
    const name = /^attachment:\/\/(.+)$/.exec(media.url)?.[1];
    if (name === undefined) return;
    const attachment = attachments.find((a) => a.filename === name);
    if (!attachment) {
      reader.errors.add(
        ['components'],
        'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
        'The referenced attachment was not found',
      );
      return;
    }
    media.url = attachment.url;
    Object.assign(media, {
      proxy_url: attachment.url,
      attachment_id: attachment.id,
      content_type: attachment.contentType,
      loading_state: 2,
    });
  };
  for (const component of walkAll(components)) {
    if (component.media) resolve(component.media);
    if (component.file) {
      const name = component.file.url.replace('attachment://', '');
      resolve(component.file);
      Object.assign(component, { name, size: attachments.find((a) => a.filename === name)?.size ?? 0 });
    }
    for (const item of component.items ?? []) resolve(item.media);
  }
}

function resolveEmbeds(embeds: unknown[], attachments: readonly Attachment[]): Embed[] {
  const text = JSON.stringify(embeds).replaceAll(
    /attachment:\/\/([^"]+)/g,
    (whole, name: string) => attachments.find((a) => a.filename === name)?.url ?? whole,
  );
  return (JSON.parse(text) as Embed[]).map((embed) => ({
    type: 'rich',
    ...embed,
    ...(embed.fields ? { fields: asList(embed.fields).map((f) => ({ inline: false, ...asForm(f) })) } : {}),
  }));
}

function throwIfEmpty(form: MessageForm, current: Message | null): void {
  const has = (key: 'content' | 'components' | 'embeds' | 'attachments') =>
    (form[key] ?? current?.[key] ?? '').length > 0;
  if (has('components')) return;
  const v2 = (form.flags & MessageFlag.ComponentsV2) !== 0;
  if (v2 || !(has('content') || has('embeds') || has('attachments'))) throw emptyMessage();
}
