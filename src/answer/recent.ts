// Remembers what was last computed for a key, up to a number of keys: reading the same passages again for the next question costs nothing.
// Holds no state that an answer could depend on.

/** The oldest keys are forgotten first. */
export function createRecent<V>(limit: number): (key: string, compute: () => V) => V {
  const known = new Map<string, V>();
  return (key, compute) => {
    const found = known.get(key);
    if (found !== undefined || known.has(key)) {
      known.delete(key);
      known.set(key, found as V);
      return found as V;
    }
    const value = compute();
    if (known.size >= limit) {
      for (const oldest of known.keys()) {
        known.delete(oldest);
        break;
      }
    }
    known.set(key, value);
    return value;
  };
}
