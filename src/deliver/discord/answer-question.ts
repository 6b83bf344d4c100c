// A question from Discord, whichever way it came: history from the reply chain, the answer laid out, buttons, and the turn remembered.
import type { Answer, Filter } from "../../domain.ts";
import { Failure } from "../../failure.ts";
import type { Turn } from "../../results.ts";
import { renderAnswer } from "../render/render-answer.ts";
import type { Context } from "./command.ts";
import { discordMarkup } from "./discord-markup.ts";
import { askerOf } from "./gateway/caller.ts";
import type { Exchange } from "./gateway/exchange.ts";
import type { ButtonUnder } from "./gateway/outgoing.ts";

/** Longer questions are refused with a reason: no search gains from them. */
export const QUESTION_LIMIT = 2000;
const CHAIN_LIMIT = 6;

export async function askAndReply(exchange: Exchange, question: string, filter: Filter, context: Context): Promise<null> {
  const asked = question.trim();
  if (asked === "") throw new Failure("question_empty", "There is no question in this.", "Write it after my name, or use /ask.");
  if (asked.length > QUESTION_LIMIT) {
    const has = `This question has ${asked.length} characters; I read up to ${QUESTION_LIMIT}.`;
    throw new Failure("question_long", has, "Please ask it more briefly, or in parts.");
  }
  const history = await chainAbove(exchange.parentId, exchange.caller.channelId, context);
  const answer = await context.briefing.ask(asked, { ...filter, history });
  return replyWith(answer, renderAnswer(answer, discordMarkup), asked, exchange, context);
}

/** The answer, laid out, with its buttons; the turn is remembered, so that a reply goes on from there. */
export async function replyWith(
  answer: Answer,
  text: string,
  question: string,
  { caller, parentId, reply }: Exchange,
  { state, clock, leaving }: Context,
): Promise<null> {
  const send = async (): Promise<void> => {
    const ids = await reply(text, { buttons: buttonsUnder(answer) });
    const turn = { parentId, asker: askerOf(caller), question, answerId: answer.answer_id, at: clock.now().toISOString() };
    for (const messageId of ids) await state.saveTurn({ messageId, ...turn });
  };
  const here = leaving.get(caller.channelId) ?? new Set();
  leaving.set(caller.channelId, here);
  const sent = send();
  here.add(sent);
  try {
    await sent;
    return null;
  } finally {
    here.delete(sent);
    if (here.size === 0) leaving.delete(caller.channelId);
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

/** A talk offers questions to press; it claims nothing, so there is nothing to quote or to judge. */
function buttonsUnder({ answer_id: id, reply, sources, nearest }: Answer): ButtonUnder[] {
  if (reply !== undefined) return reply.questions.map((label, at) => ({ label, id: `question:${at}:${id}` }));
  return [
    ...(sources.length + nearest.length > 0 ? [{ label: "Show quotes", id: `quotes:${id}`, primary: true }] : []),
    { label: "👍", id: `good:${id}` },
    { label: "👎", id: `bad:${id}` },
  ];
}
