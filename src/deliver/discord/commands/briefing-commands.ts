// What people ask of the documents: /ask, /summary, /timeline, /changes, and the check in the menu of a message.
import type { Logger } from "pino";
import { Failure } from "../../../failure.ts";
import { SUMMARY_LENGTHS, type Timeline } from "../../../results.ts";
import { oneOf, readFilter } from "../../filter-input.ts";
import { renderChanges, renderCheck, renderSummary, renderTimeline } from "../../render/render-briefing.ts";
import { drawTimeline } from "../../render/timeline-picture.ts";
import { QUESTION_LIMIT, askAndReply, replyWith } from "../answer-question.ts";
import { type Command, flag, open, part, text } from "../command.ts";
import { discordMarkup } from "../discord-markup.ts";
import type { Upload } from "../gateway/outgoing.ts";

const SINCE = text("Only what was published on this day or later, e.g. 2025-10-31", { max_length: 32 });
const UNTIL = text("Only what was published on this day or earlier", { max_length: 32 });
const TOPIC_LENGTH = 300;
const TOPIC = text("What it is about", { required: true, max_length: TOPIC_LENGTH });
const PUBLISHER = text("Only this publisher", {
  max_length: 100,
  async offer(typed, { briefing }) {
    const wanted = typed.trim().toLowerCase();
    const { publishers } = await briefing.coverage();
    return publishers.filter((name) => name.toLowerCase().includes(wanted)).map((name) => ({ name, value: name }));
  },
});

export const ask: Command = {
  name: "ask",
  queued: true,
  parts: {
    "": part(
      "Ask the documents; every sentence of the answer carries a checked citation",
      {
        question: text("What you want to know", { required: true, max_length: QUESTION_LIMIT }),
        since: SINCE,
        until: UNTIL,
        publisher: PUBLISHER,
        private: flag("Show the answer to you alone"),
      },
      ({ question, ...filter }, context, exchange) => askAndReply(exchange, question, readFilter(filter), context),
      (args) => args.private === true,
    ),
  },
};

export const summary: Command = {
  name: "summary",
  queued: true,
  parts: {
    "": part(
      "What the documents say on a topic: reports first, then who argues what",
      {
        topic: TOPIC,
        since: SINCE,
        until: UNTIL,
        length: text("How much of it; medium without it", {
          choices: SUMMARY_LENGTHS.map((name) => ({ name, value: name })),
        }),
      },
      async ({ topic, length = "medium", ...filter }, context, exchange) => {
        const wanted = { topic, length: oneOf(length, SUMMARY_LENGTHS, "length") };
        const answer = await context.briefing.summarize({ ...readFilter(filter), ...wanted });
        return replyWith(answer, renderSummary(answer, discordMarkup), topic, exchange, context);
      },
      open,
    ),
  },
};

export const timeline: Command = {
  name: "timeline",
  queued: true,
  parts: {
    "": part(
      "What happened when, each event with its sources",
      { topic: TOPIC },
      async ({ topic }, { briefing, log }) => {
        const found = await briefing.timeline(topic);
        return { text: renderTimeline(found, discordMarkup), picture: await pictureOf(found, log) };
      },
      open,
    ),
  },
};

/** Dark ground with light letters, so that it reads the same in a dark and in a light Discord. */
async function pictureOf(timeline: Timeline, log: Logger): Promise<Upload | undefined> {
  try {
    const picture = await drawTimeline(timeline, "dark");
    return picture === null ? undefined : { name: "timeline.png", data: picture.png, description: picture.alt };
  } catch (cause) {
    // the text says everything: a picture that cannot be drawn must not cost it
    log.error({ err: cause }, "the picture of a timeline could not be drawn");
    return undefined;
  }
}

export const changes: Command = {
  name: "changes",
  queued: true,
  parts: {
    "": part(
      "What is new, changed or disputed since a day, and nothing that was told before",
      {
        since: text("The day, e.g. 2025-10-31", { required: true, max_length: 32 }),
        topic: text("What it is about; everything without it", { max_length: TOPIC_LENGTH }),
      },
      async ({ since: day, topic }, { briefing }) => {
        const { since } = readFilter({ since: day });
        if (since === undefined) throw new Failure("date_missing", "I need the day to count from.", "Write it as 2025-10-31.");
        return renderChanges(await briefing.changes(since, topic?.trim() || null), discordMarkup);
      },
      open,
    ),
  },
};

export const check: Command = {
  name: "Check against sources",
  menu: true,
  description: "Whether my documents support what a message says: in its menu, under Apps",
  queued: true,
  parts: {
    "": part("", { message: text("", { required: true }) }, async ({ message }, { briefing }) => {
      if (message.trim() !== "") return renderCheck(await briefing.check(message), discordMarkup);
      throw new Failure("claim_missing", "That message holds no text.", "Choose one that states something.");
    }),
  },
};
