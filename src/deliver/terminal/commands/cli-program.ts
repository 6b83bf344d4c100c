// Commands that run or check the program: doctor, eval, bench, move, chat, start, register.
import { Option } from "commander";
import type { Job } from "../../../results.ts";
import { readCount } from "../../filter-input.ts";
import { renderDoctor } from "../../render/render-records.ts";
import { type CommandKit, type Options, type SettingFlag, settingFlags } from "../command-kit.ts";

const ALL: readonly SettingFlag[] = ["corpus", "index", "embeddings", "model"];
const MOST_SAMPLED = 999_999;

export function registerRunning({ deps, command, withApp, give, setExit }: CommandKit): void {
  command("doctor", "check the set-up; each failing check names its fix", ALL).action(async (options: Options) =>
    withApp(options, async (app) => {
      const checks = await app.doctor();
      give(options, { checks }, (_, markup) => renderDoctor(checks, markup));
      setExit(checks.every((check) => check.ok) ? 0 : 1);
    }),
  );

  async function report(job: Job, options: Options): Promise<void> {
    const { report, lines } = await deps.job(job, settingFlags(options));
    deps.output.status("");
    give(options, report, () => [lines.join("\n")]);
  }

  command("eval [set]", "measure retrieval, grounding, refusal and answers", ["embeddings"])
    .option("--sample <number>", "at most so many questions of a set")
    .action(async (set: string | undefined, options: Options) => {
      const sample = options["sample"] === undefined ? undefined : readCount(options["sample"], "sample", MOST_SAMPLED);
      await report({ kind: "eval", set: set ?? null, sample }, options);
    });

  command("bench", "time starting, asking, searching, embedding and indexing on this machine", ["embeddings"]).action(
    async (options: Options) => report({ kind: "bench" }, options),
  );

  command("move", "carry index and memory into the database of DATABASE_URL, or back into files; nothing is embedded again", [
    "index",
  ])
    .addOption(new Option("--to <place>", "where to").choices(["postgres", "files"]).makeOptionMandatory())
    .action(async (options: Options) => report({ kind: "move", to: options["to"] === "files" ? "files" : "postgres" }, options));

  const runs = (kind: "chat" | "start") => async (options: Options) => setExit(await deps.surface(kind, settingFlags(options)));
  command("chat", "ask in the terminal", ALL).action(runs("chat"));
  command("start", "index the corpus, then the Discord bot, or the chat without a token", ALL).action(runs("start"));
  command("register", "write the slash commands to Discord where they differ", [])
    .option("--dry-run", "only say what would be written")
    .action(async (options: Options) => {
      const asked = { dryRun: options["dryRun"] === true, json: options["json"] === true };
      setExit(await deps.surface("register", settingFlags(options), asked));
    });
}
