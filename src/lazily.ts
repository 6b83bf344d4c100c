// Things that are opened when they are first needed. Builds nothing itself.

/** Opened by the first `get`; `close` closes only what was opened. A failed opening is tried again by the next caller. */
export function lazily<T extends { close: () => Promise<void> }>(
  open: () => Promise<T>,
): { get: () => Promise<T>; close: () => Promise<void> } {
  let opening: Promise<T> | null = null;
  return {
    get: () => (opening ??= forgetFailure(open(), () => (opening = null))),
    close: async () => (await opening?.catch(() => null))?.close(),
  };
}

/** Runs `forget` when the opening fails. */
export function forgetFailure<T>(opening: Promise<T>, forget: () => void): Promise<T> {
  opening.catch(forget);
  return opening;
}
