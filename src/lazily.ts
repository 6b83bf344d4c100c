// Things that are opened when they are first needed. Builds nothing itself.

/** Opened by the first `get`, and again behind a `close`, which closes only what was opened. A failed opening is tried again by the next caller. */
export function lazily<T extends { close: () => Promise<void> }>(open: () => Promise<T>) {
  let opening: Promise<T> | null = null;
  return {
    get: (): Promise<T> => {
      if (opening !== null) return opening;
      const begun = open();
      begun.catch(() => (opening = null));
      return (opening = begun);
    },
    close: async (): Promise<void> => {
      const before = opening;
      opening = null;
      await (await before?.catch(() => null))?.close();
    },
  };
}
