import { completed } from '../components.ts';
import { type Exchange, type InteractionDesk, isTokenAlive } from '../interactions.ts';
import { LIMIT } from '../limits.ts';
import { createMessage, deleteMessage, editMessage, MessageFlag } from '../messages.ts';
import type { Platform } from '../platform.ts';
import { messageObject } from '../wire.ts';
import type { Acknowledgement, Choice, Component, Message } from '../world.ts';
import { checkModalComponents } from './component-form.ts';
import {
  alreadyAcknowledged,
  invalidForm,
  invalidWebhookToken,
  unknownInteraction,
  unknownMessage,
  unknownWebhook,
} from './errors.ts';
import { asForm, asList, createFormReader } from './form.ts';
import { readMessageForm } from './message-form.ts';
import { editOf, SETTABLE_FLAGS } from './messages.ts';
import { BUCKETS } from './rate-limits.ts';
import { noContent, ok, type RestRequest, type Route } from './route.ts';

/** Kinds of an interaction's answer, by Discord's number. */
const Callback = { Reply: 4, Deferral: 5, DeferredUpdate: 6, Update: 7, Autocomplete: 8, Modal: 9 } as const;

const REPLY_FLAGS = SETTABLE_FLAGS | MessageFlag.Ephemeral;

export function interactionRoutes(platform: Platform, desk: InteractionDesk): Route[] {
  const { world } = platform;

  function answer(request: RestRequest) {
    const exchange = desk.find(request.params.interaction_id!, request.params.interaction_token!);
    if (!exchange || exchange.interaction.expired) throw unknownInteraction();
    const { interaction } = exchange;
    if (!isTokenAlive(interaction, platform.now())) throw unknownInteraction();
    if (interaction.acknowledged) throw alreadyAcknowledged();

    const form = asForm(request.body);
    const allowed = allowedAnswers(exchange);
    if (!allowed.includes(form.type as number)) {
      throw invalidForm(['type'], 'BASE_TYPE_CHOICES', `Value must be one of {${allowed.join(', ')}}.`);
    }
    desk.acknowledge(exchange, giveAnswer(exchange, form.type as number, request));
    if (request.query.get('with_response') !== 'true') return noContent;
    const { original } = exchange;
    return ok({
      interaction: {
        id: interaction.id,
        type: interaction.type,
        ...(original
          ? {
              response_message_id: original.id,
              response_message_loading: (original.flags & MessageFlag.Loading) !== 0,
              response_message_ephemeral: original.ephemeralFor !== null,
            }
          : {}),
      },
      resource: {
        type: form.type,
        ...(original ? { message: messageObject(platform, original) } : {}),
      },
    });
  }

  function giveAnswer(exchange: Exchange, type: number, { body, files }: RestRequest): Acknowledgement {
    const data = asForm(asForm(body).data);
    switch (type) {
      case Callback.Reply: {
        const form = readMessageForm(platform, data, files, null, REPLY_FLAGS);
        exchange.original = say(exchange, form, (form.flags & MessageFlag.Ephemeral) !== 0);
        return 'reply';
      }
      case Callback.Deferral: {
        const ephemeral = (Number(data.flags ?? 0) & MessageFlag.Ephemeral) !== 0;
        exchange.original = say(exchange, { flags: MessageFlag.Loading }, ephemeral);
        return 'deferral';
      }
      case Callback.DeferredUpdate:
        exchange.original = sourceOf(exchange);
        return 'deferred-update';
      case Callback.Update: {
        const source = sourceOf(exchange);
        const form = readMessageForm(platform, data, files, source, SETTABLE_FLAGS);
        exchange.original = source;
        editMessage(platform, source, editOf(form));
        return 'update';
      }
      case Callback.Autocomplete:
        exchange.choices = readChoices(data.choices);
        return 'autocomplete';
      default:
        exchange.modal = readModal(exchange, data);
        return 'modal';
    }
  }

  function say(exchange: Exchange, form: object, ephemeral: boolean): Message {
    const { interaction } = exchange;
    return createMessage(platform, {
      ...form,
      channel: world.channels.get(interaction.channelId)!,
      authorId: platform.botId,
      interactionId: interaction.id,
      type: interaction.type === 2 ? 20 : interaction.type === 3 ? 19 : 0,
      referenceId: interaction.type === 3 ? interaction.sourceMessageId : null,
      ephemeralFor: ephemeral ? interaction.userId : null,
    });
  }

  function sourceOf(exchange: Exchange): Message {
    const { channelId, sourceMessageId } = exchange.interaction;
    const message =
      world.channels.get(channelId)?.messages.get(sourceMessageId ?? '') ??
      world.ephemerals.get(sourceMessageId ?? '');
    if (!message) throw unknownMessage();
    return message;
  }

  /** @throws 10015 for an unknown token or one not answered yet, 50027 for one older than 15 minutes. */
  function exchangeOf({ params }: RestRequest): Exchange {
    const exchange = desk.findByToken(params.webhook_token!);
    if (!exchange || params.webhook_id !== platform.applicationId) throw unknownWebhook();
    if (!isTokenAlive(exchange.interaction, platform.now())) {
      platform.violate(`the token of interaction ${exchange.interaction.id} was used after 15 minutes`);
      throw invalidWebhookToken();
    }
    if (!exchange.interaction.acknowledged) throw unknownWebhook();
    return exchange;
  }

  function followUp(request: RestRequest) {
    const exchange = exchangeOf(request);
    const { original } = exchange;
    // Discord's documents: the first follow-up of a deferral fills the waiting message, whose visibility stays as it was.
    if (original && (original.flags & MessageFlag.Loading) !== 0) return edit(exchange, original, request);
    const form = readMessageForm(platform, request.body, request.files, null, REPLY_FLAGS);
    const message = say(exchange, form, (form.flags & MessageFlag.Ephemeral) !== 0);
    exchange.followUps.push(message);
    desk.settle(exchange);
    return ok(messageObject(platform, message));
  }

  function edit(exchange: Exchange, message: Message, { body, files }: RestRequest) {
    const form = readMessageForm(platform, body, files, message, SETTABLE_FLAGS);
    const changes = editOf(form);
    editMessage(platform, message, { ...changes, flags: changes.flags & ~MessageFlag.Loading });
    desk.settle(exchange);
    return ok(messageObject(platform, message));
  }

  function messageOf(exchange: Exchange, { params }: RestRequest): Message {
    const id = params.message_id;
    const message =
      id === undefined || id === '@original'
        ? exchange.original
        : [exchange.original, ...exchange.followUps].find((m) => m?.id === id);
    if (!message || message.deleted) throw unknownMessage();
    return message;
  }

  const get = (request: RestRequest) => ok(messageObject(platform, messageOf(exchangeOf(request), request)));
  const patch = (request: RestRequest) => {
    const exchange = exchangeOf(request);
    return edit(exchange, messageOf(exchange, request), request);
  };
  const remove = (request: RestRequest) => {
    const exchange = exchangeOf(request);
    deleteMessage(platform, messageOf(exchange, request));
    desk.settle(exchange);
    return noContent;
  };

  const webhook = '/webhooks/{webhook_id}/{webhook_token}';
  const bucket = BUCKETS.webhook;
  const open = true;
  return [
    {
      method: 'POST',
      path: '/interactions/{interaction_id}/{interaction_token}/callback',
      bucket: null,
      open,
      handle: answer,
    },
    { method: 'POST', path: webhook, bucket, open, handle: followUp },
    ...['@original', '{message_id}'].flatMap((which): Route[] => [
      { method: 'GET', path: `${webhook}/messages/${which}`, bucket, open, handle: get },
      { method: 'PATCH', path: `${webhook}/messages/${which}`, bucket, open, handle: patch },
      { method: 'DELETE', path: `${webhook}/messages/${which}`, bucket, open, handle: remove },
    ]),
  ];
}

/** Which answers fit the kind of interaction. */
function allowedAnswers({ interaction }: Exchange): number[] {
  if (interaction.type === 4) return [Callback.Autocomplete];
  const updates = interaction.sourceMessageId ? [Callback.DeferredUpdate, Callback.Update] : [];
  const modal = interaction.type === 5 ? [] : [Callback.Modal];
  return [Callback.Reply, Callback.Deferral, ...updates, ...modal];
}

function readChoices(value: unknown): Choice[] {
  const reader = createFormReader();
  const choices = asList(value);
  reader.list(choices, ['data', 'choices'], 0, LIMIT.autocompleteChoices);
  for (const [i, raw] of choices.entries()) {
    const choice = asForm(raw);
    reader.text(choice.name, ['data', 'choices', i, 'name'], 1, LIMIT.choiceName, true);
    if (typeof choice.value !== 'number') {
      reader.text(choice.value, ['data', 'choices', i, 'value'], 0, LIMIT.choiceValue, true);
    }
  }
  reader.errors.throwIfAny();
  return choices as Choice[];
}

function readModal(exchange: Exchange, data: Record<string, unknown>) {
  const reader = createFormReader();
  reader.text(data.custom_id, ['data', 'custom_id'], 1, LIMIT.customId, true);
  reader.text(data.title, ['data', 'title'], 1, LIMIT.modalTitle, true);
  checkModalComponents(reader, data.components, ['data', 'components']);
  reader.errors.throwIfAny();
  return {
    customId: data.custom_id as string,
    title: data.title as string,
    components: completed(data.components as Component[]),
    userId: exchange.interaction.userId,
    interactionId: exchange.interaction.id,
  };
}
