// Commands about documents: ingest, documents, show, extract.
import { Failure, misuse } from "../../../failure.ts";
import { readFilter } from "../../filter-input.ts";
import { renderDocuments, renderExtraction, renderFollowed, renderIngest, renderStored } from "../../render/render-records.ts";
import { type CommandKit, type Options, withFilter } from "../command-kit.ts";
import { progressLine, vectorLine } from "../progress.ts";

export function registerReading({ deps: { output }, command, withApp, give, takesText, setExit }: CommandKit): void {
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
        const unfollow = options["unfollow"] === true;
        if (inputs.some((input) => input.trim() === ""))
          throw misuse(
            "usage",
            "An input is empty.",
            "Name files, folders or addresses; without any, the corpus folder is read.",
          );
        if (unfollow && inputs.length === 0)
          throw misuse("usage", "No address to unfollow.", "Name it: briefing ingest --unfollow https://…");
        const stop = new AbortController();
        const onSignal = (): void => stop.abort();
        process.once("SIGINT", onSignal);
        const report = await app
          .ingest(inputs, {
            prune: options["prune"] === true,
            rebuild: options["rebuild"] === true,
            unfollow,
            signal: stop.signal,
            onProgress: progressLine(output),
            onVectors: vectorLine(output),
          })
          .catch((cause: unknown) => {
            if (!stop.signal.aborted) throw cause;
            const hint = "The same command goes on from there.";
            throw new Failure("interrupted", "Interrupted; what was read before is kept.", hint, { cause });
          })
          .finally(() => process.off("SIGINT", onSignal));
        output.status("");
        give(options, report, renderIngest);
        const accepted = unfollow ? inputs.length - report.failed.length : report.added + report.updated + report.unchanged;
        setExit(report.failed.length === 0 ? 0 : accepted === 0 ? 1 : 3);
      }),
    );

  withFilter(command("documents", "list what is in the index", ["corpus", "index", "embeddings"]), ["k", "mode"]).action(
    async (options: Options) =>
      withApp(options, async (app) => {
        const filter = readFilter(options);
        const documents = await app.documents(filter);
        if (options["json"] === true) return give(options, { documents }, () => []);
        const [all, copies, followed] = [await app.documents(), await app.copies(filter), await app.followed()];
        give(options, { documents }, (_, markup) => [
          ...renderDocuments(documents, all, markup),
          ...renderFollowed(copies, followed, markup),
        ]);
      }),
  );

  command(
    "show <document>",
    "one document, by its number in the list, its id or its title: text, passages, where each date was found",
    ["index", "embeddings"],
  ).action(async (id: string, options: Options) =>
    withApp(options, async (app) => give(options, await app.show(id), renderStored)),
  );

  const extract = command("extract [input]", "read a file or an address and print what was found; nothing is stored", [
    "corpus",
    "index",
  ]);
  takesText(extract, {
    field: "input",
    run: (app, input, { url }) => app.extract(input, typeof url === "string" ? url : null),
    render: renderExtraction,
  });
}
