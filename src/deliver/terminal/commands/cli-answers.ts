// Commands that answer: search, ask, verify, why.
import { MOST_FOUND, readFilter, type FilterInput } from "../../filter-input.ts";
import { renderAnswer } from "../../render/render-answer.ts";
import type { CommandKit, Options } from "../command-kit.ts";
import { merged, required, text, withFilter } from "../command-kit.ts";
import { jsonLine } from "../output.ts";
import { printReceipt, printReplay, printSearch } from "../print.ts";
import { readingNotice } from "../progress.ts";
import { page } from "../terminal-markup.ts";

export function registerAsking({ deps: { output }, command, withApp, give, batch, look }: CommandKit): void {
  withFilter(command("search [query]", "find passages", ["index", "embeddings"]))
    .option("--batch <file>", "one JSON object a line, - for standard input")
    .option("--all", "every passage that is found, one JSON object a line")
    .action(async (query: string | undefined, options: Options) =>
      withApp(options, async (app) => {
        const run = (words: string, input: FilterInput) => app.search(words, readFilter(input, MOST_FOUND));
        if (options["batch"] !== undefined)
          return batch(options, query, (line) => run(text(line, "query"), merged(options, line)));
        if (options["all"] === true) {
          const { k: _k, ...narrowing } = readFilter(options, MOST_FOUND);
          for await (const passage of app.searchAll(required(query, "search", "query"), narrowing))
            output.data(jsonLine(passage));
          return;
        }
        give(options, await run(required(query, "search", "query"), options), (result) => printSearch(result, look));
      }),
    );

  withFilter(command("ask [question]", "answer from the sources, every sentence cited", ["index", "embeddings", "model"]), [
    "mode",
  ])
    .option("--batch <file>", "one JSON object a line, - for standard input")
    .action(async (question: string | undefined, options: Options) =>
      withApp(options, async (app) => {
        const onProgress = options["batch"] === undefined ? readingNotice(output) : undefined;
        const run = (words: string, input: FilterInput) => app.ask(words, { ...readFilter(input), onProgress });
        if (options["batch"] !== undefined)
          return batch(options, question, (line) => run(text(line, "question"), merged(options, line)));
        give(options, await run(required(question, "ask", "question"), options), (answer) =>
          page(look, (markup) => renderAnswer(answer, markup)),
        );
      }),
    );

  command("verify", "does the source support the claim? exact facts, then the judge", ["model"])
    .requiredOption("--batch <file>", "lines {id, claim, source}, - for standard input")
    .action(async (options: Options) =>
      withApp(options, async (app) =>
        batch(options, undefined, async (line) => app.verify(text(line, "claim"), text(line, "source"))),
      ),
    );

  command("why <answer>", "how an answer came about: passages with scores, checks, versions, cost", ["index", "model"])
    .option("--replay", "ask the same again over the index as it is now, and say what changed")
    .action(async (answerId: string, options: Options) =>
      withApp(options, async (app) => {
        if (options["replay"] !== true) return give(options, await app.why(answerId), (receipt) => printReceipt(receipt, look));
        give(options, await app.replay(answerId), ({ replay, ...receipt }) => printReplay(receipt, replay, look));
      }),
    );
}
