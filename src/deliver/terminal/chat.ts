// Questions and answers in a terminal. With a terminal: a prompt, history (arrow keys), follow-up questions. Without: one question a line, then the end.
import { createInterface } from "node:readline/promises";
import type { Readable } from "node:stream";
import type { Briefing, Turn } from "../../briefing.ts";
import { Failure } from "../../failure.ts";
import { plain, type Output } from "./output.ts";
import { documentLine, printAnswer } from "./print.ts";

/** Earlier turns that a follow-up may hang on. */
const REMEMBERED_TURNS = 6;

export interface ChatDeps {
  briefing: Briefing;
  output: Output;
  stdin: Readable & { isTTY?: boolean };
  /** Where the prompt is written: stdout of a terminal. */
  screen: NodeJS.WritableStream;
}

/** Runs until the input ends, `/quit`, or Ctrl-C. Gives the exit code: 1 when every question failed. */
export async function chat({ briefing, output, stdin, screen }: ChatDeps): Promise<number> {
  const live = stdin.isTTY === true;
  const lines = createInterface({
    input: stdin,
    ...(live ? { output: screen, terminal: true, historySize: 200, prompt: "\n> " } : {}),
  });
  const turns: Turn[] = [];
  const outcome = { answered: 0, failed: 0 };
  if (live) {
    output.data("Ask about the corpus. /sources lists it, /new starts a new conversation, /quit ends.");
    lines.on("SIGINT", () => lines.close());
    lines.prompt();
  }
  for await (const line of lines) {
    const question = line.trim();
    if (/^\/?(?:quit|exit)$/i.test(question)) break;
    if (question !== "") await reply(question);
    if (live) lines.prompt();
  }
  lines.close();
  return outcome.failed > 0 && outcome.answered === 0 ? 1 : 0;

  async function reply(question: string): Promise<void> {
    try {
      if (question === "/new") return void turns.splice(0);
      if (question === "/sources") return output.data((await briefing.documents()).map(documentLine).join("\n"));
      if (live && (question.startsWith("/") || /^help\W*$/i.test(question)))
        return output.data("Commands: /sources, /new, /quit. Anything else is a question.");
      // piped lines are separate questions; only a conversation has follow-ups
      const answer = await briefing.ask(question, { history: live ? turns.slice(-REMEMBERED_TURNS) : [] });
      turns.push({ question, answer: answer.sentences.map((sentence) => sentence.text).join(" ") });
      if (!live) output.data(`> ${plain(question)}`);
      output.data(`${printAnswer(answer, output)}${live ? "" : "\n"}`);
      outcome.answered += 1;
    } catch (cause) {
      if (!(cause instanceof Failure)) throw cause;
      output.notice(`${cause.message} ${cause.hint}`);
      outcome.failed += 1;
    }
  }
}
