// The vocabulary of the whole program: what a document, a passage and an answer are. Types and constants only, no work.
// The shapes that leave the program (Document, Source, Sentence, Answer …) are the ones of the command contract.

export const GENRES = ["report", "analysis", "opinion", "interview", "statement"] as const;
export type Genre = (typeof GENRES)[number];

/** A calendar date or instant as precise as its source: `2025`, `2025-10`, `2025-10-31`, or ISO 8601 with time and offset. */
export type Dated = string;

/** What is known about a document. Null where unknown, never guessed. */
export interface Document {
  id: string;
  title: string | null;
  publisher: string | null;
  /** Several authors are joined by `, `. */
  author: string | null;
  published: Dated | null;
  updated: Dated | null;
  /** When this program read the document: always known, never shown as its publication date. */
  fetched: Dated;
  genre: Genre | null;
  url: string | null;
  /** Relative to the corpus folder, with forward slashes; null for what came from the network. */
  path: string | null;
  language: string | null;
}

/** Half-open range of UTF-16 units in a document's stored text. */
export interface Span {
  start: number;
  end: number;
}

/** Whose words they are. */
export interface Voice {
  /** Who speaks where that is not the document's author: an expert with a part of their own. */
  speaker: string | null;
  /** The speaker's role or office as the text gives it. */
  role: string | null;
}

/** A stretch of the stored text with one role and one voice. Blocks are in order, do not overlap and leave only white space between them. */
export interface Block extends Span, Voice {
  kind: "heading" | "paragraph" | "item";
}

/** Where a value of a document was found, for `show`: e.g. `front matter`, `line 3: "31 October 2025 23:03"`. */
export type Evidence = Partial<
  Record<"title" | "publisher" | "author" | "published" | "updated" | "genre" | "url" | "language", string>
>;

/** What the ingest stage hands on: one document, cleaned, with nothing in `text` that is not its own. */
export interface Article {
  /** What identifies the document between runs: `file:<path>` or `url:<canonical address>`. */
  source: string;
  /** Hash of the bytes it was made from and of the reader's version; equal means nothing to do. */
  fingerprint: string;
  document: Document;
  text: string;
  blocks: Block[];
  evidence: Evidence;
  /** Front matter keys that the program does not know, kept as they are. */
  extra: Record<string, unknown>;
  /** Problems that did not stop it, in words for people: a wrong date in the front matter, hidden text removed. */
  warnings: string[];
  /** Who may see it: null for everyone, else `guild:<id>` or `role:<id>`. */
  scope: string | null;
}

/** What became of one input: what the ingest stage yields and the index stage takes. */
export type ReadOutcome =
  | { kind: "article"; input: string; article: Article }
  /** Its fingerprint is the indexed one: it was not read further. */
  | { kind: "unchanged"; input: string; source: string }
  /** `source`, where it is known, keeps an earlier version of the document in the index: unreadable is not gone. */
  | { kind: "refused"; input: string; code: string; reason: string; source: string | null };

/** A document as the store gives it back: what `show` prints. */
export interface StoredDocument extends Document, Pick<Article, "text" | "blocks" | "evidence" | "extra" | "scope"> {
  passages: Span[];
}

/** A passage on its way into the store, before it has an id. */
export interface PassageDraft extends Span, Voice {
  /** The slice `start..end` of the stored text, byte for byte. */
  text: string;
  /** The heading it stands under, or null. */
  heading: string | null;
  /** What the embedder and the text index read besides the text. */
  context: string;
}

/** A run of whole sentences of one voice: what is embedded, searched and cited. */
export interface Passage extends Omit<PassageDraft, "context"> {
  /** Integer key of the store, never used again for another passage; also the label in the vector index. */
  id: number;
  document: Document;
}

/** A passage that retrieval ranked, best first. Scores are comparable within one list only. */
export interface RankedPassage {
  passage: Passage;
  score: number;
  /** Cosine of question and passage, -1..1; null where the vector side was not asked. */
  cosine: number | null;
  /** BM25 over the largest score the query could reach, 0..1; null where the text side was not asked. */
  lexical: number | null;
}

/** What narrows a search. All conditions hold together; they are applied inside the index, for words and vectors alike. */
export interface Filter {
  /** Published on this day or later / earlier. Undated documents are left out unless `undated` is set. */
  since?: Dated | undefined;
  until?: Dated | undefined;
  /** Nothing that was published later is read. */
  asOf?: Dated | undefined;
  publisher?: string | undefined;
  genre?: Genre | undefined;
  undated?: boolean | undefined;
  /** Scopes that may be read besides what everyone may read. */
  scopes?: readonly string[] | undefined;
  /** Only these documents. */
  documents?: readonly string[] | undefined;
  /** Not these documents (hidden by a server). */
  hidden?: readonly string[] | undefined;
}

export interface Source extends Span {
  /** The number that sentences cite, from 1. */
  n: number;
  document: Document;
  speaker: string | null;
  /** Exactly `text.slice(start, end)` of the stored text. */
  quote: string;
  /** `url#:~:text=…`, or null where the document has no address. */
  link: string | null;
}

export interface Check {
  supported: boolean;
  /** 0..1 */
  score: number;
  /**
   * `verbatim`, `framed quote`, `metadata` (of the cited documents themselves): true by construction. `facts and judge`: exact facts, and a language
   * model read it against its sources. `facts and wording`: exact facts, and close to its sources in wording, which is no proof.
   */
  method: string;
}

/** What is told, with the numbers of its sources. */
export interface Told {
  text: string;
  citations: number[];
}

export interface Sentence extends Told {
  check: Check;
}

export interface Side extends Told {
  published: Dated | null;
}

export interface Disagreement {
  about: string;
  sides: Side[];
  note: string;
}

export interface Coverage {
  documents: number;
  from: Dated | null;
  to: Dated | null;
  publishers: string[];
}

export interface Usage {
  input_tokens: number;
  output_tokens: number;
  cost_usd: number;
}

export type AnswerStatus = "answered" | "partial" | "not_covered";

/** What people say to the program itself, about it or about what it has read. */
export type Talk = "greeting" | "thanks" | "farewell" | "help" | "corpus";

/** What is said to the program itself is answered by a few words about it; they claim nothing of the world, so they cite nothing. */
export interface Reply {
  /** `note`: a question that points at something nobody named, or that was told in full. */
  kind: Talk | "note";
  /** Lines for people. */
  text: string;
  /** Questions that the documents answer, made from their own titles and names. */
  questions: string[];
}

/** A part of a question: whether the passages cover it, why in words, and how surely (0..1; one half is the line). */
export interface AskedPart {
  text: string;
  covered: boolean;
  why: string;
  score: number;
}

export interface Answer {
  answer_id: string;
  question: string;
  status: AnswerStatus;
  sentences: Sentence[];
  disagreements: Disagreement[];
  sources: Source[];
  nearest: Source[];
  /** Only where there was nothing to look up; the status is then `not_covered` and there are no sentences. */
  reply?: Reply;
  coverage: Coverage;
  /** `extractive` or `model:<name>`. */
  mode: string;
  warnings: string[];
  usage: Usage | null;
  timing_ms: { retrieve: number; answer: number; check: number; total: number };
}

/** A stretch of a document that a statement cites, with what is known of the document: all of it is the source. */
export interface CitedText extends Voice, Pick<Document, "title" | "publisher" | "author" | "published" | "genre"> {
  text: string;
  /** The sentences beside it, to know who and what is meant: they carry nothing themselves. */
  before?: string | undefined;
  after?: string | undefined;
}

/** That a publisher put a document right, or took it back, which had been read before. The document itself may be another version by now, or gone. */
export interface Notice {
  document: string;
  kind: "corrected" | "withdrawn";
  /** ISO instant at which it was noticed. */
  at: string;
  /** Sentences (a line each) or title that are gone, and that are new; null for none. */
  before: string | null;
  after: string | null;
  /** The correction line, or the server's answer. */
  reason: string;
  /** Who may see it, as the document's. */
  scope: string | null;
}

/** A sentence as a language model wrote it, and what was said of it: for receipts. */
export interface WrittenSentence {
  text: string;
  /** Numbers of sentences as the model gave them. */
  cites: string[];
  /** Written to mend a sentence that failed. */
  repair: boolean;
  kept: boolean;
  /** What is wrong with its form, and what exact facts speak against it. */
  form: string[];
  facts: string[];
  /** The judge's verdict and reason; null where it was not asked. */
  judge: string | null;
}

/** Whether one claim stands in its source. */
export interface Verdict extends Check {
  /** In words: what is missing or contradicted; on success what carried it. */
  reasons: string[];
}

/** A sentence that was written and not told: it failed its check. */
export interface DroppedSentence extends Pick<Verdict, "reasons"> {
  text: string;
}

/** What retrieval understood of a question; handed on to the answer stage. */
export interface Inquiry {
  /** The question as it is answered: a follow-up is completed from its history. */
  text: string;
  /** Stems of its content words, in order, without repeats. */
  stems: string[];
  /** Quoted phrases, as they stand. */
  phrases: string[];
  /** Names of people, places and organisations in it, as written. */
  names: string[];
  /** The parts of a question that asks more than one thing; one entry for an ordinary question. */
  parts: string[];
  /** The period the question speaks of ("in September", "since Monday"), resolved against now; bounds inclusive. */
  period: { since: Dated | null; until: Dated | null; text: string } | null;
  /** English name of the language that it is in, where that is not English. */
  language?: string | null | undefined;
  /** It asks for the present state of things, so newer reports weigh more. */
  wantsLatest: boolean;
  /** Publishers, authors and speakers whose own words it asks for; absent before the documents were looked at. */
  voices?: readonly string[] | undefined;
}

/** What the retrieve stage hands on. */
export interface Retrieval {
  inquiry: Inquiry;
  /** Best first, near-duplicates suppressed, spread over sources. */
  passages: RankedPassage[];
  /** What the search was narrowed to, flags and understood period together. */
  filter: Filter;
  coverage: Coverage;
  /** For the reader, e.g. how many undated documents were left out. */
  warnings: string[];
}
