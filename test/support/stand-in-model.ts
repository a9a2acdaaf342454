import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came to the stand-in, as it came. */
export type ModelRequest = {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly text: string;
  readonly body: { model: string; messages: { role: string; content: string }[] };
};

/** What it answers: an HTTP status and a text, sent after so many milliseconds. */
export type ModelReply = {
  readonly status?: number;
  readonly text: string;
  readonly after?: number;
  readonly headers?: Record<string, string>;
};

/** A local endpoint in OpenAI's chat format that answers as it is told. */
export async function startStandInModel() {
  const requests: ModelRequest[] = [];
  let answer: (request: ModelRequest) => ModelReply = () => chat({ points: [] });
  const server = createServer(async (message, response) => {
    const text = await read(message);
    const request = {
      url: message.url ?? '',
      authorization: message.headers.authorization,
      text,
      body: JSON.parse(text),
    };
    requests.push(request);
    const { status = 200, text: reply, after = 0, headers = {} } = answer(request);
    setTimeout(() => response.writeHead(status, headers).end(reply), after);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    /** From now on. */
    replies(next: ModelReply | ((request: ModelRequest) => ModelReply)): void {
      answer = typeof next === 'function' ? next : () => next;
    },
    close(): Promise<void> {
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

export type StandInModel = Awaited<ReturnType<typeof startStandInModel>>;

/** A chat completion whose message is this text, or this object as JSON. */
export function chat(content: string | object | null): ModelReply {
  const text = typeof content === 'object' && content !== null ? JSON.stringify(content) : content;
  return { text: JSON.stringify({ choices: [{ message: { role: 'assistant', content: text } }] }) };
}

async function read(message: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of message) text += chunk;
  return text;
}
