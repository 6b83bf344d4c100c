// Answers end to end over our own made-up news notes: answered right, refused right, every quotation a stretch of its text. Extractive, so
// that no model of anyone's is measured.
import type { Answer } from "../../../src/domain.ts";
import { meanWithInterval } from "./bootstrap.ts";
import type { EvaluationSet } from "./evaluation.ts";
import { readNewsSet } from "./news-set.ts";
import { sampled, skipped, withIndex } from "./searching.ts";

const ABOUT = "our own made-up news notes: whole answers, with their refusals and quotations";
const GOALS: Record<string, number> = { "quotations verbatim": 1 };

export const answersSet: EvaluationSet = {
  name: "answers",
  about: ABOUT,
  async run(pieces, options) {
    const set = readNewsSet();
    if (set === null) return skipped("answers", ABOUT, "the made-up notes of tests/fixtures are not there");
    const progress = (doing: string) => (done: number, total: number) =>
      options.onProgress?.({ set: "answers", done, total, doing });
    return withIndex(pieces, set.texts, progress("indexing"), async (store) => {
      const values = new Map<string, number[]>();
      const count = (name: string, holds: boolean): void => void values.set(name, [...(values.get(name) ?? []), holds ? 1 : 0]);
      const texts = new Map(set.texts.map(({ id, text }) => [id, text]));
      const questions = sampled(set.questions, options);
      for (const [index, { question, answer: wanted, answered_by, unanswerable }] of questions.entries()) {
        const answer = await pieces.ask(store, question);
        if (unanswerable === null) {
          count("answered right", holds(wanted, toldIn(answer)));
          count("first sentence right", holds(wanted, answer.sentences[0]?.text ?? ""));
          for (const { citations } of answer.sentences)
            count(
              "sentences from a text that answers",
              citations.some((n) => answered_by.includes(answer.sources[n - 1]?.document.id ?? "")),
            );
        } else count(`refused right, ${unanswerable}`, answer.status === "not_covered");
        for (const { document, quote, start, end } of [...answer.sources, ...answer.nearest])
          count("quotations verbatim", texts.get(document.id)?.slice(start, end) === quote);
        progress("asking")(index + 1, questions.length);
      }
      const figures = [...values].map(([name, list]) => ({
        name,
        ...meanWithInterval(list),
        n: list.length,
        goal: GOALS[name] ?? null,
      }));
      return { set: "answers", about: ABOUT, skipped: null, figures, comparisons: [], notes: [`${set.texts.length} texts`] };
    });
  },
};

function toldIn({ sentences, disagreements }: Answer): string {
  return [...sentences, ...disagreements.flatMap((entry) => entry.sides)].map((entry) => entry.text).join(" ");
}

function holds(wanted: readonly (readonly string[])[], text: string): boolean {
  const low = text.toLowerCase();
  return wanted.every((words) => words.some((word) => low.includes(word.toLowerCase())));
}
