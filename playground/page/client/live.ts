import type { News } from '../protocol.ts';

/** Listens to the server for as long as the window is open; after a loss it comes back by itself. */
export function connect(as: string, hear: (news: News) => void, onState: (connected: boolean) => void): void {
  const socket = new WebSocket(`ws://${location.host}/live?as=${as}`);
  socket.onopen = () => onState(true);
  socket.onmessage = ({ data }) => hear(JSON.parse(data) as News);
  socket.onclose = () => {
    onState(false);
    setTimeout(() => connect(as, hear, onState), RETRY_MS);
  };
}

const RETRY_MS = 1_000;
