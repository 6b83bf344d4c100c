// The one list of commands: registration, dispatch and /help are all derived from it. A new command is one more entry.
import { count } from "../render/markup.ts";
import { coverageLine } from "../render/render-answer.ts";
import { type Command, part } from "./command.ts";
import { ask, changes, check, summary, timeline } from "./commands/briefing-commands.ts";
import { config } from "./commands/config-command.ts";
import { digest } from "./commands/digest-command.ts";
import { sources } from "./commands/sources-command.ts";
import { discordMarkup, plainText } from "./discord-markup.ts";

const help: Command = {
  name: "help",
  anywhere: true,
  parts: {
    "": part("What I can do and how to ask", {}, async (_args, { briefing }) =>
      [
        "**Ask me about the documents that I have read.** Mention me with a question, or reply to one of my answers to go on from there. Each sentence of an answer ends with the number of its source; what no source supports is left out.",
        COMMANDS.map(usage).join("\n"),
        "Under an answer: **Show quotes** gives you the sources' own words, 👍 and 👎 tell my keepers how I did.",
        discordMarkup.small(coverageLine(await briefing.coverage(), discordMarkup)),
      ].join("\n\n"),
    ),
  },
};

/** How it is called, and what for. */
function usage({ name, menu = false, description, parts, managers = false }: Command): string {
  const calls = Object.entries(menu ? {} : parts).map(([part, { options }]) => {
    const shown = Object.entries(options).map(([option, { required = false }]) => (required ? option : `[${option}]`));
    return [part, ...shown].filter(Boolean).join(" ");
  });
  const about = `${description ?? parts[""]?.description ?? ""}${managers ? " (needs Manage Server)" : ""}`;
  const call = [discordMarkup.strong(menu ? name : `/${name}`), plainText(calls.join(" · "))].filter(Boolean).join(" ");
  return `• ${call}: ${plainText(about)}`;
}

const privacy: Command = {
  name: "privacy",
  description: "Deletes what I have stored of you",
  anywhere: true,
  parts: {
    delete: part("Delete your questions, answers and feedback from my memory", {}, async (_args, { briefing }) => {
      const gone = await briefing.forget();
      return gone === 0
        ? "Nothing was stored of you."
        : `Deleted: ${count(gone, "record")} (questions, answers, feedback). Messages in Discord itself stay; you can delete your own there.`;
    }),
  },
};

export const COMMANDS: readonly Command[] = [ask, summary, timeline, changes, digest, check, sources, help, privacy, config];
