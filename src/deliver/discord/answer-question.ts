// A question from Discord, whichever way it came: history from the reply chain, the answer laid out, buttons, and the turn remembered.
import { ButtonStyle, ComponentType } from "discord.js";
import type { Answer, Filter, Reply } from "../../domain.ts";
import { Failure } from "../../failure.ts";
import type { Turn } from "../../results.ts";
import { renderAnswer } from "../render/render-answer.ts";
import type { Context } from "./command.ts";
import { discordMarkup } from "./discord-markup.ts";
import { askerOf } from "./gateway/caller.ts";
import type { Exchange } from "./gateway/exchange.ts";
import type { Buttons } from "./gateway/outgoing.ts";

/** Longer questions are refused with a reason: no search gains from them. */
export const QUESTION_LIMIT = 2000;
/** Discord's limits of a row and of a button. */
const MOST_BUTTONS = 5;
const LABEL_LIMIT = 80;
/** How far up a reply chain is read. */
const CHAIN_LIMIT = 6;

export async function askAndReply(exchange: Exchange, question: string, filter: Filter, context: Context): Promise<void> {
  const asked = question.trim();
  if (asked === "") throw new Failure("question_empty", "There is no question in this.", "Write it after my name, or use /ask.");
  if (asked.length > QUESTION_LIMIT) {
    throw new Failure(
      "question_long",
      `This question has ${asked.length} characters; I read up to ${QUESTION_LIMIT}.`,
      "Please ask it more briefly, or in parts.",
    );
  }
  const answer = await context.briefing.ask(asked, {
    ...filter,
    history: await chainAbove(exchange.parentId, exchange.caller.channelId, context),
  });
  await replyWith(answer, renderAnswer(answer, discordMarkup), asked, exchange, context);
}

/** The answer, laid out, with its buttons; the turn is remembered, so that a reply goes on from there. */
export async function replyWith(
  answer: Answer,
  blocks: readonly string[],
  question: string,
  exchange: Exchange,
  context: Context,
): Promise<void> {
  const { state, clock } = context;
  const asker = askerOf(exchange.caller);
  const buttons = answer.reply === undefined ? answerButtons(answer) : questionButtons(answer.answer_id, answer.reply);
  await whileLeaving(exchange.caller.channelId, context, async () => {
    const ids = await exchange.reply(blocks.join("\n\n"), { buttons });
    const at = clock.now().toISOString();
    for (const messageId of ids) {
      await state.saveTurn({ messageId, parentId: exchange.parentId, asker, question, answerId: answer.answer_id, at });
    }
  });
}

async function whileLeaving(channelId: string, { leaving }: Context, send: () => Promise<void>): Promise<void> {
  const here = leaving.get(channelId) ?? new Set();
  leaving.set(channelId, here);
  const sent = send();
  here.add(sent);
  try {
    await sent;
  } finally {
    here.delete(sent);
    if (here.size === 0) leaving.delete(channelId);
  }
}

/** Questions and answers above a message, oldest first: only its own chain of replies, never the channel's other talk. */
async function chainAbove(parentId: string | null, channelId: string, context: Context): Promise<Turn[]> {
  const { state, briefing, leaving } = context;
  const turns: Turn[] = [];
  if (parentId !== null && (await state.turn(parentId)) === null)
    await Promise.allSettled(leaving.get(channelId) ?? new Set<Promise<unknown>>());
  let id = parentId;
  while (id !== null && turns.length < CHAIN_LIMIT) {
    const turn = await state.turn(id);
    if (turn === null) break;
    const answer = await briefing.recall(turn.answerId);
    const told = (answer?.sentences ?? []).map((sentence) => sentence.text).join(" ");
    turns.unshift({ question: turn.question, answer: told, given: answer ?? undefined });
    id = turn.parentId;
  }
  return turns;
}

function answerButtons({ answer_id: id, sources, nearest }: Answer): Buttons {
  const button = (name: string, label: string, style: ButtonStyle.Primary | ButtonStyle.Secondary) =>
    ({ type: ComponentType.Button, custom_id: `${name}:${id}`, label, style }) as const;
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        ...(sources.length + nearest.length > 0 ? [button("quotes", "Show quotes", ButtonStyle.Primary)] : []),
        button("good", "👍", ButtonStyle.Secondary),
        button("bad", "👎", ButtonStyle.Secondary),
      ],
    },
  ];
}

/** A talk offers questions to press; it claims nothing, so there is nothing to quote or to judge. */
function questionButtons(answerId: string, { questions }: Reply): Buttons {
  if (questions.length === 0) return [];
  const components = questions.slice(0, MOST_BUTTONS).map(
    (question, at) =>
      ({
        type: ComponentType.Button,
        custom_id: `question:${at}:${answerId}`,
        // the whole question stands in the text
        label: question.length <= LABEL_LIMIT ? question : `${question.slice(0, LABEL_LIMIT - 1)}…`,
        style: ButtonStyle.Secondary,
      }) as const,
  );
  return [{ type: ComponentType.ActionRow, components }];
}
