import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createDownload } from '../../src/discord/download.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** @returns its origin */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a file comes whole', async () => {
  const origin = await serve((_, response) => response.end('- id: a'));
  const bytes = await createDownload(`${origin}/api`)(`${origin}/attachments/1/a.yaml`, 100);
  expect(Buffer.from(bytes as Uint8Array).toString()).toBe('- id: a');
});

test('one that is larger than it may be is not read to its end, whatever it says of itself', async () => {
  let sent = 0;
  const origin = await serve((request, response) => {
    const send = () => {
      while (!response.destroyed && sent < 1_000_000_000 && response.write(Buffer.alloc(65_536)))
        sent += 65_536;
    };
    response.on('drain', send);
    send();
    request.on('close', () => response.destroy());
  });
  expect(await createDownload(origin)(`${origin}/large`, 100_000)).toBe('too-large');
  expect(sent).toBeLessThan(50_000_000);
});

test.each([
  'http://cdn.discordapp.com/attachments/1/a.yaml',
  'https://cdn.discordapp.com.example.org/a.yaml',
  'https://example.org/a.yaml',
  'http://169.254.169.254/latest/meta-data',
  'file:///etc/passwd',
])('%s is none of Discord’s addresses', async (url) => {
  await expect(createDownload('https://discord.com/api')(url, 100)).rejects.toThrow('none of Discord’s');
});

test('nobody is followed elsewhere', async () => {
  const elsewhere = await serve((_, response) => response.end('secret'));
  const origin = await serve((_, response) => response.writeHead(302, { Location: `${elsewhere}/a` }).end());
  await expect(createDownload(origin)(`${origin}/a`, 100)).rejects.toThrow('did not come');
});

test('what Discord does not have is said', async () => {
  const origin = await serve((_, response) => response.writeHead(404).end());
  await expect(createDownload(origin)(`${origin}/a`, 100)).rejects.toThrow('Discord answered 404');
});
