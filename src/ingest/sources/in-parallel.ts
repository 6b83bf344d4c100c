// Work on a list, a few entries at a time, results in the list's order as soon as they can be had.

/** Stops starting new work when the signal says so or when the caller stops reading. */
export async function* inParallel<T, R>(
  entries: readonly T[],
  atOnce: number,
  work: (entry: T) => Promise<R>,
  signal?: AbortSignal,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  let next = 0;
  const start = (): void => {
    const entry = entries[next];
    if (next >= entries.length || signal?.aborted === true) return;
    next += 1;
    const one = work(entry as T);
    // a failure is thrown where its turn comes, not as an unhandled rejection before
    one.catch(() => undefined);
    running.push(one);
  };
  for (let i = 0; i < atOnce; i++) start();
  for (let first = running.shift(); first !== undefined; first = running.shift()) {
    const result = await first;
    start();
    yield result;
  }
}
