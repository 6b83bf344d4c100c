// The registry of evaluation sets, in the order in which `briefing eval` runs them.
import { answersSet } from "./answers-set.ts";
import { chunkingSet } from "./chunking-set.ts";
import { cranfieldSet } from "./cranfield-set.ts";
import type { EvaluationSet } from "./evaluation.ts";
import { excerptsSet } from "./excerpts-set.ts";
import { groundingSet } from "./grounding-set.ts";
import { newsSet } from "./news-set.ts";
import { refusalSet } from "./refusal-set.ts";

export const EVALUATION_SETS: readonly EvaluationSet[] = [
  newsSet,
  chunkingSet,
  cranfieldSet,
  groundingSet,
  refusalSet,
  answersSet,
  excerptsSet,
];
