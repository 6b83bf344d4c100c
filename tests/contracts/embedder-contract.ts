// What every Embedder must keep; run on each implementation.
import { afterAll, describe, expect, test } from "vitest";
import type { Embedder } from "../../src/models/embedder.ts";

const TEXTS = [
  "The ferry to the northern islands was cancelled because of the storm.",
  "Bakers in the old town raised the price of bread.",
  "",
  "🚢 مرحبا — mixed \u0000 text \ud83d",
];

export function embedderContract(name: string, create: () => Embedder): void {
  describe(`embedder: ${name}`, () => {
    const embedder = create();
    afterAll(() => embedder.close());

    test("names itself, and gives unit vectors of one length in order", async () => {
      expect(embedder.identity).toMatch(/\S/);
      const together = await embedder.embed(TEXTS, "passage");
      expect(together).toHaveLength(TEXTS.length);
      for (const vector of together) {
        expect(vector).toBeInstanceOf(Float32Array);
        expect(vector).toHaveLength(together[0]?.length ?? 0);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
      }
      const alone = await embedder.embed([TEXTS[1] ?? ""], "passage");
      expect(alone[0]).toEqual(together[1]);
    });

    test("the same text gives the same vector, whatever stands beside it", async () => {
      const text = TEXTS[0] ?? "";
      const [first] = await embedder.embed([text], "passage");
      const crowd = await embedder.embed([...TEXTS, text, "x ".repeat(3000), text], "passage");
      expect(crowd[4]).toEqual(first);
      expect(crowd[6]).toEqual(first);
      expect(crowd[1]).not.toEqual(first);
    });

    test("no texts give no vectors", async () => {
      expect(await embedder.embed([], "query")).toEqual([]);
    });

    test("a signal gives the work up", async () => {
      await expect(embedder.embed(TEXTS, "passage", AbortSignal.abort())).rejects.toMatchObject({ name: "AbortError" });
      const control = new AbortController();
      const many = embedder.embed(
        Array.from({ length: 40 }, (_, at) => `Sentence number ${at}.`),
        "passage",
        control.signal,
      );
      control.abort();
      await expect(many).rejects.toMatchObject({ name: "AbortError" });
      expect(await embedder.embed(["Still alive."], "query")).toHaveLength(1);
    });
  });
}
