// What the program can do, as its surfaces (terminal, Discord) see it. app.ts builds the one implementation; surfaces hold no other handle.
import type {
  Answer,
  Check,
  Coverage,
  Dated,
  Disagreement,
  Document,
  Filter,
  Sentence,
  Source,
  Span,
  StoredDocument,
  Told,
  Usage,
  Verdict,
} from "./domain.ts";
import type { FeedbackRecord, Receipt, Replay } from "./stores/state.ts";

export interface IngestOptions {
  /** Remove what is no longer among the inputs. Always so for the corpus folder. */
  prune?: boolean;
  /** Throw the index away first: after a change of the embedder. */
  rebuild?: boolean;
  /** The inputs are addresses to follow no more; with `prune` the documents that only they gave are removed. */
  unfollow?: boolean;
  /** `guild:<id>` when a server adds a source of its own. */
  scope?: string | null;
  signal?: AbortSignal | undefined;
  onProgress?: (progress: IngestProgress) => void;
  /** Ends when the words are stored; `background` has the vectors made behind it. By default they are waited for. */
  vectors?: "wait" | "background";
  /** While vectors are waited for. */
  onVectors?: ((progress: VectorProgress) => void) | undefined;
}

/** Passages that have a vector, of all. */
export interface VectorProgress {
  done: number;
  total: number;
}

export interface IngestProgress {
  done: number;
  total: number;
  current: string;
  passages: number;
}

export interface RefusedInput {
  input: string;
  code: string;
  reason: string;
}

export interface IngestReport {
  added: number;
  updated: number;
  unchanged: number;
  removed: number;
  failed: RefusedInput[];
  /** Notes on documents that were kept, e.g. a wrong date in the front matter. */
  warnings: string[];
  documents: number;
  passages: number;
  /** Passages without a vector: they are found by their words until the second phase has done them. */
  vectors_pending: number;
  took_ms: number;
}

export type SearchMode = "hybrid" | "vector" | "text";

export interface SearchOptions extends Filter {
  k?: number | undefined;
  mode?: SearchMode | undefined;
}

export interface FoundPassage extends Span {
  rank: number;
  score: number;
  document: Document;
  text: string;
  speaker: string | null;
}

export interface SearchResult {
  query: string;
  passages: FoundPassage[];
  warnings: string[];
}

/** What a follow-up question hangs on: the chain of questions and answers above it, oldest first. */
export interface Turn {
  question: string;
  answer: string;
  /** The answer itself, for "who said that?" and "tell me more"; absent where it is not kept. */
  given?: Answer | undefined;
}

export interface AskOptions extends Filter, OnAccount {
  /** Passages read, 1..50. */
  k?: number | undefined;
  history?: readonly Turn[] | undefined;
  /** Called with what was found before a model is asked, and waited for; never without a model. */
  onProgress?: ((reading: Coverage) => void | Promise<void>) | undefined;
  signal?: AbortSignal | undefined;
}

/** On whose account a request is: what a language model costs is theirs. */
export interface OnAccount {
  /** E.g. `discord:<user id>`. Kept with answers and summaries only, for `forget`. */
  asker?: string | undefined;
  /** US dollars a day that their server set for itself and for each person in it; the operator's hold besides. */
  ceilings?: { server: number | null; person: number | null } | undefined;
}

/** Filters narrow what the digest reads. */
export interface DigestOptions extends Filter, OnAccount {
  /** Local day, `YYYY-MM-DD`; without it the last 24 hours, or `since` to `until`. */
  date?: string | undefined;
  /** IANA name; UTC without it. */
  zone?: string | undefined;
  topic?: string | undefined;
  /** For a schedule: what became known since this instant, besides what was published. */
  from?: Date | undefined;
  /** Documents that the reader was told of before, with the day: their events are earlier ones. */
  told?: readonly { date: string; documents: readonly string[] }[] | undefined;
  signal?: AbortSignal | undefined;
}

/** That a document which had been read was corrected or withdrawn. */
export interface Correction {
  /** The same for the same notice, in letters and digits. */
  id: string;
  document: string;
  kind: "corrected" | "withdrawn";
  /** ISO instant at which it was noticed. */
  noticed: string;
  /** Who did what, in a sentence of ours. */
  text: string;
  /** What the publisher says of it, and what it says now: verbatim; empty where the text is gone. */
  sentences: Sentence[];
  /** What it said before and says no more; null where that is not known. */
  before: string | null;
}

/** How something was written, and what that cost. */
export interface Written {
  /** `model:<name>` where a language model wrote any of it, else `extractive`. */
  mode: string;
  usage: Usage | null;
  /** Of the receipt, where a language model was asked to write. */
  answer_id?: string;
}

/** What is told besides answers. */
export interface Report extends Written {
  sources: Source[];
  /** For the reader, e.g. that a date is not known. */
  warnings: string[];
}

/** One event of a digest, told by any number of documents. */
export interface DigestItem {
  /** Made from a cited sentence, checked like one. */
  headline: string;
  /** What a headline in a model's words rests on; absent where it is a title or a sentence of the entry. */
  headline_citations?: number[];
  /** One to three; what a text with a voice of its own says stands in `opinions`. */
  sentences: Sentence[];
  /** Publishers whose text carries one of its sentences, the first to tell it first. */
  outlets: string[];
  /** Publishers that tell of the event and carry none of the sentences; those on the other side of a dispute stand there. */
  also?: string[];
  /** Ids of the new documents that tell it. */
  documents: string[];
  /** Set when the event was told before: the last day on which it was reported, the title of that report, and all documents that told it. */
  earlier: { date: Dated; documents: string[]; title: string | null } | null;
  disagreements: Disagreement[];
  opinions: Sentence[];
}

export interface Digest extends Report {
  /** Local date in the zone. */
  date: string;
  zone: string;
  status: "ready" | "nothing_new";
  /** Weightiest first. */
  items: DigestItem[];
  /** Noticed in the period. A schedule tells them apart from its digests, as replies. */
  corrections: Correction[];
}

export interface Corrections {
  items: Correction[];
  sources: Source[];
}

export interface CheckedClaim extends Told {
  /** `not_covered`: the sources are silent about it, which says nothing about whether it is so. */
  verdict: "supported" | "contradicted" | "not_covered";
  why: string;
}

export interface CheckReport extends Report {
  claims: CheckedClaim[];
}

export const SUMMARY_LENGTHS = ["short", "medium", "long"] as const;
export type SummaryLength = (typeof SUMMARY_LENGTHS)[number];

export interface SummaryOptions extends Filter, OnAccount {
  /** Null or absent: of one document, or of everything in the window. */
  topic?: string | null | undefined;
  document?: string | undefined;
  length?: SummaryLength | undefined;
  /** As for a question. */
  onProgress?: AskOptions["onProgress"];
  signal?: AbortSignal | undefined;
}

/** `citations`: all places that tell it; the first one is the text's own. */
export interface TimelineEvent extends Told {
  /** `2025`, `2025-10` or `2025-10-31`, as `precision` says. */
  date: Dated;
  precision: "day" | "month" | "year";
  /** Of what a model wrote; quotations need none. */
  check?: Check;
}

export interface Timeline extends Report {
  topic: string;
  /** Earliest first. */
  events: TimelineEvent[];
  /** What is told of the topic without a day, month or year. */
  undated: Told[];
}

export interface Change extends Told {
  /** `changed`: reports had it otherwise before; `disputed`: another source has it otherwise, and it is not settled. */
  kind: "new" | "changed" | "disputed";
  /** What was told before, or by the other side, attributed and dated; null for what is new. */
  before: string | null;
  /** Of what a model wrote; quotations need none. */
  check?: Check;
}

export interface Changes extends Report {
  since: Dated;
  items: Change[];
}

export interface DoctorCheck {
  name: string;
  ok: boolean;
  detail: string;
  /** How to mend it; null when ok. */
  fix: string | null;
}

/** What the command line does besides briefing. */
export type Job = { kind: "move"; to: "postgres" | "files" } | { kind: "register"; dryRun: boolean } | MeasuringJob;

/** All sets for null. */
export type MeasuringJob = { kind: "bench" } | { kind: "eval"; set: string | null; sample: number | undefined };

/** For programs, and as lines for people. */
export interface JobReport {
  report: object;
  lines: string[];
}

export type Feedback = Omit<FeedbackRecord, "at">;

export type ExtractedDocument = Document & { text: string };

/** What stands in a file or behind an address, read and not stored. */
export type Extraction = ExtractedDocument | { feed: { title: string | null; url: string | null }; items: ExtractedDocument[] };

/** An address that is read again and again, with what became of it. Instants are ISO; null before the first time. */
export interface FollowedAddress {
  url: string;
  /** Null for everyone, else `guild:<id>`. */
  scope: string | null;
  kind: "page" | "feed";
  title: string | null;
  checkedAt: string | null;
  succeededAt: string | null;
  dueAt: string | null;
  /** In a row; it is tried again all the same, ever more rarely. */
  failures: number;
  lastProblem: string | null;
  /** That came from it the last time. */
  documents: number;
}

export interface Briefing {
  ingest(inputs: readonly string[], options?: IngestOptions): Promise<IngestReport>;
  /** Gives the passages that lack a vector theirs; whoever does so already is waited for. AbortError when `signal` fires: what is done is kept. */
  embed(options?: {
    signal?: AbortSignal | undefined;
    onProgress?: ((progress: VectorProgress) => void) | undefined;
  }): Promise<void>;
  /** How many passages there are, and how many of them have no vector yet. */
  vectors(): Promise<{ passages: number; pending: number }>;
  /** A file that was uploaded to Discord, for one scope; a later one of the same name takes its place. */
  ingestUpload(file: { name: string; address: string }, scope: string, signal?: AbortSignal): Promise<IngestReport>;
  /** Removes one document that belongs to one of these scopes; false where there is none. What everyone may read is never removed. */
  removeScoped(documentId: string, scopes: readonly string[]): Promise<boolean>;
  /** A file or an address, read and not stored; `url` says where a saved file came from. Failure with the reader's reason where it is refused. */
  extract(input: string, url?: string | null): Promise<Extraction>;
  documents(filter?: Filter): Promise<Document[]>;
  /** Feeds of the corpus folder's list, and addresses that were given to `ingest`; with `scopes` only everyone's and theirs. */
  followed(scopes?: readonly string[]): Promise<FollowedAddress[]>;
  /** Reads what is due of these; one report for each scope that something was due of. Throws what `ingest` throws. */
  refresh(signal?: AbortSignal): Promise<IngestReport[]>;
  /** By id, number in `documents`, beginning of an id or title that only one document has; Failure `document_unknown` with near ids otherwise. */
  show(id: string, scopes?: readonly string[]): Promise<StoredDocument>;
  coverage(filter?: Filter): Promise<Coverage>;
  search(query: string, options?: SearchOptions): Promise<SearchResult>;
  /** Every passage that holds a word of the query and the nearest in meaning, best first; read as it is asked for. */
  searchAll(query: string, options?: Omit<SearchOptions, "k">): AsyncIterable<FoundPassage>;
  ask(question: string, options?: AskOptions): Promise<Answer>;
  /** What is new, one entry an event; nothing is stored or posted. */
  digest(options?: DigestOptions): Promise<Digest>;
  /** Of the filter's documents, noticed at this ISO instant or later, oldest first. */
  corrections(since: string, filter?: Filter): Promise<Corrections>;
  /** Each claim of a text against the sources. Failure `claim_missing` where the text claims nothing. */
  check(text: string, filter?: Filter & OnAccount): Promise<CheckReport>;
  /** Of a topic, one document or a window; Failure `document_unknown`. */
  summarize(options?: SummaryOptions): Promise<Answer>;
  /** What happened when, by event time; nothing where the sources do not cover the topic, and a warning says so. */
  timeline(topic: string, filter?: Filter & OnAccount): Promise<Timeline>;
  /** What was published since then and not told before; of a topic or, for null, of everything. */
  changes(since: Dated, topic: string | null, filter?: Filter & OnAccount): Promise<Changes>;
  /** Whether the source says this: exact facts, then the judge, or closeness in wording. */
  verify(claim: string, source: string, signal?: AbortSignal): Promise<Verdict>;
  /** How an answer came about; Failure `answer_unknown` where it is not (or no longer) stored. */
  why(answerId: string): Promise<Receipt>;
  /** Asks the same again over the index as it is now; keeps no receipt of that. Failures as for `why`. */
  replay(answerId: string): Promise<Receipt & { replay: Replay }>;
  /** The receipt's answer; null where it is not (or no longer) stored. */
  recall(answerId: string): Promise<Answer | null>;
  feedback(feedback: Feedback): Promise<void>;
  /** Deletes everything stored of one asker; gives the number of records. */
  forget(asker: string): Promise<number>;
  doctor(): Promise<DoctorCheck[]>;
  close(): Promise<void>;
}
