// The buttons under a message, by the first word of their custom_id. Everything they need stands in the id or in the stores, so they
// work after a restart.
import { ComponentType, TextInputStyle, type APIModalInteractionResponseCallbackData } from "discord.js";
import type { Answer } from "../../domain.ts";
import { Failure } from "../../failure.ts";
import { renderQuotes } from "../render/render-answer.ts";
import { askAndReply } from "./answer-question.ts";
import type { Context } from "./command.ts";
import { showSources } from "./commands/sources-command.ts";
import { showRemainder } from "./digests/remainder.ts";
import { discordMarkup } from "./discord-markup.ts";
import { askerOf } from "./gateway/caller.ts";
import type { Exchange } from "./gateway/exchange.ts";

/** How a button is acknowledged: with a private reply, with one that is seen by whoever sees the button, by changing its message, or with a form. */
export interface Button {
  kind: "reply" | "answer" | "update" | "form";
  /** Shown first by one of that kind; what is sent with it comes back under the same custom_id. */
  form?: (rest: string) => APIModalInteractionResponseCallbackData;
  run(exchange: Exchange, rest: string, context: Context, sent: Record<string, string>): Promise<void>;
}

export const BUTTONS: Readonly<Record<string, Button>> = {
  quotes: { kind: "reply", run: showQuotes },
  good: {
    kind: "reply",
    async run(exchange, answerId, context) {
      await remember(exchange, answerId, true, null, context);
      await exchange.reply("Thank you, noted.");
    },
  },
  bad: {
    kind: "form",
    form: (answerId) => ({
      custom_id: `bad:${answerId}`,
      title: "What was wrong?",
      components: [
        {
          type: ComponentType.Label,
          label: "Reason",
          description: "Wrong, incomplete, hard to read … Leave it empty if you like.",
          component: {
            type: ComponentType.TextInput,
            custom_id: "reason",
            style: TextInputStyle.Paragraph,
            required: false,
            max_length: 1000,
          },
        },
      ],
    }),
    async run(exchange, answerId, context, sent) {
      await remember(exchange, answerId, false, sent["reason"]?.trim() || null, context);
      await exchange.reply("Thank you. This helps to find out where my answers fail.");
    },
  },
  rest: { kind: "reply", run: showRemainder },
  question: {
    kind: "answer",
    async run(exchange, rest, context) {
      const [at = "", answerId = ""] = rest.split(":");
      const { reply } = await stored(answerId, context);
      await askAndReply(exchange, reply?.questions[Number(at)] ?? "", {}, context);
    },
  },
  sources: {
    kind: "update",
    run(exchange, rest, context) {
      const [page = "0", ...query] = rest.split(":");
      return showSources(exchange, query.join(":"), Number.parseInt(page, 10) || 0, context);
    },
  },
};

async function stored(answerId: string, context: Context): Promise<Answer> {
  const answer = await context.briefing.recall(answerId);
  if (answer !== null) return answer;
  throw new Failure("answer_gone", "I no longer have this answer in my memory.", "Ask the question again to get it anew.");
}

async function remember(
  exchange: Exchange,
  answerId: string,
  helpful: boolean,
  reason: string | null,
  context: Context,
): Promise<void> {
  await stored(answerId, context);
  await context.briefing.feedback({ answerId, asker: askerOf(exchange.caller), helpful, reason });
}

/** The sources' own words, for the one who asks. What has left the corpus, or is not for them, is not quoted any more. */
async function showQuotes(exchange: Exchange, answerId: string, context: Context): Promise<void> {
  const answer = await stored(answerId, context);
  const quoted = answer.sources.length > 0 ? answer.sources : answer.nearest;
  const ids = [...new Set(quoted.map(({ document }) => document.id))];
  const seen = new Map<string, boolean>();
  for (const id of ids) seen.set(id, await isVisible(id, context));
  const blocks = [
    ...renderQuotes(
      quoted.filter(({ document }) => seen.get(document.id)),
      discordMarkup,
    ),
    ...quoted
      .filter(({ document }) => !seen.get(document.id))
      .map(({ n }) => `[${n}] This document is no longer among those you can read here.`),
  ];
  await exchange.reply(blocks.length === 0 ? "This answer quotes nothing." : blocks.join("\n\n"));
}

async function isVisible(id: string, { briefing }: Context): Promise<boolean> {
  try {
    await briefing.show(id);
    return true;
  } catch (cause) {
    if (cause instanceof Failure) return false;
    throw cause;
  }
}
