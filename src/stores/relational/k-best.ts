// The k best of many that come with a score, in order; of equal ones the first that came.

export interface Scored {
  id: number;
  score: number;
}

export function createBest(k: number): { offer(id: number, score: number): void; take(): Scored[] } {
  const kept: Scored[] = [];
  let least = Number.NEGATIVE_INFINITY;
  const take = (): Scored[] => {
    kept.sort((a, b) => b.score - a.score).splice(Math.max(0, k));
    if (kept.length >= k) least = kept.at(-1)?.score ?? Number.POSITIVE_INFINITY;
    return kept;
  };
  return {
    offer(id, score) {
      if (score <= least) return;
      kept.push({ id, score });
      if (kept.length > 2 * k) take();
    },
    take,
  };
}
