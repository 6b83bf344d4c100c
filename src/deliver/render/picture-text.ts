// Text in a picture: broken into lines that fit. Widths are those of DejaVu Sans, by kinds of letters, rather too wide than too narrow.

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

/** In units of the font's size. */
function widthOf(text: string): number {
  let sum = 0;
  for (const letter of text) sum += WIDTHS.find(([kind]) => kind.test(letter))?.[1] ?? OTHER;
  return sum;
}
