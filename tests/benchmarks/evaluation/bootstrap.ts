// Confidence intervals by resampling. The random numbers are seeded, so that the same rows give the same interval.

export interface Interval {
  value: number;
  low: number;
  high: number;
}

const RESAMPLES = 2000;

/** Mean with its 95 % percentile interval; NaN of an empty list. */
export function meanWithInterval(values: readonly number[]): Interval {
  return withInterval(values, (sample) => sample.reduce((sum, value) => sum + value, 0) / sample.length);
}

/** Any figure of a list of rows with its 95 % percentile interval, rows being drawn with replacement. */
export function withInterval<Row>(
  rows: readonly Row[],
  figure: (sample: readonly Row[]) => number,
  resamples = RESAMPLES,
): Interval {
  const value = figure(rows);
  if (rows.length === 0) return { value, low: value, high: value };
  const random = seeded(rows.length);
  const drawn: number[] = [];
  for (let round = 0; round < resamples; round += 1) {
    const sample = rows.map(() => rows[Math.floor(random() * rows.length)] as Row);
    const one = figure(sample);
    if (!Number.isNaN(one)) drawn.push(one);
  }
  drawn.sort((a, b) => a - b);
  const at = (share: number): number => drawn[Math.min(drawn.length - 1, Math.floor(share * drawn.length))] ?? value;
  return { value, low: at(0.025), high: at(0.975) };
}

/** Small and even enough for resampling (mulberry32). */
function seeded(seed: number): () => number {
  let state = (seed + 0x9e37_79b9) | 0;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
