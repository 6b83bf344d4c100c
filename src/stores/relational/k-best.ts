// The k best of many that come with a score, in order; of equal ones the first that came.

export interface Best {
  offer(id: number, score: number): void;
  take(): { id: number; score: number }[];
}

export function createBest(k: number): Best {
  const kept: { id: number; score: number }[] = [];
  let least = k > 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return {
    offer(id, score) {
      if (kept.length >= k && score <= least) return;
      let low = 0;
      let high = kept.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((kept[middle]?.score ?? 0) >= score) low = middle + 1;
        else high = middle;
      }
      kept.splice(low, 0, { id, score });
      if (kept.length > k) kept.pop();
      if (kept.length >= k) least = kept.at(-1)?.score ?? least;
    },
    take: () => kept,
  };
}
