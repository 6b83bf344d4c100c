// The chat in a terminal: commands, follow-ups, pasted lines, the end; and a pipe of questions.
import { PassThrough, Writable } from "node:stream";
import { expect, test } from "vitest";
import { chat } from "../../../src/deliver/terminal/chat.ts";
import { createOutput } from "../../../src/deliver/terminal/output.ts";
import type { AskOptions } from "../../../src/results.ts";
import { createMemoryState } from "../../support/memory-state.ts";
import { createScriptedBriefing, type ScriptedBriefing } from "../../support/scripted-briefing.ts";
import { until } from "../../support/until.ts";

function memory(columns = 80): Writable & { text: () => string; columns: number } {
  let written = "";
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  return Object.assign(stream, { text: () => written, columns });
}

interface Talk {
  briefing: ScriptedBriefing;
  said: () => string;
  notices: () => string;
  code: number;
}

/** Each entry arrives as one chunk, the next one when the prompt is back. */
async function talk(chunks: readonly string[], { live = true, columns = 80 } = {}): Promise<Talk> {
  const briefing = createScriptedBriefing(createMemoryState());
  const stdin = Object.assign(new PassThrough(), { isTTY: live });
  const [stdout, stderr, screen] = [memory(columns), memory(), memory()];
  const output = createOutput({ stdout, stderr, noColour: true });
  const ended = chat({ briefing, output, stdin, screen });
  // a prompt at the very end, behind cursor movements
  const prompted = (from: number): boolean => />\s(?:\u001B\[\d*[A-Z])*$/.test(screen.text().slice(from));
  let from = 0;
  for (const chunk of chunks) {
    if (live) await until("a prompt", () => prompted(from));
    from = screen.text().length;
    stdin.write(chunk);
  }
  if (live && !/quit|exit|\u0003/.test(chunks.at(-1) ?? "")) await until("the last prompt", () => prompted(from));
  stdin.end();
  return { briefing, said: stdout.text, notices: stderr.text, code: await ended };
}

const questions = ({ briefing }: Talk): string[] => briefing.asked.map(({ question }) => question);
const historyOf = (options: AskOptions | undefined): string[] => (options?.history ?? []).map(({ question }) => question);

test("a conversation remembers, /new forgets", async () => {
  const talked = await talk(["What opened?\n", "and when?\n", "/new\n", "Who came?\n", "exit\n"]);
  expect(questions(talked)).toEqual(["What opened?", "and when?", "Who came?"]);
  expect(talked.briefing.asked.map(({ options }) => historyOf(options))).toEqual([[], ["What opened?"], []]);
  expect(talked.briefing.asked[1]?.options.history?.[0]?.given?.sentences).toHaveLength(1);
  expect(talked.code).toBe(0);
});

test("/help lists what there is, an unknown command says so, and neither is a question", async () => {
  const talked = await talk(["/help\n", "/nonsense\n", "/sources\n", "/quit\n"]);
  expect(questions(talked)).toEqual([]);
  for (const command of ["/sources", "/why", "/new", "/help", "/quit"]) expect(talked.said()).toContain(command);
  expect(talked.said()).toContain("There is no /nonsense.");
  expect(talked.said()).toContain("Harbour notes alpha");
});

test("an empty line asks nothing", async () => {
  expect(questions(await talk(["\n", "   \n", "What opened?\n", "quit\n"]))).toEqual(["What opened?"]);
});

test("lines that are pasted at once are one question", async () => {
  expect(questions(await talk(["What opened\nat the quay\nin 2025?\n", "/quit\n"]))).toEqual([
    "What opened at the quay in 2025?",
  ]);
});

test("a very long line is asked whole and answered", async () => {
  const long = `What opened ${"at the quay ".repeat(3000)}?`;
  expect(questions(await talk([`${long}\n`, "/quit\n"]))).toEqual([long]);
});

test("Ctrl-C and the end of the input both end the chat", async () => {
  expect((await talk(["What opened?\n", "\u0003"])).code).toBe(0);
  expect((await talk(["What opened?\n"])).code).toBe(0);
});

test("a pipe: one question a line, in one conversation until /new, answered in order, then the end", async () => {
  const talked = await talk(["What opened?\r\n\nand when?\n/new\nWho came?\nexit\nnever read\n"], { live: false });
  expect(questions(talked)).toEqual(["What opened?", "and when?", "Who came?"]);
  expect(talked.briefing.asked.map(({ options }) => historyOf(options))).toEqual([[], ["What opened?"], []]);
  expect(talked.said().match(/^> .*$/gm)).toEqual(["> What opened?", "> and when?", "> Who came?"]);
  expect(talked.notices()).toContain("Ask about the corpus.");
});

test("forty columns hold every line that has no longer word", async () => {
  const talked = await talk(["What opened?\n", "/sources\n", "/help\n", "/why\n", "/quit\n"], { columns: 40 });
  const long = talked
    .said()
    .split("\n")
    .filter((line) => line.length > 40 && line.trim().includes(" "));
  expect(long).toEqual([]);
});
