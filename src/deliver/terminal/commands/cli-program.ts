// Commands that run or check the program: doctor, eval, bench, chat, start, register.
import { Option } from "commander";
import { readCount } from "../../filter-input.ts";
import { renderDoctor } from "../../render/render-records.ts";
import { type CommandKit, type Options, type SettingFlag, settingFlags } from "../command-kit.ts";

const ALL: readonly SettingFlag[] = ["corpus", "index", "embeddings", "model"];
const MOST_SAMPLED = 999_999;

export function registerRunning({ deps, command, withApp, give, setExit }: CommandKit): void {
  const onDoing = deps.output.status;
  command("doctor", "check the set-up; each failing check names its fix", ALL).action(async (options: Options) =>
    withApp(options, async (app) => {
      const checks = await app.doctor();
      give(options, { checks }, (_, markup) => renderDoctor(checks, markup));
      setExit(checks.every((check) => check.ok) ? 0 : 1);
    }),
  );

  command("eval [set]", "measure retrieval, grounding, refusal and answers", ["embeddings"])
    .option("--sample <number>", "at most so many questions of a set")
    .action(async (set: string | undefined, options: Options) => {
      const sample = options["sample"] === undefined ? null : readCount(options["sample"], "sample", MOST_SAMPLED);
      const { reports, lines } = await deps.evaluate(settingFlags(options), { set: set ?? null, sample, onDoing });
      onDoing("");
      give(options, { reports }, () => [lines.join("\n")]);
    });

  command("bench", "time starting, asking, searching, embedding and indexing on this machine", ["embeddings"]).action(
    async (options: Options) => {
      const { report, lines } = await deps.bench(settingFlags(options), { onDoing });
      onDoing("");
      give(options, report, () => [lines.join("\n")]);
    },
  );

  command("move", "carry index and memory into the database of DATABASE_URL, or back into files; nothing is embedded again", [
    "index",
  ])
    .addOption(new Option("--to <place>", "where to").choices(["postgres", "files"]).makeOptionMandatory())
    .action(async (options: Options) => {
      const to = options["to"] === "files" ? "files" : "postgres";
      const { report, lines } = await deps.move(settingFlags(options), { to, onDoing });
      onDoing("");
      give(options, report, () => [lines.join("\n")]);
    });

  command("chat", "ask in the terminal", ALL).action(async (options: Options) => setExit(await deps.chat(settingFlags(options))));
  command("start", "index the corpus, then the Discord bot, or the chat without a token", ALL).action(async (options: Options) =>
    setExit(await deps.start(settingFlags(options))),
  );
  command("register", "write the slash commands to Discord where they differ", [])
    .option("--dry-run", "only say what would be written")
    .action(async (options: Options) =>
      setExit(await deps.register(settingFlags(options), { dryRun: options["dryRun"] === true, json: options["json"] === true })),
    );
}
