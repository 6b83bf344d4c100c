// Several streams read at a time, no further ahead than who reads the results; their entries are handed on as they come.

/** Starts the next stream when one has ended; none any more once the signal says so. The first failure is thrown to the caller. */
export async function* atOnce<T>(
  streams: readonly (() => AsyncGenerator<T>)[],
  most: number,
  signal?: AbortSignal,
): AsyncGenerator<T> {
  const running = new Map<AsyncGenerator<T>, Promise<{ stream: AsyncGenerator<T>; result: IteratorResult<T> }>>();
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
