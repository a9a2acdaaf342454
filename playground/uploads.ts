import { LIMIT } from './limits.ts';
import type { OptionFile, OptionValue } from './people.ts';
import type { Platform } from './platform.ts';

type Plain = Exclude<OptionValue, OptionFile>;

/**
 * Uploads the files among a command's values, as the client does before it sends the command.
 * @returns the values with the files' ids, and the files as Discord resolves them.
 * @throws Error for a file that is too large.
 */
export function uploadFiles(
  platform: Platform,
  values: Readonly<Record<string, OptionValue>>,
): { values: Record<string, Plain>; attachments: Record<string, object> } {
  const attachments: Record<string, object> = {};
  const plain = Object.entries(values).map(([name, value]): [string, Plain] => {
    if (typeof value !== 'object') return [name, value];
    const id = platform.mint();
    const data = Buffer.from(value.base64, 'base64');
    if (data.length > LIMIT.attachmentBytes) throw new Error(`${value.name} is too large for Discord`);
    const filename = value.name.replace(/[^\p{L}\p{N}._-]/gu, '_');
    const contentType = TYPES[/\.([a-z]+)$/.exec(filename)?.[1] ?? ''] ?? 'application/octet-stream';
    const url = `${platform.origin()}/attachments/${id}/${encodeURIComponent(filename)}`;
    platform.world.files.set(id, { filename, contentType, data });
    attachments[id] = {
      id,
      filename,
      size: data.length,
      url,
      proxy_url: url,
      content_type: contentType,
      ephemeral: true,
    };
    return [name, id];
  });
  return { values: Object.fromEntries(plain), attachments };
}

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  yaml: 'application/x-yaml; charset=utf-8',
  yml: 'application/x-yaml; charset=utf-8',
};
