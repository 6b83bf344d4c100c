// The terminal: its two streams (stdout is data, stderr is progress and trouble), its markup, and how what is rendered is laid between its edges.
// Nothing a document holds can steer it.
import { createColors } from "picocolors";
import type { Coverage } from "../../domain.ts";
import type { Failure } from "../../failure.ts";
import type { IngestProgress, VectorProgress } from "../../results.ts";
import { dateInWords } from "../../text/date-words.ts";
import type { Markup } from "../render/markup.ts";
import { readingLine } from "../render/render-answer.ts";

type Stream = NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
export type Output = ReturnType<typeof createOutput>;

const NARROWEST = 40;
const WIDEST = 100;
const LOGGED_MS = 5_000;

/** `noColour`: `NO_COLOR` is set. */
export function createOutput(streams: { stdout: Stream; stderr: Stream; noColour: boolean; now?: () => number }) {
  const { stdout, stderr, noColour, now = Date.now } = streams;
  const width = Math.min(WIDEST, Math.max(NARROWEST, stdout.columns ?? 80));
  let pending = false;
  let logged = now();
  const clear = (): void => {
    if (pending) stderr.write("\r\u001B[K");
    pending = false;
  };
  const data = (text: string): void => {
    clear();
    stdout.write(`${text}\n`);
  };
  return {
    data,
    notice(text: string): void {
      clear();
      stderr.write(`${wrap(plain(text), width)}\n`);
    },
    /** What went wrong and the way out, a line each; one object of data for programs. */
    failure(failure: Failure, json: boolean): void {
      if (json) return data(jsonLine(errorObject(failure)));
      clear();
      stderr.write(`${plain([failure.message, failure.hint].filter(Boolean).join("\n"))}\n`);
    },
    /** Text on one line that is replaced by the next; where stderr is no terminal, a line of its own every few seconds. */
    status(text: string): void {
      if (stderr.isTTY === true) {
        stderr.write(`\r\u001B[K${plain(text).slice(0, (stderr.columns ?? 80) - 1)}`);
        pending = text !== "";
      } else if (text !== "" && now() - logged >= LOGGED_MS) {
        stderr.write(`${plain(text)}\n`);
        logged = now();
      }
    },
    /** The status line is replaced in place. */
    live: stderr.isTTY === true,
    colour: stdout.isTTY === true && !noColour,
    width,
  };
}

/** Text of documents and members without control characters: no colour codes, no cursor movement, no bell. Line breaks stay. */
export function plain(text: string): string {
  return text.replace(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]+/g, " ");
}

/** One line of JSON in which nothing a document holds can steer a terminal: control and direction characters are escaped. */
export function jsonLine(value: object): string {
  return JSON.stringify(value).replace(
    /[\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

export function errorObject(failure: Failure): { error: { code: string; message: string; hint: string } } {
  return { error: { code: failure.code, message: failure.message, hint: failure.hint } };
}

/** Characters that are seen: without the codes of colours. */
const seen = (text: string): number => text.replace(/\u001B\[\d+m/g, "").length;

/** Words wrapped at `width`, the first line behind `first`, the others behind `indent`. A word longer than a line stays whole. */
export function wrap(text: string, width: number, indent = "", first = indent): string {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    const lead = (): string => (lines.length === 0 ? first : indent);
    for (const word of paragraph.split(" ")) {
      if (line !== "" && lead().length + seen(line) + 1 + seen(word) > width) {
        lines.push(lead() + line);
        line = "";
      }
      line += line === "" ? word : ` ${word}`;
    }
    lines.push(line === "" ? "" : lead() + line);
  }
  return lines.join("\n");
}

export type Look = Pick<Output, "colour" | "width">;

function terminalMarkup({ colour }: Pick<Output, "colour">): Markup {
  const c = createColors(colour);
  return {
    plain,
    strong: c.bold,
    small: c.dim,
    day: dateInWords,
    link: plain,
    quote: (text) => c.dim(`“${plain(text.trim().replace(/\s+/g, " "))}”`),
    under: (line) => `      ${line}`,
    roomy: true,
  };
}

/** What `render` makes for this markup, wrapped: a line's own spaces stand before its further lines too, and what it is marked with hangs out. */
export function page(look: Look, render: (markup: Markup) => string): string {
  const lines = render(terminalMarkup(look)).split("\n");
  return lines
    .map((line) => {
      const [, lead = "", mark = ""] = /^( *)(\[\d|• |(?:ok  |FAIL) |\d+\. )?/.exec(line) ?? [];
      return wrap(line.slice(lead.length), look.width, lead + " ".repeat(mark.startsWith("[") ? 4 : mark.length), lead);
    })
    .join("\n");
}

const BAR = 20;

/** A progress callback that keeps one status line up to date; time left is estimated from what was done since it was first called, or made. */
export function progressLine(output: Output, now: () => number = Date.now): (progress: IngestProgress) => void {
  const line = countingLine(output, { at: now(), done: 0 }, now);
  return ({ done, total, current, passages }) => line(done, total, `documents, ${passages} passages`, `  ${current}`);
}

/** The same for the second phase, in which only what is done now counts for the time left. */
export function vectorLine(output: Output, now: () => number = Date.now): (progress: VectorProgress) => void {
  const line = countingLine(output, null, now);
  return ({ done, total }) => line(done, total, "passages have their vector");
}

function countingLine(output: Output, first: { at: number; done: number } | null, now: () => number) {
  let began = first;
  return (done: number, total: number, what: string, behind = ""): void => {
    began ??= { at: now(), done };
    const filled = total === 0 ? BAR : Math.round((done / total) * BAR);
    const bar = output.live ? `${"█".repeat(filled)}${"░".repeat(BAR - filled)} ` : "";
    const each = (now() - began.at) / (done - began.done);
    const left = done === total || !Number.isFinite(each) ? "" : `, ${duration(each * (total - done))} left`;
    output.status(`${bar}${done}/${total} ${what}${left}${behind}`);
  };
}

/** Says once what is being read while a model writes. */
export function readingNotice(output: Output): (reading: Coverage) => void {
  return (reading) => {
    const line = readingLine(reading, terminalMarkup({ colour: false }));
    if (output.live) output.status(line);
    else output.notice(line);
  };
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
