import { type Field, labelOf, type Offer, OptionType } from './command-line.ts';
import { nameOf, serverHere } from './names.ts';
import { localeOf, words } from './words.ts';

/** What an option has to be chosen from; undefined for one that is written. */
export function offersOf({ option }: Field): readonly Offer[] | undefined {
  const locale = localeOf();
  if (option.choices?.length) {
    return option.choices.map((choice) => ({ label: labelOf(choice, locale), value: choice.value }));
  }
  const server = serverHere();
  const users = () => (server?.members ?? []).map(({ id }) => ({ label: `@${nameOf(id)}`, value: id }));
  const roles = () => (server?.roles ?? []).map(({ id, name }) => ({ label: `@${name}`, value: id }));
  switch (option.type) {
    case OptionType.Boolean:
      return [
        { label: words().option.yes, value: true },
        { label: words().option.no, value: false },
      ];
    case OptionType.User:
      return users();
    case OptionType.Role:
      return roles();
    case OptionType.Mentionable:
      return [...users(), ...roles()];
    case OptionType.Channel:
      return (server?.channels ?? []).map(({ id, name }) => ({ label: `#${name}`, value: id }));
    default:
      return undefined;
  }
}

/** Those of the offers that what was typed fits. */
export function fitting(offers: readonly Offer[], typed: string): readonly Offer[] {
  const wanted = typed.trim().toLowerCase().replace(/^[#@]/, '');
  return offers.filter(({ label }) => label.toLowerCase().includes(wanted));
}
