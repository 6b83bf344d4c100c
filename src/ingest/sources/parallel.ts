// Work on several things at a time, no further ahead than who reads the results: streams whose entries are handed on as they come, and lists
// whose results keep the list's order.

/** Starts the next stream when one has ended; none any more once the signal says so. The first failure is thrown to the caller. */
export async function* atOnce<T>(
  streams: readonly (() => AsyncGenerator<T>)[],
  most: number,
  signal?: AbortSignal,
): AsyncGenerator<T> {
  interface Step {
    stream: AsyncGenerator<T>;
    result: IteratorResult<T>;
  }
  const running = new Map<AsyncGenerator<T>, Promise<Step>>();
  const step = (stream: AsyncGenerator<T>): void => {
    const next = stream.next().then((result) => ({ stream, result }));
    // heard where its turn comes
    next.catch(() => undefined);
    running.set(stream, next);
  };
  let begun = 0;
  const fill = (): void => {
    if (signal?.aborted === true) return;
    for (const open of streams.slice(begun, begun + most - running.size)) {
      begun += 1;
      step(open());
    }
  };
  try {
    for (fill(); running.size > 0; fill()) {
      const { stream, result } = await Promise.race(running.values());
      running.delete(stream);
      if (result.done === true) continue;
      yield result.value;
      step(stream);
    }
  } finally {
    await Promise.allSettled([...running.keys()].map((stream) => stream.return(undefined)));
  }
}

/** Stops starting new work when the signal says so or when the caller stops reading. */
export async function* inParallel<T, R>(
  entries: readonly T[],
  most: number,
  work: (entry: T) => Promise<R>,
  signal?: AbortSignal,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  for (const entry of entries) {
    if (signal?.aborted === true) break;
    const one = work(entry);
    // a failure is thrown where its turn comes, not as an unhandled rejection before
    one.catch(() => undefined);
    if (running.push(one) === most) yield (await running.shift()) as R;
  }
  for (const one of running) yield await one;
}
