// Facts and judge together: whoever judges, a fact that stands nowhere stops a claim; a judge that is down leaves facts and wording, and says so.
import { expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import type { Judge, JudgeVerdict } from "../../src/models/judge.ts";
import { citedTexts } from "../../src/verify/cited-text.ts";
import { createVerifier } from "../../src/verify/verifier.ts";

const cited = citedTexts("The port of Tolma lost 340 crates in the storm on Tuesday.");
const TRUE = { text: "In the storm 340 crates were lost at Tolma.", cited };
const WRONG = { text: "In the storm 350 crates were lost at Tolma.", cited };

function saying(reads: Judge["reads"], verdict: JudgeVerdict): Judge & { asked: string[] } {
  const asked: string[] = [];
  return {
    name: "scripted",
    reads,
    asked,
    judge(claims) {
      asked.push(...claims.map(({ text }) => text));
      const judgements = claims.map(() => ({ verdict, score: verdict === "supported" ? 0.9 : 0.1, reason: `it is ${verdict}` }));
      return Promise.resolve({ judgements, usage: { input_tokens: 10, output_tokens: 2, cost_usd: 0 } });
    },
  };
}
const down: Judge = {
  name: "down",
  reads: "judge",
  judge: () => Promise.reject(new Failure("model_failed", "It did not answer.", "Wait.")),
};

test("a judge that agrees with everything does not save a wrong number, and is not asked about it", async () => {
  const judge = saying("judge", "supported");
  const { checked, usage } = await createVerifier({ judge, wording: saying("wording", "supported") }).verify([WRONG, TRUE]);
  expect(checked.map(({ supported, method }) => [supported, method])).toEqual([
    [false, "facts and judge"],
    [true, "facts and judge"],
  ]);
  expect(checked[0]?.reasons).toEqual(["says 350, the source says 340"]);
  expect(judge.asked).toEqual([TRUE.text]);
  expect(usage?.input_tokens).toBe(10);
});

test("what the judge refuses is refused, with its reason", async () => {
  const { checked } = await createVerifier({ judge: saying("judge", "contradicted"), wording: down }).verify([TRUE]);
  expect(checked[0]).toMatchObject({ supported: false, contradicted: true, reasons: ["it is contradicted"] });
});

test("a judge that is down: facts and wording, and a warning", async () => {
  const { checked, warnings, usage } = await createVerifier({ judge: down, wording: saying("wording", "supported") }).verify([
    TRUE,
    WRONG,
  ]);
  expect(checked.map(({ supported, method }) => [supported, method])).toEqual([
    [true, "facts and wording"],
    [false, "facts and wording"],
  ]);
  expect(warnings.join()).toMatch(/judge is out of reach.*did not answer/);
  expect(usage).toBeNull();
});

test("without a judge the method says so", async () => {
  const { checked } = await createVerifier({ judge: null, wording: saying("wording", "not_stated") }).verify([TRUE]);
  expect(checked[0]).toMatchObject({ supported: false, contradicted: false, method: "facts and wording" });
});

test("a source may carry what is known of its documents on lines above each text", () => {
  const cited = citedTexts(
    "title: The bridge\npublished: 2025-11-04\nspeaker: Ada Lund, mayor\n\nIt opens on Monday.\n\npublisher: The Post\ngenre: report\n\nIt is closed.\n\nAnd: so it stays.",
  );
  expect(cited).toMatchObject([
    { text: "It opens on Monday.", title: "The bridge", published: "2025-11-04", speaker: "Ada Lund", role: "mayor" },
    { text: "It is closed.\n\nAnd: so it stays.", publisher: "The Post", genre: "report", published: null },
  ]);
  expect(citedTexts("Note: one line is text.\nSo is this.")).toMatchObject([{ text: "Note: one line is text.\nSo is this." }]);
});
