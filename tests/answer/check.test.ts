// Claims against made-up notes, through the real index: half of the set was tuned on, the other half only reported.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judgeClaim, type Judged } from "../../src/answer/check/judge-claim.ts";
import type { Genre } from "../../src/domain.ts";
import claims from "../fixtures/check/claims.json" with { type: "json" };
import notes from "../fixtures/check/notes.json" with { type: "json" };
import { article } from "../support/documents.ts";
import { openNotes, type NotesIndex } from "../support/notes-index.ts";

describe("checking claims", () => {
  let index: NotesIndex;
  const judged: { set: string; text: string; wanted: string; got: Judged }[] = [];

  beforeAll(async () => {
    index = await openNotes(
      notes.map(({ id, text, publisher, published, author, title, genre }) =>
        article(`${id}.md`, text, { publisher, published, author, title, genre: genre as Genre }),
      ),
    );
    for (const { set, text, verdict } of claims) {
      const { passages } = await index.retriever.retrieve(text, { k: 12 });
      judged.push({ set, text, wanted: verdict, got: judgeClaim(text, passages) });
    }
  }, 120_000);
  afterAll(() => index.close());

  test.each(["open", "hidden"])("at least four of five right, and silence is never shown as contradiction (%s half)", (set) => {
    const half = judged.filter((one) => one.set === set);
    const wrong = half.filter((one) => one.got.verdict !== one.wanted);
    console.log(
      `${set}: ${(half.length - wrong.length) / half.length}\n${wrong.map((one) => `${one.wanted} -> ${one.got.verdict}: ${one.text} (${one.got.why})`).join("\n")}`,
    );
    expect(wrong.length / half.length).toBeLessThanOrEqual(0.2);
    expect(wrong.filter((one) => one.wanted === "not_covered" && one.got.verdict === "contradicted")).toEqual([]);
  });
});
