import { StoreUnavailable } from './port.ts';

/** What a piece of work may ask about the call that it works for. */
export type Call = { readonly expired: boolean };

/**
 * Settles as `work` does, or rejects once `milliseconds` have passed. Work that goes on in several steps looks at
 * `call.expired` before each, so that nothing new starts for a caller who has been refused.
 * @throws {StoreUnavailable} when the time is over
 */
export function withinDeadline<T>(milliseconds: number, work: (call: Call) => Promise<T>): Promise<T> {
  const call = { expired: false };
  return new Promise((resolve, reject) => {
    // An answer that already lies in the socket comes first, when it was this process that was held up.
    const refuse = () =>
      setImmediate(() => {
        call.expired = true;
        reject(new StoreUnavailable(`the store did not answer within ${milliseconds} ms`));
      });
    const timer = setTimeout(refuse, milliseconds);
    work(call)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
