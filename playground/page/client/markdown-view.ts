import { html, type nothing, type TemplateResult } from 'lit-html';
import { type Block, type Inline, type Item, parseMarkdown } from './markdown.ts';
import { nameOf, roleName } from './names.ts';
import { state } from './state.ts';
import { formatTime } from './time.ts';
import { words } from './words.ts';

type View = TemplateResult | string | typeof nothing;

const parsed = new Map<string, readonly Block[]>();

/** A text as Discord shows it. */
export function markdown(text: string): TemplateResult {
  let blocks = parsed.get(text);
  if (!blocks) {
    blocks = parseMarkdown(text);
    parsed.set(text, blocks);
  }
  return html`<div class="markdown">${blocks.map(block)}</div>`;
}

function block(each: Block): View {
  switch (each.kind) {
    case 'lines':
      return html`<p>${each.inner.map(inline)}</p>`;
    case 'subtext':
      return html`<p class="subtext">${each.inner.map(inline)}</p>`;
    case 'heading':
      return html`<p class=${`h${each.level}`} role="heading" aria-level="3">${each.inner.map(inline)}</p>`;
    case 'quote':
      return html`<blockquote>${each.blocks.map(block)}</blockquote>`;
    case 'code':
      return html`<pre><code>${each.text}</code></pre>`;
    case 'list':
      return each.ordered
        ? html`<ol start=${each.start}>${each.items.map(item)}</ol>`
        : html`<ul>${each.items.map(item)}</ul>`;
  }
}

function item({ depth, inner }: Item): View {
  return html`<li style="margin-inline-start:${depth}em">${inner.map(inline)}</li>`;
}

function inline(each: Inline): View {
  switch (each.kind) {
    case 'text':
      return each.text;
    case 'code':
      return html`<code>${each.text}</code>`;
    case 'bold':
      return html`<strong>${each.inner.map(inline)}</strong>`;
    case 'italic':
      return html`<em>${each.inner.map(inline)}</em>`;
    case 'underline':
      return html`<u>${each.inner.map(inline)}</u>`;
    case 'strike':
      return html`<s>${each.inner.map(inline)}</s>`;
    case 'spoiler':
      return html`<span class="spoiler" role="button" tabindex="0" aria-label=${words().spoiler}
        @click=${reveal} @keydown=${revealByKey}><span aria-hidden="true">${each.inner.map(inline)}</span></span>`;
    case 'link':
      return html`<a href=${each.url} target="_blank" rel="noreferrer noopener">${each.inner.map(inline)}</a>`;
    case 'user':
      return html`<span class="mention">@${nameOf(each.id)}</span>`;
    case 'role':
      return html`<span class="mention">@${roleName(each.id)}</span>`;
    case 'channel':
      return html`<span class="mention">#${channelName(each.id)}</span>`;
    case 'command':
      return html`<span class="mention">/${each.name}</span>`;
    case 'emoji':
      return `:${each.name}:`;
    case 'time': {
      const at = each.seconds * 1_000;
      return html`<time datetime=${new Date(at).toISOString()} title=${formatTime(at, 'F')}>${formatTime(at, each.style)}</time>`;
    }
  }
}

function channelName(id: string): string {
  const channels = state.scene?.servers.flatMap((server) => server.channels) ?? [];
  return channels.find((channel) => channel.id === id)?.name ?? 'unknown';
}

function reveal({ currentTarget }: Event): void {
  const spoiler = currentTarget as HTMLElement;
  spoiler.classList.add('open');
  spoiler.firstElementChild?.removeAttribute('aria-hidden');
  for (const attribute of ['role', 'tabindex', 'aria-label']) spoiler.removeAttribute(attribute);
}

function revealByKey(event: KeyboardEvent): void {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  event.preventDefault();
  reveal(event);
}
