// Judge: a language model that reads. One request for the claims of an answer, a few for those of a digest; it sees them with what they cite, never the question. Nothing but a clear
// verdict counts: what is missing, given twice, or of no known kind is "not stated".
import { createHash } from "node:crypto";
import { z } from "zod";
import type { CitedText, Usage } from "../domain.ts";
import { Failure } from "../failure.ts";
import { type Claim, JUDGE_VERDICTS, type Judge, type Judgement, type JudgeVerdict } from "./judge.ts";
import { type LanguageModel, linesAbout, summed } from "./language-model.ts";

/** prompts/judge.md, slots to be filled. */
export interface JudgePrompt {
  fill(part: "System" | "User", slots: Readonly<Record<string, string>>): string;
}

export interface LlmJudgeOptions {
  model: LanguageModel;
  prompt: JudgePrompt;
  timeoutMs: number;
}

const REPLY = z.object({
  verdicts: z.array(
    z.object({
      claim: z.int().describe("The number of the claim."),
      verdict: z.enum(JUDGE_VERDICTS),
      reason: z.string().describe("At most twenty words."),
    }),
  ),
});

/** What a clear verdict is worth as a number; a model's own figures are no measure. */
const SCORES: Record<JudgeVerdict, number> = { supported: 0.9, not_stated: 0.25, contradicted: 0.05 };

const AT_ONCE = 24;
const REASON = 200;

export function createLlmJudge({ model, prompt, timeoutMs }: LlmJudgeOptions): Judge {
  return {
    name: model.name,
    reads: "judge",
    async judge(claims, signal) {
      const parts = Array.from({ length: Math.ceil(claims.length / AT_ONCE) }, (_, at) =>
        claims.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
      );
      const judged = await Promise.all(parts.map((part) => judgePart(part, signal)));
      return {
        judgements: judged.flatMap(({ judgements }) => judgements),
        usage: summed(...judged.map(({ usage }) => usage)),
      };
    },
  };

  async function judgePart(claims: readonly Claim[], signal?: AbortSignal): Promise<{ judgements: Judgement[]; usage: Usage }> {
    const deadline = AbortSignal.timeout(timeoutMs);
    const sources = listSources(claims.flatMap(({ cited }) => cited));
    const list = claims.map(({ text, cited }, index) => {
      const numbers = cited.map((one) => `S${sources.numberOf(one)}`).join(", ");
      return `${index + 1}. ${JSON.stringify(text)} (cites ${numbers === "" ? "nothing" : numbers})`;
    });
    try {
      const { value, usage } = await model.generate({
        system: prompt.fill("System", { mark: sources.mark }),
        user: prompt.fill("User", { sources: sources.text, claims: list.join("\n") }),
        schema: REPLY,
        signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
      });
      return { judgements: claims.map(({ cited }, index) => read(value, index + 1, cited)), usage };
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof Failure || !deadline.aborted) throw error;
      throw new Failure("model_failed", `${model.name} did not judge in time.`, "Use a faster JUDGE_MODEL.", { cause: error });
    }
  }
}

function read({ verdicts }: z.infer<typeof REPLY>, number: number, cited: readonly CitedText[]): Judgement {
  const given = verdicts.filter(({ claim }) => claim === number);
  const [first] = given;
  const unclear = (reason: string): Judgement => ({ verdict: "not_stated", score: SCORES.not_stated, reason });
  if (first === undefined) return unclear("the judge gave no verdict");
  if (given.some(({ verdict }) => verdict !== first.verdict)) return unclear("the judge contradicted itself");
  if (cited.length === 0) return unclear("there is no source");
  const reason = first.reason.replace(/\s+/g, " ").trim().slice(0, REASON);
  return {
    verdict: first.verdict,
    score: SCORES[first.verdict],
    reason: reason === "" ? first.verdict.replace("_", " ") : reason,
  };
}

/** Each source once, between marks that no document can imitate, with what is known of it on lines above. */
function listSources(cited: readonly CitedText[]): { mark: string; text: string; numberOf(one: CitedText): number } {
  const blocks = [...new Set(cited.map(blockOf))];
  const mark = `#${createHash("sha256").update(blocks.join("\0")).digest("hex").slice(0, 10)}`;
  return {
    mark,
    text: blocks
      .map((block, index) => `--- source S${index + 1} ${mark}\n${block}\n--- end of source S${index + 1} ${mark}`)
      .join("\n\n"),
    numberOf: (one) => blocks.indexOf(blockOf(one)) + 1,
  };
}

function blockOf({ before, after, ...source }: CitedText): string {
  const beside = (name: string, words: string | undefined): string[] => (words === undefined ? [] : [`${name}: ${words}`]);
  return [...linesAbout(source), ...beside("before", before), "", source.text, ...beside("\nafter", after)].join("\n");
}
