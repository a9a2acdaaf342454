/** Name and description of a command, an option or a choice in both languages; en-US is given, or en-GB could show. */
export function localized(name: string, zhName: string, description: string, zhDescription: string) {
  return {
    name,
    name_localizations: { 'en-US': name, 'zh-CN': zhName },
    description,
    description_localizations: { 'en-US': description, 'zh-CN': zhDescription },
  };
}

export function localizedChoice<V extends string | number>(value: V, name: string, zhName: string) {
  return { value, name, name_localizations: { 'en-US': name, 'zh-CN': zhName } };
}
