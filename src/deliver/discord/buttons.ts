// The buttons under a message, by the first word of their custom_id. Everything they need stands in the id or in the stores, so they
// work after a restart.
import { ComponentType, TextInputStyle, type APIModalInteractionResponseCallbackData } from "discord.js";
import type { Answer } from "../../domain.ts";
import { Failure } from "../../failure.ts";
import { inBlocks } from "../render/markup.ts";
import { renderQuotes } from "../render/render-answer.ts";
import { askAndReply } from "./answer-question.ts";
import type { Context, Said } from "./command.ts";
import { sourcesPage } from "./commands/sources-command.ts";
import { remainderOf } from "./digests/remainder.ts";
import { discordMarkup } from "./discord-markup.ts";
import { askerOf } from "./gateway/caller.ts";
import type { Exchange } from "./gateway/exchange.ts";

export interface Press {
  /** How it is acknowledged: with a private reply, with one that is seen by whoever sees the button, or by changing its message. */
  kind: "reply" | "answer" | "update";
  /** Shown first; what is sent with it comes back under the same custom_id. */
  form?: (rest: string) => APIModalInteractionResponseCallbackData;
  /** `rest`: what stands behind the first word of the custom_id. */
  run(rest: string, context: Context, exchange: Exchange, sent: Record<string, string>): Promise<Said>;
}

export const BUTTONS: Readonly<Record<string, Press>> = {
  quotes: { kind: "reply", run: quotesOf },
  good: {
    kind: "reply",
    async run(answerId, context, exchange) {
      await judged(answerId, true, null, exchange, context);
      return "Thank you, noted.";
    },
  },
  bad: {
    kind: "reply",
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
    async run(answerId, context, exchange, sent) {
      await judged(answerId, false, sent["reason"]?.trim() || null, exchange, context);
      return "Thank you. This helps to find out where my answers fail.";
    },
  },
  rest: { kind: "reply", run: (place, { state }, { caller }) => remainderOf(place, caller.guildId, state) },
  question: {
    kind: "answer",
    async run(rest, context, exchange) {
      const [at = "", answerId = ""] = rest.split(":");
      const { reply } = await stored(answerId, context);
      return askAndReply(exchange, reply?.questions[Number(at)] ?? "", {}, context);
    },
  },
  sources: {
    kind: "update",
    run(rest, context) {
      const [page = "0", ...query] = rest.split(":");
      return sourcesPage(query.join(":"), Number.parseInt(page, 10) || 0, context);
    },
  },
};

async function stored(answerId: string, { briefing }: Context): Promise<Answer> {
  const answer = await briefing.recall(answerId);
  if (answer !== null) return answer;
  throw new Failure("answer_gone", "I no longer have this answer in my memory.", "Ask the question again to get it anew.");
}

async function judged(
  answerId: string,
  helpful: boolean,
  reason: string | null,
  { caller }: Exchange,
  context: Context,
): Promise<void> {
  await stored(answerId, context);
  await context.briefing.feedback({ answerId, asker: askerOf(caller), helpful, reason });
}

/** The sources' own words, for the one who asks. What has left the corpus, or is not for them, is not quoted any more. */
async function quotesOf(answerId: string, context: Context): Promise<string> {
  const { sources, nearest } = await stored(answerId, context);
  const quoted = sources.length > 0 ? sources : nearest;
  const named = { documents: quoted.map(({ document }) => document.id) };
  const readable = new Set((await context.briefing.documents(named)).map(({ id }) => id));
  const visible = quoted.filter(({ document }) => readable.has(document.id));
  const gone = quoted
    .filter(({ document }) => !readable.has(document.id))
    .map(({ n }) => `[${n}] This document is no longer among those you can read here.`);
  return inBlocks(renderQuotes(visible, discordMarkup), ...gone) || "This answer quotes nothing.";
}
