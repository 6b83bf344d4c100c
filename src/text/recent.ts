// Remembers what was last made of texts, up to a number of them: reading the same passages again for the next question costs nothing.
// Holds no state that an answer could depend on.

/** One value a text, in order. */
type OfTexts<V> = (texts: readonly string[], signal?: AbortSignal) => Promise<V[]>;

export function createRecent<V extends object>(limit: number): (key: string, compute: () => V) => V {
  const known = new Map<string, V>();
  return (key, compute) => {
    const value = known.get(key) ?? compute();
    keep(known, key, value, limit);
    return value;
  };
}

/** The same for what is made of many texts at once. */
export function rememberTexts<V extends object | number>(make: OfTexts<V>, limit: number): OfTexts<V> {
  const known = new Map<string, V>();
  return async (texts, signal) => {
    const found = new Map(texts.map((text) => [text, known.get(text)]));
    const missing = [...found].flatMap(([text, value]) => (value === undefined ? [text] : []));
    const made = missing.length === 0 ? [] : await make(missing, signal);
    for (const [at, text] of missing.entries()) found.set(text, made[at]);
    for (const [text, value] of found) if (value !== undefined) keep(known, text, value, limit);
    return texts.map((text) => found.get(text) as V);
  };
}

/** What has not been kept anew for longest is forgotten first. */
export function keep<V>(known: Map<string, V>, key: string, value: V, limit: number): void {
  known.delete(key);
  known.set(key, value);
  for (const oldest of known.keys()) {
    if (known.size <= limit) break;
    known.delete(oldest);
  }
}
