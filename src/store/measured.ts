import type { Collection, OrderedSet, Store } from './port.ts';

/** A store that says how long each call took, and whether it was answered. `seconds` is wall-clock time. */
export function measureStore(
  store: Store,
  observe: (operation: string, outcome: 'ok' | 'error', seconds: number) => void,
): Store {
  function timed<A extends unknown[], R>(operation: string, call: (...args: A) => Promise<R>) {
    return async (...args: A): Promise<R> => {
      const began = performance.now();
      const end = (outcome: 'ok' | 'error') =>
        observe(operation, outcome, (performance.now() - began) / 1000);
      try {
        const result = await call(...args);
        end('ok');
        return result;
      } catch (error) {
        end('error');
        throw error;
      }
    };
  }

  return {
    ...store,
    collection<T>(definition: Parameters<typeof store.collection<T>>[0]): Collection<T> {
      const { get, getMany, update } = store.collection(definition);
      return {
        get: timed('get', get),
        getMany: timed('getMany', getMany),
        update: timed('update', update) as Collection<T>['update'],
      };
    },
    orderedSet(name) {
      const set = store.orderedSet(name);
      return Object.fromEntries(
        Object.entries(set).map(([operation, call]) => [
          operation,
          timed(operation, call as () => Promise<unknown>),
        ]),
      ) as unknown as OrderedSet;
    },
  };
}
