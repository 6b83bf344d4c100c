// A reader's plain questions over real news pages, questions that the pages do not answer, pasted excerpts and conversations: written by people who had
// not seen the program. The pages are those of shared/data; no text of theirs is kept here, excerpts are places in them.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import type { Answer } from "../../../src/domain.ts";
import { PROJECT_ROOT } from "../../../src/project.ts";
import { type Figure, holdsAll, share } from "./figures.ts";
import { type Program, readLines } from "./program.ts";

interface Question {
  id: string;
  question: string;
  /** Beginning of the page's file name. */
  article: string;
  /** Further pages that tell the same. */
  also?: string[];
  answer?: string[][];
  unanswerable?: boolean;
  half: string;
}

interface Excerpt {
  id: string;
  /** What is typed; `{{excerpt}}` stands for the words of the page. */
  text: string;
  article: string | null;
  /** The excerpt's place in the article's body as the benchmark gives it. */
  start?: number;
  end?: number;
  half: string;
}

interface Chain {
  id: string;
  /** The second and third hang on what was asked before. */
  questions: string[];
  answers: string[][][];
  half: string;
}

const SETS = path.join(PROJECT_ROOT, "tests/benchmarks/scoreboard/sets");

export async function readersSet(program: Program, data: string, half: string): Promise<Figure[]> {
  const pages = path.join(data, "article-extraction-benchmark");
  if (!existsSync(pages)) return [];
  const corpus = unpackedPages(pages);
  await program.ingest(corpus.folder);
  const questions = readLines<Question>(path.join(SETS, "questions.jsonl"), half);
  const answers = await program.ask(questions.map(({ id, question }) => ({ id, question })));
  const bodies = JSON.parse(gunzipSync(readFileSync(path.join(pages, "ground-truth.json.gz"))).toString()) as Record<
    string,
    { articleBody: string }
  >;
  const more = readLines<Question>(path.join(SETS, "questions-more.jsonl"), half);
  const toldMore = await program.ask(more.map(({ id, question }) => ({ id, question })));
  const excerpts = readLines<Excerpt>(path.join(SETS, "excerpts.jsonl"), half).map((excerpt) => {
    const body = Object.entries(bodies).find(([id]) => excerpt.article !== null && id.startsWith(excerpt.article))?.[1];
    const words = body?.articleBody.slice(excerpt.start, excerpt.end) ?? "";
    return { ...excerpt, question: excerpt.text.replace("{{excerpt}}", () => words) };
  });
  const traced = await program.ask(excerpts.map(({ id, question }) => ({ id, question })));
  const definitions = readLines<Question>(path.join(SETS, "definitions.jsonl"), half);
  const told = await program.ask(definitions.map(({ id, question }) => ({ id, question })));
  const chains = readLines<Chain>(path.join(SETS, "chains.jsonl"), half);
  const toldLastOf = toldLast(await program.chat(chains.flatMap(({ questions: typed }) => [...typed, "/new"])));
  corpus.remove();

  const { answerable, ...plain } = outcomesOf(questions, answers);
  const further = outcomesOf(more, toldMore);
  const cited = answerable.flatMap(({ question, answer }) =>
    (answer?.sentences ?? []).map(({ citations }) =>
      citations.some((n) => isOf(answer?.sources[n - 1], [question.article, ...(question.also ?? [])])),
    ),
  );
  const found = excerpts.map((excerpt, at) => ({ excerpt, answer: traced[at] }));
  return [
    share("answer in the first sentence", plain.first, 0.65),
    share("answer anywhere in it", plain.anywhere, 0.8),
    share("sentences from a page that answers", cited, 0.85),
    { name: "sentences an answer", value: cited.length / Math.max(1, answerable.length), n: answerable.length, aim: null },
    share("not answered by the pages: refused", plain.refused, 0.7),
    share("more questions: in the first sentence", further.first),
    share("more questions: anywhere", further.anywhere),
    share("more questions, not answered: refused", further.refused),
    share(
      "pasted excerpts traced to their page",
      found
        .filter(({ excerpt }) => excerpt.article !== null)
        .map(({ excerpt, answer }) => answer?.sources.some((source) => isOf(source, [excerpt.article ?? ""])) ?? false),
      0.98,
    ),
    share(
      "absent excerpts refused",
      found.filter(({ excerpt }) => excerpt.article === null).map(({ answer }) => answer?.status === "not_covered"),
      0.95,
    ),
    share("who or what it is: in the first sentence", outcomesOf(definitions, told).first),
    share(
      "third question of a conversation: its answer told",
      chains.map(({ answers: wanted }, at) => holdsAll(wanted[2] ?? [], toldLastOf[at] ?? "")),
      0.7,
    ),
  ];
}

/** Of the questions that the pages answer whether that is told, at once and at all; of the others whether they are refused. */
function outcomesOf(questions: readonly Question[], answers: readonly Answer[]) {
  const pairs = questions.map((question, at) => ({ question, answer: answers[at] }));
  const answerable = pairs.filter(({ question }) => question.unanswerable !== true);
  return {
    answerable,
    first: answerable.map(({ question, answer }) => holdsAll(question.answer ?? [], answer?.sentences[0]?.text ?? "")),
    anywhere: answerable.map(({ question, answer }) => holdsAll(question.answer ?? [], textOf(answer))),
    refused: pairs.filter(({ question }) => question.unanswerable === true).map(({ answer }) => answer?.status === "not_covered"),
  };
}

/** Of each conversation the last answer's own words, without its list of sources. */
function toldLast(printed: string): string[] {
  return printed.split(/^A new conversation\.$/m).map((conversation) => {
    const last = conversation.split(/^> /m).at(-1) ?? "";
    return last.slice(last.indexOf("\n")).split(/^(?:Sources|Nearest to it:?)$/m)[0] ?? "";
  });
}

/** The pages in a folder of their own, as a reader would have saved them. */
export function unpackedPages(pages: string): { folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), "pages-"));
  for (const name of readdirSync(path.join(pages, "html")))
    writeFileSync(path.join(folder, name.replace(/\.gz$/, "")), gunzipSync(readFileSync(path.join(pages, "html", name))));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function textOf(answer: Answer | undefined): string {
  return [...(answer?.sentences ?? []), ...(answer?.disagreements ?? []).flatMap(({ sides }) => sides)]
    .map(({ text }) => text)
    .join(" ");
}

function isOf(source: Answer["sources"][number] | undefined, articles: readonly string[]): boolean {
  return articles.some((article) => article !== "" && source?.document.path?.startsWith(article) === true);
}
