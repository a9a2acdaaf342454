import { type Playground, type PlaygroundOptions, startPlayground } from '../start.ts';

/** Something that is open in the browser until it is closed. */
export interface Opened {
  readonly address: string;
  close(): Promise<void>;
}

/** Starts a playground on the port that was asked for, or on a free one if that is taken. */
export async function listen(port: number, options: PlaygroundOptions): Promise<Playground> {
  try {
    return await startPlayground({ ...options, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return startPlayground({ ...options, port: 0 });
  }
}
