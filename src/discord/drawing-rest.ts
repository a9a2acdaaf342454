import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type APIMediaGalleryItem,
  ComponentType,
  type InternalRequest,
  type RawFile,
  REST,
} from 'discord.js';
import type { Logger } from 'pino';
import { type Picture, readPictureUrl } from '../pictures/picture.ts';
import type { Studio } from '../pictures/studio.ts';
import { clip } from './cards/markdown.ts';
import { lengthOf, text } from './cards/parts.ts';
import { textForm } from './cards/picture.ts';

export type DrawingOptions = {
  readonly studio: Studio;
  /** Whether the bot may attach files in a channel, as far as is known. */
  readonly mayAttach: (channelId: string) => boolean;
  readonly log: Logger;
};

/**
 * Draws the pictures of whatever message goes out, and attaches them: a card that says in its media addresses what to
 * show needs no more, be it a reply, an edit or an announcement. A picture that can't be drawn, or may not be attached,
 * becomes its text form.
 */
export class DrawingRest extends REST {
  readonly #options: DrawingOptions;

  constructor(options: ConstructorParameters<typeof REST>[0], drawing: DrawingOptions) {
    super(options);
    this.#options = drawing;
  }

  override async request(request: InternalRequest): Promise<unknown> {
    return super.request(await this.#withPictures(request));
  }

  async #withPictures(request: InternalRequest): Promise<InternalRequest> {
    const body = request.body as { data?: Message } & Message;
    // The answer to an interaction wraps its message.
    const message = body?.data ?? body;
    const urls = [...new Set(picturesIn(message?.components))];
    if (urls.length === 0) return request;

    const names = new Map<string, string>();
    const files: RawFile[] = [...(request.files ?? [])];
    const attachments: object[] = [...(message.attachments ?? [])];
    for (const url of urls) {
      const shown = readPictureUrl(url)!;
      const png = await this.#draw(shown, request.fullRoute);
      if (!png) continue;
      const name = `${shown.kind}-${createHash('sha256').update(url).digest('hex').slice(0, 16)}.png`;
      names.set(url, name);
      attachments.push({ id: String(files.length), filename: name });
      files.push({ name, data: png, contentType: 'image/png' });
    }
    const room = Math.max(urls.length, LONGEST_MESSAGE - lengthOf(message.components));
    const drawn = {
      ...message,
      components: withMedia(message.components, names, Math.floor(room / urls.length)),
      attachments,
    };
    return { ...request, body: body.data ? { ...body, data: drawn } : drawn, files };
  }

  async #draw(shown: Picture, route: string): Promise<Buffer | undefined> {
    const { studio, mayAttach, log } = this.#options;
    const channelId = /^\/channels\/(\d+)\//.exec(route)?.[1];
    if (channelId && !mayAttach(channelId)) return undefined;
    try {
      const patience = route.startsWith('/interactions/') ? WHILE_DISCORD_WAITS : LONGEST_WAIT;
      const png = await Promise.race([studio.draw(shown), sleep(patience, undefined, { ref: false })]);
      if (!png) log.warn({ kind: shown.kind }, 'a picture was not drawn in time; its text form is shown');
      return png;
    } catch (error) {
      log.error({ err: error, kind: shown.kind }, 'a picture could not be drawn; its text form is shown');
      return undefined;
    }
  }
}

type Message = { readonly components?: readonly Node[]; readonly attachments?: readonly object[] };

/** As much as concerns pictures of whatever component. */
type Node = {
  readonly type: number;
  readonly components?: readonly Node[];
  readonly items?: readonly APIMediaGalleryItem[];
  readonly content?: string;
};

function picturesIn(nodes: readonly Node[] = []): string[] {
  return nodes.flatMap(({ components, items = [] }) => [
    ...items.map(({ media }) => media.url).filter((url) => readPictureUrl(url)),
    ...picturesIn(components),
  ]);
}

/** The components with attachments for pictures; a picture without one becomes text of at most `longest` characters. */
function withMedia(nodes: readonly Node[] = [], names: ReadonlyMap<string, string>, longest: number): Node[] {
  return nodes.map((node) => {
    if (node.components) return { ...node, components: withMedia(node.components, names, longest) };
    if (node.type !== ComponentType.MediaGallery || !node.items) return node;
    const undrawn = node.items.flatMap(({ media, description }) => {
      const shown = readPictureUrl(media.url);
      return shown && !names.has(media.url) ? [textForm(shown, description ?? '')] : [];
    });
    if (undrawn.length > 0) return text(clip(undrawn.join('\n'), longest));
    const items = node.items.map((item) => {
      const name = names.get(item.media.url);
      return name ? { ...item, media: { url: `attachment://${name}` } } : item;
    });
    return { ...node, items };
  });
}

/** Characters: what Discord takes in all. */
const LONGEST_MESSAGE = 4_000;

/** Milliseconds, of the 3 s within which Discord wants to hear something. */
const WHILE_DISCORD_WAITS = 1_800;

/** Milliseconds. */
const LONGEST_WAIT = 10_000;
