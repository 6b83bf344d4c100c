// A timeline as a picture for a phone: date, what is told, whose text it is. Draws what the timeline holds and adds nothing; a long entry
// ends in "…" here and stands whole in the text beside it. Offline: the font comes with a package, none of the system is read.
import { createRequire } from "node:module";
import path from "node:path";
import type { Source } from "../../domain.ts";
import type { Timeline, TimelineEvent } from "../../results.ts";
import { dateInWords } from "../../text/date-words.ts";
import { contentWords } from "../../text/words.ts";

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
    write(linesOf(event.text, WIDTH - LEFT - EDGE, SIZE.text, MOST_LINES), SIZE.text, colour.text, LEFT);
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

function altOf({ topic, events }: Timeline): string {
  const shown = drawnOf(topic, events).map((event) => `${dateInWords(event.date)}: ${event.text}`);
  const whole = `Timeline of ${topic}. ${shown.join(" ")}`.replace(/\s+/g, " ");
  return whole.length <= LONGEST_ALT ? whole : `${whole.slice(0, whole.lastIndexOf(" ", LONGEST_ALT - 2))} …`;
}

/** In order of time: always the latest, then those with most of the topic's words, of these the later ones. */
function drawnOf(topic: string, events: readonly TimelineEvent[]): TimelineEvent[] {
  const asked = new Set(contentWords(topic).map(({ stem }) => stem));
  const held = ({ text }: TimelineEvent): number => contentWords(text).filter(({ stem }) => asked.has(stem)).length;
  const earlier = events.slice(0, -LATEST).toReversed();
  const nearest = earlier.sort((a, b) => held(b) - held(a)).slice(0, MOST_EVENTS - LATEST);
  const drawn = new Set([...nearest, ...events.slice(-LATEST)]);
  return events.filter((event) => drawn.has(event));
}

/** `[1] with 2 more · analysis · 4 Nov 2025 · Paper`. */
function tellersOf({ citations }: TimelineEvent, sources: readonly Source[]): string {
  const source = sources[(citations[0] ?? 0) - 1];
  if (source === undefined) return "";
  const { genre, published, publisher, author, title } = source.document;
  const when = published === null ? "undated" : dateInWords(published);
  const more = citations.length > 1 ? `with ${citations.length - 1} more` : null;
  // a long title may be cut
  const facts = [more, genre, when, publisher ?? author ?? title];
  return `[${source.n}] ${facts.filter((fact) => fact !== null).join(" · ")}`;
}

function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u001F\u007F-\u009F\uFFFE\uFFFF\p{Surrogate}]/gu, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");
}

/** Of DejaVu Sans, by kinds of letters, in units of the font's size; rather too wide than too narrow. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijl'’|.,:;!]/u, 0.31],
  [/[ftrIJ()[\]\- “”"/]/u, 0.43],
  [/[mWM@%—]/u, 1],
  [/[wGOQ]/u, 0.8],
  [/\p{Lu}/u, 0.7],
  [/[\p{Ll}\p{N}]/u, 0.62],
];
const OTHER = 1;
const BOLD = 1.12;

/** At most `most` lines of `width` at this size; the last one ends in "…" where the text goes on. A word longer than a line is broken. */
export function linesOf(text: string, width: number, size: number, most: number, bold = false): string[] {
  const fits = (line: string): boolean => widthOf(line) * size * (bold ? BOLD : 1) <= width;
  const lines: string[] = [];
  let line = "";
  for (const word of words(text, (piece) => fits(piece))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (fits(longer)) line = longer;
    else {
      lines.push(line);
      line = word;
    }
    if (lines.length > most) break;
  }
  if (line !== "") lines.push(line);
  if (lines.length <= most) return lines;
  let last = `${lines[most - 1] ?? ""} …`;
  while (!fits(last) && last.includes(" ")) last = `${last.slice(0, last.lastIndexOf(" ", last.length - 3))} …`;
  return [...lines.slice(0, most - 1), last];
}

function* words(text: string, fits: (piece: string) => boolean): Generator<string> {
  for (const word of text.split(/\s+/)) {
    let rest = Array.from(word);
    while (rest.length > 1 && !fits(rest.join(""))) {
      let take = rest.length;
      while (take > 1 && !fits(rest.slice(0, take).join(""))) take = Math.ceil(take / 2);
      yield rest.slice(0, take).join("");
      rest = rest.slice(take);
    }
    if (rest.length > 0) yield rest.join("");
  }
}

function widthOf(text: string): number {
  let sum = 0;
  for (const letter of text) sum += WIDTHS.find(([kind]) => kind.test(letter))?.[1] ?? OTHER;
  return sum;
}
