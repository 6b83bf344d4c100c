// Commands about documents: ingest, documents, show, extract.
import { Failure } from "../../../failure.ts";
import { readFilter } from "../../filter-input.ts";
import type { CommandKit, Options } from "../command-kit.ts";
import { required, text, withFilter } from "../command-kit.ts";
import { printSources } from "../print-sources.ts";
import { printDocuments, printExtraction, printIngest, printStored } from "../print.ts";
import { progressLine, vectorLine } from "../progress.ts";

export function registerReading({ deps: { output }, look, command, withApp, give, batch, setExit }: CommandKit): void {
  command("ingest [inputs...]", "read files and folders (default: the corpus folder) into the index", [
    "corpus",
    "index",
    "embeddings",
  ])
    .option("--prune", "remove what is no longer among the inputs")
    .option("--unfollow", "the inputs are addresses: follow them no more; with --prune their documents go too")
    .option("--rebuild", "throw the index away first, e.g. after a change of the sentence model")
    .action(async (inputs: string[], options: Options) =>
      withApp(options, async (app) => {
        if (inputs.some((input) => input.trim() === ""))
          throw new Failure(
            "usage",
            "An input is empty.",
            "Name files, folders or addresses; without any, the corpus folder is read.",
            { exit: 2 },
          );
        if (options["unfollow"] === true && inputs.length === 0)
          throw new Failure("usage", "No address to unfollow.", "Name it: briefing ingest --unfollow https://…", { exit: 2 });
        const stop = new AbortController();
        const onSignal = (): void => stop.abort();
        process.once("SIGINT", onSignal);
        const report = await app
          .ingest(inputs, {
            prune: options["prune"] === true,
            rebuild: options["rebuild"] === true,
            unfollow: options["unfollow"] === true,
            signal: stop.signal,
            onProgress: progressLine(output),
            onVectors: vectorLine(output),
          })
          .catch((cause: unknown) => {
            if (!stop.signal.aborted) throw cause;
            throw new Failure(
              "interrupted",
              "Interrupted; what was read before is kept.",
              "The same command goes on from there.",
              { cause },
            );
          })
          .finally(() => process.off("SIGINT", onSignal));
        output.status("");
        give(options, report, printIngest);
        const accepted =
          options["unfollow"] === true ? inputs.length - report.failed.length : report.added + report.updated + report.unchanged;
        setExit(report.failed.length === 0 ? 0 : accepted === 0 ? 1 : 3);
      }),
    );

  withFilter(command("documents", "list what is in the index", ["corpus", "index", "embeddings"]), ["k", "mode"]).action(
    async (options: Options) =>
      withApp(options, async (app) => {
        const filter = readFilter(options);
        const documents = await app.documents(filter);
        if (options["json"] === true) return give(options, { documents }, () => "");
        const sources = printSources(await app.copies(filter), await app.followed());
        const page = [printDocuments(documents, await app.documents(), look), ...sources].join("\n");
        give(options, { documents }, () => page);
      }),
  );

  command(
    "show <document>",
    "one document, by its number in the list, its id or its title: text, passages, where each date was found",
    ["index", "embeddings"],
  ).action(async (id: string, options: Options) =>
    withApp(options, async (app) => give(options, await app.show(id), (document) => printStored(document, look))),
  );

  command("extract [input]", "read a file or an address and print what was found; nothing is stored", ["corpus", "index"])
    .option("--batch <file>", "lines {id, input, url?}, - for standard input")
    .action(async (input: string | undefined, options: Options) =>
      withApp(options, async (app) => {
        if (options["batch"] !== undefined)
          return batch(options, input, (line) =>
            app.extract(text(line, "input"), typeof line["url"] === "string" ? line["url"] : null),
          );
        give(options, await app.extract(required(input, "extract", "file or address")), (found) => printExtraction(found, look));
      }),
    );
}
