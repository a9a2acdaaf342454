/** Gets a file that somebody has sent, whole. */
export type Download = (url: string, most: number) => Promise<Uint8Array | 'too-large'>;

/** The file could not be got, or its address is none of Discord's. */
export class DownloadFailed extends Error {
  override readonly name = 'DownloadFailed';
}

/**
 * Takes files from Discord's own hosts by https, and from the very place that the API is at, where that is another one. Nobody is
 * followed elsewhere, and what is larger than it may be is not read to its end.
 */
export function createDownload(apiUrl: string): Download {
  const home = new URL(apiUrl).origin;

  return async (url, most) => {
    const { protocol, hostname, origin } = new URL(url);
    const isDiscords = protocol === 'https:' && HOSTS.has(hostname);
    if (!isDiscords && origin !== home) throw new DownloadFailed('the address is none of Discord’s');
    try {
      const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(LONGEST) });
      if (!response.ok || !response.body) throw new DownloadFailed(`Discord answered ${response.status}`);
      const chunks: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of response.body) {
        size += chunk.length;
        // Leaving the loop ends the connection.
        if (size > most) return 'too-large';
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    } catch (error) {
      if (error instanceof DownloadFailed) throw error;
      throw new DownloadFailed('the file did not come', { cause: error });
    }
  };
}

const HOSTS: ReadonlySet<string> = new Set(['cdn.discordapp.com', 'media.discordapp.net']);

/** Milliseconds. */
const LONGEST = 10_000;
