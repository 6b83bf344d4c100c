// A timeline as a picture for a phone: date, the source's own words, who says it. Draws what the timeline holds and adds nothing; a long
// quotation ends in "…" here and stands whole in the text beside it. Offline: the font comes with a package, none of the system is read.
import { createRequire } from "node:module";
import path from "node:path";
import type { Source } from "../../domain.ts";
import type { Timeline, TimelineEvent } from "../../results.ts";
import { dateInWords } from "../../text/date-words.ts";
import { contentWords } from "../../text/words.ts";
import { linesOf } from "./picture-text.ts";

export type Theme = "dark" | "light";

export interface Picture {
  png: Uint8Array;
  /** What the picture shows, for those who do not see it; at most 1,000 characters. */
  alt: string;
}

/** Shown at about a third of this on a phone: 34 become 11 points. */
const WIDTH = 1080;
const EDGE = 56;
const LEFT = 112;
const SIZE = { title: 46, date: 38, text: 34, small: 27 };
const LEADING = 1.36;
const MOST_EVENTS = 8;
/** The latest events are always among them: they are the news. */
const LATEST = 3;
const MOST_LINES = 5;
const LONGEST_ALT = 1000;

const COLOURS: Record<Theme, Record<"ground" | "text" | "faint" | "line" | "accent", string>> = {
  dark: { ground: "#1e1f22", text: "#f2f3f5", faint: "#b5bac1", line: "#4e5058", accent: "#8ea1ff" },
  light: { ground: "#ffffff", text: "#1a1b1e", faint: "#55585f", line: "#c4c9d0", accent: "#3b4cca" },
};

/** Null for a timeline without dated events: there is nothing to draw. */
export async function drawTimeline(timeline: Timeline, theme: Theme): Promise<Picture | null> {
  if (timeline.events.length === 0) return null;
  const { renderAsync } = await import("@resvg/resvg-js");
  const require = createRequire(import.meta.url);
  const fonts = path.join(path.dirname(require.resolve("dejavu-fonts-ttf/package.json")), "ttf");
  // beside the event loop: others wait for their acknowledgement meanwhile
  const drawn = await renderAsync(timelineSvg(timeline, theme), {
    font: {
      fontFiles: ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((file) => path.join(fonts, file)),
      loadSystemFonts: false,
      defaultFontFamily: "DejaVu Sans",
    },
  });
  return { png: drawn.asPng(), alt: altOf(timeline) };
}

export function timelineSvg({ topic, events, sources }: Timeline, theme: Theme): string {
  const colour = COLOURS[theme];
  const shown = drawnOf(topic, events);
  const parts: string[] = [];
  let y = EDGE;
  const write = (lines: readonly string[], size: number, fill: string, x: number, weight = "normal"): void => {
    for (const line of lines) {
      y += size * LEADING;
      parts.push(
        `<text x="${x}" y="${Math.round(y)}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escaped(line)}</text>`,
      );
    }
  };
  write(linesOf(topic, WIDTH - 2 * EDGE, SIZE.title, 2, true), SIZE.title, colour.text, EDGE, "bold");
  y += 30;
  const dots: number[] = [];
  for (const event of shown) {
    y += 26;
    dots.push(Math.round(y + SIZE.date * LEADING - SIZE.date * 0.35));
    write([dateInWords(event.date)], SIZE.date, colour.accent, LEFT, "bold");
    write(linesOf(wordsOf(event, sources), WIDTH - LEFT - EDGE, SIZE.text, MOST_LINES), SIZE.text, colour.text, LEFT);
    y += 6;
    write(linesOf(tellersOf(event, sources), WIDTH - LEFT - EDGE, SIZE.small, 2), SIZE.small, colour.faint, LEFT);
  }
  if (events.length > shown.length) {
    y += 30;
    write([`${shown.length} of ${events.length} events; the others stand in the text.`], SIZE.small, colour.faint, LEFT);
  }
  const height = Math.round(y + EDGE);
  const [first = 0, last = 0] = [dots[0], dots.at(-1)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="DejaVu Sans">`,
    `<rect width="${WIDTH}" height="${height}" fill="${colour.ground}"/>`,
    `<line x1="${EDGE + 14}" x2="${EDGE + 14}" y1="${first}" y2="${last}" stroke="${colour.line}" stroke-width="5"/>`,
    ...dots.map(
      (at) => `<circle cx="${EDGE + 14}" cy="${at}" r="14" fill="${colour.accent}" stroke="${colour.ground}" stroke-width="5"/>`,
    ),
    ...parts,
    "</svg>",
  ].join("");
}

function altOf({ topic, events, sources }: Timeline): string {
  const shown = drawnOf(topic, events).map((event) => `${dateInWords(event.date)}: ${wordsOf(event, sources)}`);
  const whole = `Timeline of ${topic}. ${shown.join(" ")}`.replace(/\s+/g, " ");
  return whole.length <= LONGEST_ALT ? whole : `${whole.slice(0, whole.lastIndexOf(" ", LONGEST_ALT - 2))} …`;
}

/** In order of time: always the latest, then those with most of the topic's words, of these the ones that more tell, then the later ones. */
function drawnOf(topic: string, events: readonly TimelineEvent[]): TimelineEvent[] {
  if (events.length <= MOST_EVENTS) return [...events];
  const asked = new Set(contentWords(topic).map(({ stem }) => stem));
  const held = ({ text }: TimelineEvent): number =>
    new Set(contentWords(text).flatMap(({ stem }) => (asked.has(stem) ? [stem] : []))).size;
  const earlier = events.slice(0, -LATEST).map((event, at) => ({ event, at, held: held(event), told: event.citations.length }));
  earlier.sort((a, b) => b.held - a.held || b.told - a.told || b.at - a.at);
  const drawn = new Set([...earlier.slice(0, MOST_EVENTS - LATEST).map(({ event }) => event), ...events.slice(-LATEST)]);
  return events.filter((event) => drawn.has(event));
}

/** The first source's own words, without the frame: who says them stands below. */
function wordsOf({ citations, text }: TimelineEvent, sources: readonly Source[]): string {
  const source = sources[(citations[0] ?? 0) - 1];
  // an entry may quote a part of its source: the words that name an event
  const part = /: “([^“”]+)”$/.exec(text)?.[1];
  const quote = source?.quote ?? text;
  // a clause of its source stands as it is
  const whole = text.endsWith(quote) || text.includes(": ") ? quote : text;
  const told = part !== undefined && quote.includes(part) ? part : whole;
  const words = told.replace(/\s+/g, " ").trim();
  return source === undefined || source.document.genre === "report" || /["“”]/.test(words) ? words : `“${words}”`;
}

/** `[1] Amina Khan · with 2 more · analysis · 4 Nov 2025 · Paper` */
function tellersOf({ citations }: TimelineEvent, sources: readonly Source[]): string {
  const source = sources[(citations[0] ?? 0) - 1];
  if (source === undefined) return "";
  const { document, speaker } = source;
  // whom the sentence quotes it says itself; below it stands whose text it is
  const { author } = document;
  const voice = author === null || (speaker !== null && author.includes(speaker)) ? speaker : author;
  const who = document.genre === "report" ? null : voice;
  const when = document.published === null ? "undated" : dateInWords(document.published);
  // the others in front: a long title may be cut
  const more = citations.length > 1 ? `with ${citations.length - 1} more` : null;
  const facts = [who, more, document.genre, when, document.publisher ?? document.title];
  return `[${source.n}] ${facts.filter((fact) => fact !== null).join(" · ")}`;
}

function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u001F\u007F-\u009F\uFFFE\uFFFF\p{Surrogate}]/gu, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");
}
