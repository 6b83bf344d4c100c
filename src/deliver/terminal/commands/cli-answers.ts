// Commands that answer: search, ask, check, verify, why.
import { MOST_FOUND, readFilter } from "../../filter-input.ts";
import { renderAnswer } from "../../render/render-answer.ts";
import { renderCheck } from "../../render/render-briefing.ts";
import { renderReceipt, renderReplay, renderSearch } from "../../render/render-records.ts";
import { type CommandKit, type Options, text, withFilter } from "../command-kit.ts";
import { readingNotice } from "../progress.ts";

export function registerAsking({ deps: { output }, command, withApp, give, batch, takesText }: CommandKit): void {
  takesText(withFilter(command("search [query]", "find passages", ["index", "embeddings"])), {
    field: "query",
    run: (app, words, given) => app.search(words, readFilter(given, MOST_FOUND)),
    render: renderSearch,
    each(app, words, given) {
      const { k: _k, ...narrowing } = readFilter(given, MOST_FOUND);
      return app.searchAll(words, narrowing);
    },
  });

  const ask = command("ask [question]", "answer from the sources, every sentence cited", ["index", "embeddings", "model"]);
  takesText(withFilter(ask, ["mode"]), {
    field: "question",
    run(app, words, given) {
      const onProgress = given["batch"] === undefined ? readingNotice(output) : undefined;
      return app.ask(words, { ...readFilter(given), onProgress });
    },
    render: renderAnswer,
  });

  const check = command("check [text]", "is this so? each claim of a text: supported, contradicted or not covered", [
    "index",
    "embeddings",
  ]);
  takesText(withFilter(check, ["k", "mode"]), {
    field: "text",
    run: (app, words, given) => app.check(words, readFilter(given)),
    render: renderCheck,
  });

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
        if (options["replay"] === true) give(options, await app.replay(answerId), renderReplay);
        else give(options, await app.why(answerId), renderReceipt);
      }),
    );
}
