// Port: what must outlive a re-index: receipts of answers, feedback, who asked what, settings of servers. Never rebuilt, never deleted by ingest.
// SQLite is the default (sqlite/state-store).
import type { Answer, AskedPart, DroppedSentence, Filter, Notice, WrittenSentence } from "../domain.ts";
import type { DigestStore } from "./digests.ts";
import type { SpendingStore } from "./spending.ts";

/** A turn that the question hung on; `answerId` where its answer has a receipt of its own. */
export interface PastTurn {
  question: string;
  answer: string;
  answerId: string | null;
}

/** What was asked for, as it was given: enough to ask again. */
export type AskedFor =
  | { kind: "ask"; question: string; k: number | null; history: PastTurn[]; filter: Filter }
  | { kind: "summary"; topic: string | null; document: string | null; length: "short" | "medium" | "long"; filter: Filter };

/** How an answer came about, enough to explain it and to ask again the same way. */
export interface Trail {
  /** Absent in receipts of earlier versions. */
  asked?: AskedFor;
  filter: Filter;
  /** Best first, with the scores they were ranked by. */
  passages: { document: string; start: number; end: number; score: number; cosine: number | null; lexical: number | null }[];
  /** Absent in receipts that were kept by earlier versions. */
  dropped?: DroppedSentence[];
  /** What was found of each part of the question, where no model and no pasted text decided it. */
  parts?: AskedPart[];
  /** Every sentence as a language model wrote it, kept or not; absent where none did. */
  written?: WrittenSentence[];
  index: { embedder: string; schema: number; generation: number } | null;
  /** Names and hashes of the prompts' texts; null for extractive answers. */
  prompt: string | null;
}

export interface Receipt {
  answer: Answer;
  trail: Trail;
  asker: string | null;
  /** ISO instant. */
  at: string;
}

/** An answer that was given again, beside what was told the first time. */
export interface Replay {
  same: boolean;
  /** The index was written to since, or made by another model. */
  index_changed: boolean;
  status: Answer["status"];
  mode: string;
  /** Sentences that are no longer told, and that are told now. */
  gone: string[];
  added: string[];
  answer: Answer;
}

export interface FeedbackRecord {
  answerId: string;
  asker: string;
  helpful: boolean;
  reason: string | null;
  at: string;
}

/** One question and its answer as a message of a conversation: how replies find what they hang on. */
export interface TurnRecord {
  /** The id of the message that carries the answer, e.g. a Discord message id. */
  messageId: string;
  /** The message of the bot that the question replied to; null at the beginning of a chain. */
  parentId: string | null;
  asker: string;
  question: string;
  answerId: string;
  at: string;
}

export interface StateStore {
  /** The same notice on the same day is kept once; a withdrawal once for all. */
  saveNotice(notice: Notice): Promise<void>;
  /** Oldest first, noticed at `since` or later; those of a scope only to who may read it. */
  notices(since: string, scopes?: readonly string[]): Promise<Notice[]>;
  saveReceipt(receipt: Receipt): Promise<void>;
  receipt(answerId: string): Promise<Receipt | null>;
  /** One opinion a person and answer; a later one replaces it. */
  saveFeedback(feedback: FeedbackRecord): Promise<void>;
  feedbackOn(answerId: string): Promise<FeedbackRecord[]>;
  saveTurn(turn: TurnRecord): Promise<void>;
  turn(messageId: string): Promise<TurnRecord | null>;
  /** A named value (e.g. the digest of the last command registration); null when never set. */
  value(key: string): Promise<string | null>;
  setValue(key: string, value: string): Promise<void>;
  /** Deletes receipts, feedback and turns of one asker; gives the number of records. */
  forget(asker: string): Promise<number>;
  /** Scheduled digests and what became of them. */
  digests: DigestStore;
  /** What language models cost today. */
  spending: SpendingStore;
  close(): Promise<void>;
}
