// What a comparison of claim and source found to object to.

export interface Finding {
  /** `contradicted`: the source says otherwise. `missing`: the source does not say it. */
  kind: "contradicted" | "missing";
  about: "quote" | "number" | "date" | "name" | "speaker" | "negation" | "outcome" | "role" | "standing" | "content";
  /** In words, for people. */
  reason: string;
  /** What differs, as claim and source write it, where that is one value. */
  words?: [claim: string, source: string];
}

/** What is known about a source besides its text and may support the frame of a statement. */
export interface GateContext {
  publisher?: string | null;
  author?: string | null;
  /** Who speaks in the passage where that is not the author. */
  speaker?: string | null;
  role?: string | null;
  /** ISO, as precise as known. */
  published?: string | null;
  title?: string | null;
  genre?: string | null;
}
