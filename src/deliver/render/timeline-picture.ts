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
const LEADING = 1.36;
const MOST_EVENTS = 8;
/** The latest events are always among them: they are the news. */
const LATEST = 3;
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
  const fontFiles = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((file) => path.join(fonts, file));
  // beside the event loop: others wait for their acknowledgement meanwhile
  const drawn = await renderAsync(timelineSvg(timeline, theme), {
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: "DejaVu Sans" },
  });
  const told = drawnOf(timeline).map((event) => `${dateInWords(event.date)}: ${event.text}`);
  const alt = `Timeline of ${timeline.topic}. ${told.join(" ")}`.replace(/\s+/g, " ");
  const cut = alt.lastIndexOf(" ", LONGEST_ALT - 2);
  return { png: drawn.asPng(), alt: alt.length <= LONGEST_ALT ? alt : `${alt.slice(0, cut)} …` };
}

export function timelineSvg(timeline: Timeline, theme: Theme): string {
  const { topic, events, sources } = timeline;
  const colour = COLOURS[theme];
  const shown = drawnOf(timeline);
  const letters: string[] = [];
  const dots: number[] = [];
  let y = EDGE;
  const write = (text: string, size: number, fill: string, { x = LEFT, most = 1, weight = "normal" } = {}): void => {
    for (const line of linesOf(text, WIDTH - x - EDGE, size, most, weight === "bold")) {
      y += size * LEADING;
      const place = `x="${x}" y="${Math.round(y)}" font-size="${size}" font-weight="${weight}"`;
      letters.push(`<text ${place} fill="${fill}">${escaped(line)}</text>`);
    }
  };
  write(topic, 46, colour.text, { x: EDGE, most: 2, weight: "bold" });
  y += 30;
  for (const event of shown) {
    y += 26;
    dots.push(Math.round(y + 38 * (LEADING - 0.35)));
    write(dateInWords(event.date), 38, colour.accent, { weight: "bold" });
    write(event.text, 34, colour.text, { most: 5 });
    y += 6;
    write(tellersOf(event, sources), 27, colour.faint, { most: 2 });
  }
  if (events.length > shown.length) {
    y += 30;
    write(`${shown.length} of ${events.length} events; the others stand in the text.`, 27, colour.faint);
  }
  const height = Math.round(y + EDGE);
  const x = EDGE + 14;
  const dot = `r="14" fill="${colour.accent}" stroke="${colour.ground}" stroke-width="5"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="DejaVu Sans">`,
    `<rect width="${WIDTH}" height="${height}" fill="${colour.ground}"/>`,
    `<line x1="${x}" x2="${x}" y1="${dots[0]}" y2="${dots.at(-1)}" stroke="${colour.line}" stroke-width="5"/>`,
    ...dots.map((at) => `<circle cx="${x}" cy="${at}" ${dot}/>`),
    ...letters,
    "</svg>",
  ].join("");
}

/** In order of time: always the latest, then those with most of the topic's words, of these the later ones. */
function drawnOf({ topic, events }: Timeline): TimelineEvent[] {
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

const escaped = (text: string): string =>
  text
    .replace(/[\u0000-\u001F\u007F-\u009F\uFFFE\uFFFF\p{Surrogate}]/gu, " ")
    .replace(/[&<>]/g, (mark) => ({ "&": "&amp;", "<": "&lt;" })[mark] ?? "&gt;");

/** Of DejaVu Sans, by kinds of letters, in units of the font's size; rather too wide than too narrow. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijl'’|.,:;!]/u, 0.31],
  [/[ftrIJ()[\]\- “”"/]/u, 0.43],
  [/[mWM@%—]/u, 1],
  [/[wGOQ]/u, 0.8],
  [/\p{Lu}/u, 0.7],
  [/[\p{Ll}\p{N}]/u, 0.62],
  [/[^]/u, 1],
];
const BOLD = 1.12;

/** At most `most` lines of `width` at this size; the last one ends in "…" where the text goes on. A word longer than a line is broken. */
export function linesOf(text: string, width: number, size: number, most: number, bold = false): string[] {
  const widthOf = (letter: string): number => WIDTHS.find(([kind]) => kind.test(letter))?.[1] ?? 1;
  const fits = (line: string): boolean =>
    Array.from(line).reduce((sum, letter) => sum + widthOf(letter), 0) * size * (bold ? BOLD : 1) <= width;
  const lines: string[] = [];
  let line = "";
  const add = (piece: string, gap: string): void => {
    if (fits(line + gap + piece)) line += gap + piece;
    else {
      lines.push(line);
      line = piece;
    }
  };
  for (const word of text.split(/\s+/)) {
    if (lines.length > most) break;
    const pieces = fits(word) ? [word] : Array.from(word);
    for (const [at, piece] of pieces.entries()) add(piece, line === "" || at > 0 ? "" : " ");
  }
  if (line !== "") lines.push(line);
  if (lines.length <= most) return lines;
  let last = lines[most - 1] ?? "";
  while (last !== "" && !fits(`${last} …`)) last = last.slice(0, last.includes(" ") ? last.lastIndexOf(" ") : -1);
  return [...lines.slice(0, most - 1), `${last} …`];
}
