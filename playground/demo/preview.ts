import { type FSWatcher, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkItem } from '../../src/bank/check-item.ts';
import { type Draft, type Entry, parseItems, readDraft } from '../../src/bank/load.ts';
import { type Item, type Language, languages, type Topic } from '../../src/bank/schema.ts';
import type { Post } from '../../src/daily/post.ts';
import { answerCard } from '../../src/discord/cards/answer-card.ts';
import { openCard } from '../../src/discord/cards/post-card.ts';
import { wordsOf } from '../../src/discord/words/of.ts';
import { formulaProblem } from '../../src/pictures/formulas.ts';
import { readPictureUrl } from '../../src/pictures/picture.ts';
import { createStudio, type Studio } from '../../src/pictures/studio.ts';
import { walkAll } from '../components.ts';
import type { ItemView, PreviewView } from '../page/protocol.ts';
import { serveSite } from '../page/site.ts';
import type { Component } from '../world.ts';
import { listen, type Opened } from './listen.ts';

const questions = fileURLToPath(new URL('../../questions', import.meta.url));

/** Shows a file of questions in the browser, as members will see them and with what is wrong, whenever it changes. */
export async function openPreview({ file, port }: { file: string; port: number }): Promise<Opened> {
  const draft = await readDraft(questions);
  const path = resolve(file);
  await readFile(path);
  const playground = await listen(port, {});
  const author = playground.addUser({ name: 'author' });
  const live = serveSite(playground, () => author.id);
  const studio = createStudio();
  const show = async () => {
    const text = await readFile(path, 'utf8').catch(() => '');
    live.showPreview(await drawn(previewOf(text, file, draft), studio));
  };
  await show();
  const watcher = follow(path, () => void show());
  return {
    address: playground.url.replace(/\/api$/, '/preview.html'),
    async close() {
      watcher.close();
      await studio.close();
      live.close();
      await playground.close();
    },
  };
}

/** Editors often write beside a file and rename: the folder sees both ways. */
function follow(path: string, changed: () => void): FSWatcher {
  let waiting: NodeJS.Timeout | undefined;
  return watch(dirname(path), (_, name) => {
    if (name !== null && name !== basename(path)) return;
    clearTimeout(waiting);
    waiting = setTimeout(changed, SETTLE_MS);
  });
}

/** What an author sees of the text of a file. */
export function previewOf(
  text: string,
  file: string,
  { topics, points }: Pick<Draft, 'topics' | 'points'>,
): PreviewView {
  const named = basename(file, extname(file));
  const topic = topics.find(({ slug }) => slug === named || file.includes(`${slug}/`)) ?? topics[0]!;
  const { entries, problems } = parseItems(text, file, topic.slug);
  const byId = new Map(points.map((point) => [point.id, point]));
  return {
    file,
    findings: [
      ...problems.map((problem) => ({ severity: 'error' as const, ...problem })),
      ...entries.flatMap((entry) => checkItem(entry, byId, formulaProblem)),
    ].map(({ severity, line, item, field, message }) => ({ severity, line, item, field, message })),
    items: entries.map((entry) => viewItem(entry, topic)),
  };
}

/** The same with its pictures drawn; one that can't be drawn is left out. */
async function drawn(preview: PreviewView, studio: Studio): Promise<PreviewView> {
  const shown = structuredClone(preview);
  const cards = shown.items.flatMap((item) => Object.values(item.cards).flat());
  for (const item of cards.flatMap(walkAll).flatMap((component) => component.items ?? [])) {
    const picture = readPictureUrl(item.media.url);
    const png = picture && (await studio.draw(picture).catch(() => undefined));
    item.media.url = png ? `data:image/png;base64,${png.toString('base64')}` : '';
  }
  return shown;
}

function viewItem({ item, line }: Entry, topic: Topic): ItemView {
  const cards = Object.fromEntries(languages.map((language) => [language, cardsOf(item, topic, language)]));
  return { id: item.id, line, cards: cards as unknown as ItemView['cards'] };
}

/** As posted, and the solution. */
function cardsOf(item: Item, topic: Topic, language: Language): Component[][] {
  const order = 'options' in item.en ? Object.keys(item.en.options) : [];
  const post: Post = {
    key: 'preview',
    scheduleId: '',
    guildId: '',
    channelId: '',
    date: '2026-01-01' as Post['date'],
    day: 1,
    questionId: item.id,
    topic: item.topic,
    level: item.level,
    order,
    language,
    opensAt: 0,
    closesAt: Date.now() + DAY_MS,
    state: 'open',
    reacted: true,
    frozen: false,
  };
  const question = openCard(post, item, topic).components ?? [];
  const answer = answerCard(item, order, language, wordsOf(language));
  return [question, [answer]] as unknown as Component[][];
}

const SETTLE_MS = 80;
const DAY_MS = 86_400_000;
