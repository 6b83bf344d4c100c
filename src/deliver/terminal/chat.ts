// Questions and answers in a terminal. With a terminal: a prompt, history (arrow keys), follow-up questions. Without: one question a line, the same conversation, then the end.
import { createInterface, type Interface } from "node:readline/promises";
import type { Readable } from "node:stream";
import { Failure } from "../../failure.ts";
import type { Briefing, Turn } from "../../results.ts";
import type { Markup } from "../render/markup.ts";
import { renderAnswer } from "../render/render-answer.ts";
import { pendingLine, renderDocuments, renderReceipt } from "../render/render-records.ts";
import { page, plain, readingNotice, type Output } from "./output.ts";

const REMEMBERED_TURNS = 6;

export interface ChatDeps {
  briefing: Briefing;
  output: Output;
  stdin: Readable & { isTTY?: boolean };
  /** Where the prompt is written: stdout of a terminal. */
  screen: NodeJS.WritableStream;
}

const HELP = `Ask in plain English, and ask on: “who said that?”, “when was that?”, “and in 2023?”, “tell me more”.
  /sources  lists the documents
  /why      how the last answer came about
  /new      starts a new conversation: nothing before it is remembered
  /help     this
  /quit     ends, as do exit, Ctrl-C and Ctrl-D`;

/** Runs until the input ends, `/quit`, or Ctrl-C. Gives the exit code: 1 when every question failed. */
export async function chat({ briefing, output, stdin, screen }: ChatDeps): Promise<number> {
  const live = stdin.isTTY === true;
  // before the lines are listened to: none may be lost meanwhile
  await tellPending();
  const lines = createInterface({
    input: stdin,
    crlfDelay: Number.POSITIVE_INFINITY,
    ...(live ? { output: screen, terminal: true, historySize: 200, prompt: "\n> " } : {}),
  });
  const turns: Turn[] = [];
  const outcome = { answered: 0, failed: 0 };
  let last: string | null = null;
  output.notice("Ask about the corpus. /help says what else there is, /quit ends.");
  if (live) {
    lines.on("SIGINT", () => lines.close());
    lines.prompt();
  }
  for await (const line of live ? pasted(lines) : lines) {
    const question = line.trim();
    if (/^[/:]?(?:quit|exit|q)$/i.test(question)) break;
    if (question !== "") await reply(question);
    if (live && question !== "") await tellPending();
    if (live) lines.prompt();
  }
  lines.close();
  return outcome.failed > 0 && outcome.answered === 0 ? 1 : 0;

  async function tellPending(): Promise<void> {
    const { pending } = await briefing.vectors();
    if (pending > 0) output.notice(pendingLine(pending));
  }

  async function reply(question: string): Promise<void> {
    try {
      if (question.startsWith("/")) return output.data(page(output, await obeyed(question.slice(1).toLowerCase())));
      const history = turns.slice(-REMEMBERED_TURNS);
      const answer = await briefing.ask(question, { history, onProgress: readingNotice(output) });
      last = answer.answer_id;
      turns.push({ question, answer: answer.sentences.map((sentence) => sentence.text).join(" "), given: answer });
      const shown = page(output, (markup) => renderAnswer(answer, markup));
      output.data(live ? shown : `> ${plain(question)}\n${shown}\n`);
      outcome.answered += 1;
    } catch (cause) {
      if (!(cause instanceof Failure)) throw cause;
      output.failure(cause, false);
      outcome.failed += 1;
    }
  }

  async function obeyed(command: string): Promise<(markup: Markup) => string> {
    switch (command) {
      case "new":
        turns.splice(0);
        return () => "A new conversation.";
      case "sources":
      case "documents": {
        const all = await briefing.documents();
        return (markup) => renderDocuments(all, all, markup);
      }
      case "why": {
        const receipt = last === null ? null : await briefing.why(last);
        return (markup) => (receipt === null ? "There is no answer yet." : renderReceipt(receipt, markup));
      }
      default:
        return () => (command === "help" || command === "" ? HELP : `There is no /${plain(command)}.\n${HELP}`);
    }
  }
}

/** Lines as they are typed; several that arrive at once were pasted and are one question. */
async function* pasted(lines: Interface): AsyncGenerator<string> {
  const waiting: string[] = [];
  let closed = false;
  let wake = (): void => undefined;
  lines.on("line", (line) => {
    waiting.push(line);
    wake();
  });
  lines.on("close", () => {
    closed = true;
    wake();
  });
  for (;;) {
    if (waiting.length === 0 && !closed) await new Promise<void>((resolve) => (wake = resolve));
    // a chunk's lines are told one after the other, in the same turn of the loop
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (waiting.length > 0) yield waiting.splice(0).join(" ");
    else if (closed) return;
  }
}
