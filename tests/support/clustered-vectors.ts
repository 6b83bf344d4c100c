// Made vectors that lie in clusters, as those of texts do.

/** Unit vectors in clusters, the same on every run. */
export function clusteredVectors(count: number, dimension: number, clusters = 20): Float32Array[] {
  let seed = 42;
  const random = (): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return seed / 2 ** 32 - 0.5;
  };
  const unit = (values: number[]): Float32Array => {
    const length = Math.hypot(...values);
    return Float32Array.from(values, (value) => value / length);
  };
  const centres = Array.from({ length: clusters }, () => Array.from({ length: dimension }, random));
  return Array.from({ length: count }, (_, at) => unit((centres[at % clusters] ?? []).map((value) => value + random() * 0.8)));
}
