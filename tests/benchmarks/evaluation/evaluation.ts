// What an evaluation is: a named set, the parts of the program that it measures, and the figures it reports. A set reads its texts from
// tests/fixtures or ../shared/data, builds what it needs in a folder of its own, and touches neither the reader's index nor the network.
import type { Answer, Article, Filter, PassageDraft, Retrieval, Verdict } from "../../../src/domain.ts";
import type { Embedder } from "../../../src/models/embedder.ts";
import type { SearchMode } from "../../../src/results.ts";
import type { KnowledgeStore } from "../../../src/stores/knowledge.ts";

/** The real parts of the program. */
export interface EvaluationPieces {
  embedder: Embedder;
  /** A fresh store in an empty folder. The caller closes it. */
  openStore(folder: string): Promise<KnowledgeStore>;
  split(article: Article): PassageDraft[];
  /** The search over that store; `embedder` is the one that filled it. */
  retriever(store: KnowledgeStore, embedder: Embedder): Searching;
  /** The extractive answer to a question over that store. */
  ask(store: KnowledgeStore, question: string): Promise<Answer>;
  verify(claim: string, source: string): Promise<Verdict>;
}

/** The retrieve stage as a set sees it. */
export interface Searching {
  retrieve(question: string, options: { k: number; mode: SearchMode; filter?: Filter }): Promise<Retrieval>;
}

export interface Figure {
  name: string;
  value: number;
  /** Bounds of the 95 % bootstrap interval; null where the figure is a plain count or size. */
  low: number | null;
  high: number | null;
  /** Questions, pairs or texts it was measured on. */
  n: number;
  /** What the project wants to reach; null where nothing is set. */
  goal: number | null;
}

/** The same questions answered two ways: the mean of the differences, with its 95 % bootstrap interval. */
export interface Comparison {
  name: string;
  difference: number;
  low: number;
  high: number;
  n: number;
}

export interface SetReport {
  set: string;
  about: string;
  /** Why nothing was measured; null where it was. */
  skipped: string | null;
  figures: Figure[];
  comparisons: Comparison[];
  notes: string[];
}

export interface EvaluationOptions {
  /** At most so many questions of a set, for a quick look; all when absent. */
  sample?: number | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: { set: string; done: number; total: number; doing: string }) => void) | undefined;
}

export interface EvaluationSet {
  name: string;
  about: string;
  run(pieces: EvaluationPieces, options: EvaluationOptions): Promise<SetReport>;
}

export interface TimingFigure {
  name: string;
  unit: "ms" | "a second" | "MB";
  /** The median where there are several measurements. */
  value: number;
  p95: number | null;
  /** Measurements. */
  n: number;
  /** For `p95` where there is one, else for `value`; a rate should be above it, a time or size below. Null where nothing is set. */
  goal: number | null;
}

export interface BenchReport {
  machine: { cores: number; node: string; load: number };
  embedder: string;
  documents: number;
  passages: number;
  figures: TimingFigure[];
  /** What was not measured, and why. */
  notes: string[];
}

export type BenchProgress = (progress: { doing: string; done: number; total: number }) => void;
