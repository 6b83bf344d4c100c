// What every Judge must keep; run on each implementation.
import { describe, expect, test } from "vitest";
import type { CitedText } from "../../src/domain.ts";
import type { Judge } from "../../src/models/judge.ts";

export const HIVES: CitedText = {
  text: "The beekeepers of Lindmoor lost 340 hives during the winter, their association said.",
  title: "A hard winter for bees",
  publisher: "Lindmoor Gazette",
  author: null,
  published: "2025-03-04",
  genre: "report",
  speaker: null,
  role: null,
};
const TRUE = { text: "In Lindmoor, 340 hives were lost over the winter, says the beekeepers' association.", cited: [HIVES] };
const BESIDE = { text: "The mayor of Tolma opened a new library for children on the market square.", cited: [HIVES] };

/** `create` is asked for a judge that will be given the claims of these lengths, one call after the other. */
export function judgeContract(name: string, create: (calls: readonly number[]) => Promise<Judge>): void {
  describe(`judge: ${name}`, () => {
    test("one judgement a claim, in order, its score on the side of its verdict", async () => {
      const judge = await create([3]);
      expect(judge.name).toMatch(/\S/);
      const { judgements } = await judge.judge([TRUE, BESIDE, TRUE]);
      expect(judgements.map(({ verdict }) => verdict)).toEqual(["supported", "not_stated", "supported"]);
      for (const { verdict, score, reason } of judgements) {
        expect(score >= 0.5).toBe(verdict === "supported");
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(reason).toMatch(/\S/);
      }
    });

    test("a claim that cites nothing is never supported; no claims give no judgements", async () => {
      const judge = await create([1, 0]);
      const { judgements } = await judge.judge([{ text: TRUE.text, cited: [] }]);
      expect(judgements[0]?.verdict).toBe("not_stated");
      expect((await judge.judge([])).judgements).toEqual([]);
    });

    test("a signal gives the work up", async () => {
      const judge = await create([]);
      await expect(judge.judge([TRUE], AbortSignal.abort())).rejects.toMatchObject({ name: "AbortError" });
    });
  });
}
