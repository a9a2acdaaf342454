/** All text of a message in characters, and how many components it has, as Discord counts them. */
export function measure(value: unknown): { characters: number; components: number } {
  let characters = 0;
  let components = 0;
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const each of node) walk(each);
    else if (typeof node === 'object' && node !== null) {
      if ('type' in node) components++;
      for (const [key, each] of Object.entries(node)) {
        if (key === 'content' && typeof each === 'string') characters += each.length;
        else walk(each);
      }
    }
  };
  walk(value);
  return { characters, components };
}
