// What comparing reads out of sentences, remembered: the same sentence is held against many others, and read again for the next question.
import { findNames } from "../text/names.ts";
import type { Candidate } from "./candidates.ts";
import { createRecent } from "./recent.ts";
import { readStatement, type Statement } from "./statement.ts";

const statements = createRecent<Statement>(3000);
const names = createRecent<string[]>(2000);

export function statementOf({ text, passage }: Pick<Candidate, "text" | "passage">): Statement {
  const { published } = passage.document;
  return statements(`${published}\n${text}`, () => readStatement(text, published));
}

/** Names in a passage and its title. */
export function namesAround({ passage }: Pick<Candidate, "passage">): string[] {
  const text = `${passage.document.title ?? ""}.\n${passage.text}`;
  return names(text, () => [...new Set(findNames(text).map((name) => name.text))]);
}
