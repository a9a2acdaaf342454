import { type APIContainerComponent, ButtonStyle } from 'discord.js';
import { type Holding, kinds, type PersonalKind } from '../../privacy/registry.ts';
import type { PrivacyWords } from '../words/privacy.ts';
import { button, colors, container, line, row, text } from './parts.ts';

type Holdings = ReadonlyMap<PersonalKind, Holding>;

/** What is kept of a person, in plain words. */
export function holdingsCard(holdings: Holdings, say: PrivacyWords): APIContainerComponent {
  return container(
    colors.plain,
    text([`### ${say.title}`, ...linesOf(holdings, say)].join('\n')),
    line,
    text(`-# ${say.use}`),
    row(button('privacy-export', say.export), button('privacy-ask', say.ask, { style: ButtonStyle.Danger })),
  );
}

/** What a deletion does, before it is done. */
export function confirmCard(holdings: Holdings, say: PrivacyWords): APIContainerComponent {
  const lines = holdings.size > 0 ? linesOf(holdings, say) : [say.confirmNothing];
  return container(
    colors.wrong,
    text([`### ${say.confirmTitle}`, ...lines].join('\n')),
    line,
    text(say.effects),
    text(say.stays),
    row(
      button('privacy-delete', say.delete, { style: ButtonStyle.Danger }),
      button('privacy-keep', say.keep),
    ),
  );
}

/** The same for a server. */
export function purgeCard({ purge, keep }: PrivacyWords): APIContainerComponent {
  return container(
    colors.wrong,
    text([`### ${purge.title}`, purge.what].join('\n')),
    text(purge.stays),
    row(button('purge-server', purge.delete, { style: ButtonStyle.Danger }), button('purge-keep', keep)),
  );
}

function linesOf(holdings: Holdings, say: PrivacyWords): string[] {
  const lines = kinds.flatMap((kind) => {
    const holding = holdings.get(kind);
    return holding ? [`- ${say.kinds[kind](holding.counts)}`] : [];
  });
  return lines.length > 0 ? lines : [say.nothing];
}
