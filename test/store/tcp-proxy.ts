import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type TcpProxy = {
  readonly port: number;
  /** All that the clients have sent, in order. */
  sent(): Buffer;
  /** From now on swallows what passes on the present connections, which stay open; new ones work. */
  mute(): void;
  /** Calls `act` at the n-th piece from now (from 1) that a client sends, before or after the server has got it. */
  at(n: number, when: 'before' | 'after', act: () => void): void;
  close(): Promise<void>;
};

/** Stands before a server on 127.0.0.1 and passes everything on. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const sent: Buffer[] = [];
  let trap: { left: number; when: 'before' | 'after'; act: () => void } | undefined;
  const springs = (when: 'before' | 'after') => trap?.left === 0 && trap.when === when;
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => {}).on('close', () => to.destroy());
      from.on('data', (chunk) => {
        if (from === client) {
          sent.push(chunk);
          if (trap) trap.left--;
          if (springs('before')) trap!.act();
        }
        if (sockets.has(from)) to.write(chunk);
        if (from === client && springs('after')) trap!.act();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  let muted: Socket[] = [];
  return {
    port: (server.address() as AddressInfo).port,
    sent: () => Buffer.concat(sent),
    mute() {
      muted = [...sockets];
      sockets.clear();
    },
    at(n, when, act) {
      trap = { left: n, when, act };
    },
    async close() {
      server.close();
      for (const socket of [...sockets, ...muted]) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** Sends bytes to a Redis server as they are, and resolves when all of them have been answered. */
export async function sendRaw(port: number, bytes: Buffer): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  let answers = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    answers += chunk;
  });
  socket.write(bytes);
  socket.write('*2\r\n$4\r\nECHO\r\n$8\r\nthe end.\r\n');
  while (!answers.includes('the end.')) await once(socket, 'data');
  socket.destroy();
}
