import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInContainer,
  type APIContainerComponent,
  type APITextDisplayComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord.js';

/** The house's small parts of a message in Components V2. */
export function text(content: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content };
}

/** As much of a component as concerns its text. */
export type Texted = {
  readonly type: number;
  readonly content?: string;
  readonly components?: readonly Texted[];
};

/** How many characters of text a message shows, of which Discord takes 4,000. */
export function lengthOf(nodes: readonly Texted[] = []): number {
  return nodes.reduce((sum, { content = '', components }) => sum + content.length + lengthOf(components), 0);
}

export const line: APIComponentInContainer = { type: ComponentType.Separator, divider: true };

export function container(color: number, ...components: APIComponentInContainer[]): APIContainerComponent {
  return { type: ComponentType.Container, accent_color: color, components };
}

export function row(...buttons: APIButtonComponent[]): APIActionRowComponent<APIButtonComponent> {
  return { type: ComponentType.ActionRow, components: buttons };
}

export function button(
  id: string,
  label: string,
  { style = ButtonStyle.Secondary, disabled = false }: { style?: PressableStyle; disabled?: boolean } = {},
): APIButtonComponent {
  return { type: ComponentType.Button, custom_id: id, label, style, disabled };
}

type PressableStyle = Exclude<ButtonStyle, ButtonStyle.Link | ButtonStyle.Premium>;

/** Nobody is ever mentioned but who is asked for by id. */
export const nobody = { parse: [] };

/** What a person alone sees. */
export const ephemeralCard = MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral;

/** Accent colours, readable on both of Discord's themes. */
export const colors = {
  open: 0x5b8def,
  closed: 0x8a8f98,
  right: 0x3ba55d,
  wrong: 0xd9822b,
  plain: 0x7c6fd6,
} as const;
