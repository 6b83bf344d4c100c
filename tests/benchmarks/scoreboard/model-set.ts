// End to end with a scripted model over real pages: it writes prepared true sentences (or false ones) and cites the numbered sentences of the prompt
// that they were written from; its judge agrees to everything, so what is stopped here is stopped by exact facts alone. To questions that no
// page answers it replies with nothing.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import type { Answer } from "../../../src/domain.ts";
import { PROJECT_ROOT } from "../../../src/project.ts";
import { type Figure, share } from "./figures.ts";
import { openProgram, readLines } from "./program.ts";
import { unpackedPages } from "./readers-set.ts";

/** A sentence as a strong model writes it, with the places of the pages' articles that it was written from. */
interface Fluent {
  id: string;
  question: string;
  sentence: string;
  supported: boolean;
  kind: string;
  passages: { article: string; start: number; end: number }[];
  half: string;
}

const SETS = path.join(PROJECT_ROOT, "tests/benchmarks/scoreboard/sets");
const EXACT = ["number", "date", "name", "negation", "quotation"];
/** Most sentences that a prepared one cites. */
const CITED = 4;

export async function modelSet(root: string, data: string, half: string): Promise<Figure[]> {
  const pages = path.join(data, "article-extraction-benchmark");
  if (!existsSync(pages)) return [];
  const bodies = JSON.parse(gunzipSync(readFileSync(path.join(pages, "ground-truth.json.gz"))).toString()) as Record<
    string,
    { articleBody: string }
  >;
  const fluent = readLines<Fluent>(path.join(SETS, "fluent.jsonl"), half).map((line) => ({
    ...line,
    places: line.passages.map(({ article, start, end }) => {
      const [, body] = Object.entries(bodies).find(([id]) => id.startsWith(article)) ?? [];
      return plain(body?.articleBody.slice(start, end) ?? "");
    }),
  }));
  const unanswered = readLines<{ id: string; question: string; unanswerable?: boolean; half: string }>(
    path.join(SETS, "questions.jsonl"),
    half,
  ).filter(({ unanswerable }) => unanswerable === true);
  const model = await startModel();
  const corpus = unpackedPages(pages);
  const program = openProgram(root, { MODEL: "openai:gpt-4.1-mini", OPENAI_API_KEY: "scripted", OPENAI_BASE_URL: model.baseUrl });
  try {
    await program.ingest(corpus.folder);
    const rows: (Fluent & { asked: boolean; written: boolean; told: boolean })[] = [];
    for (const supported of [true, false]) {
      const lines = fluent.filter((line) => line.supported === supported);
      model.write(new Map(lines.map((line) => [line.question, line])));
      const answers = await program.ask(lines.map(({ id, question }) => ({ id, question })));
      rows.push(
        ...lines.map((line, at) => ({
          ...line,
          asked: model.asked.has(line.question),
          written: model.written.has(line.question),
          told: tells(answers[at], line.sentence),
        })),
      );
    }
    model.write(new Map());
    const empty = await program.ask(unanswered.map(({ id, question }) => ({ id, question })));
    const written = rows.filter((row) => row.written);
    const exact = written.filter(({ supported, kind }) => !supported && EXACT.includes(kind));
    return [
      share(
        "questions that reach the model",
        rows.filter((row) => row.supported).map((row) => row.asked),
        1,
      ),
      share(
        "true sentences written that reach the reader",
        written.filter((row) => row.supported).map((row) => row.told),
        0.9,
      ),
      share(
        "false by number, date, name, negation, quotation: stopped by facts alone",
        exact.map((row) => !row.told),
        0.85,
      ),
      share(
        "empty replies respected",
        empty.map(({ status }) => status === "not_covered"),
        1,
      ),
    ];
  } finally {
    program.close();
    corpus.remove();
    await model.close();
  }
}

/** Also behind the voice that a view is given. */
function tells(answer: Answer | undefined, sentence: string): boolean {
  return answer?.mode.startsWith("model:") === true && answer.sentences.some(({ text }) => plain(text).endsWith(plain(sentence)));
}

const plain = (text: string): string => text.replace(/\s+/g, " ").trim();

async function startModel() {
  let lines = new Map<string, { sentence: string; places: readonly string[] }>();
  const asked = new Set<string>();
  const written = new Set<string>();
  const reply = (user: string): object => {
    const claims = /^Claims:\n/m.test(user) ? [...user.matchAll(/^(\d+)\. "/gm)] : null;
    if (claims !== null)
      return { verdicts: claims.map(([, number]) => ({ claim: Number(number), verdict: "supported", reason: "it agrees" })) };
    const question = /^Question: (.*)$/m.exec(user)?.[1] ?? "";
    const line = lines.get(question);
    asked.add(question);
    // a repair has nothing better to give
    if (line === undefined || user.includes("failed the check")) return { sentences: [], complete: true, disagreements: [] };
    const cites = citesOf(user, line);
    if (cites.length === 0) return { sentences: [], complete: true, disagreements: [] };
    written.add(question);
    return { sentences: [{ text: line.sentence, cites }], complete: true, disagreements: [] };
  };
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (more: string) => (body += more));
    request.on("end", () => {
      const { model, messages } = JSON.parse(body) as { model: string; messages: { content: string }[] };
      const content = JSON.stringify(reply(messages.at(-1)?.content ?? ""));
      response.writeHead(200, { "content-type": "application/json" }).end(
        JSON.stringify({
          id: "scripted",
          object: "chat.completion",
          created: 0,
          model,
          choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
          usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
        }),
      );
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    written,
    write(prepared: typeof lines) {
      lines = prepared;
      asked.clear();
      written.clear();
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Numbers of the prompt's sentences that stand in the places a line was written from, the ones that share most of its words first. */
function citesOf(user: string, { sentence, places }: { sentence: string; places: readonly string[] }): string[] {
  const words = wordsOf(sentence);
  return [...user.matchAll(/^\[(\d+\.\d+)\] (.*)$/gm)]
    .flatMap(([, number = "", text = ""]) => {
      const said = plain(text);
      const from = said.length > 20 && places.some((place) => place.includes(said) || said.includes(place));
      const shared = from ? [...wordsOf(said)].filter((word) => words.has(word)).length : 0;
      return shared === 0 ? [] : [{ number, shared }];
    })
    .sort((a, b) => b.shared - a.shared)
    .slice(0, CITED)
    .map(({ number }) => number);
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu));
}
