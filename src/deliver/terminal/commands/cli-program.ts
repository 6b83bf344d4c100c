// Commands that run or check the program: doctor, eval, bench, chat, start, register.
import type { CommandKit, Options, SettingFlag } from "../command-kit.ts";
import { settingFlags, wholeNumber } from "../command-kit.ts";
import { printDoctor } from "../print.ts";

const ALL: readonly SettingFlag[] = ["corpus", "index", "embeddings", "model"];

export function registerRunning({ deps, look, command, withApp, give, setExit }: CommandKit): void {
  command("doctor", "check the set-up; each failing check names its fix", ALL).action(async (options: Options) =>
    withApp(options, async (app) => {
      const checks = await app.doctor();
      give(options, { checks }, (value) => printDoctor(value.checks, look));
      setExit(checks.every((check) => check.ok) ? 0 : 1);
    }),
  );

  command("eval [set]", "measure retrieval, grounding, refusal and answers", ["embeddings"])
    .option("--sample <number>", "at most so many questions of a set")
    .action(async (set: string | undefined, options: Options) => {
      const { reports, lines } = await deps.evaluate(settingFlags(options), {
        set: set ?? null,
        sample: options["sample"] === undefined ? null : wholeNumber(options["sample"], "sample"),
        onDoing: deps.output.status,
      });
      deps.output.status("");
      give(options, { reports }, () => lines.join("\n"));
    });

  command("bench", "time starting, asking, searching, embedding and indexing on this machine", ["embeddings"]).action(
    async (options: Options) => {
      const { report, lines } = await deps.bench(settingFlags(options), { onDoing: deps.output.status });
      deps.output.status("");
      give(options, report, () => lines.join("\n"));
    },
  );

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
