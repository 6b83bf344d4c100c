// Rows of a table as lines that say what their figures are: "Orbe: Rent €14.10; Share of income 38%." Each can be quoted alone.

const LONGEST_CELL = 160;
const MOST_COLUMNS = 40;
/** Wider ones are read so only where they say what their heads are. */
const GUESSED_COLUMNS = 6;
const FIGURE =
  /^[^\p{L}]{0,3}\p{Sc}?\s?[+\-−–±<>≈~]?\s?\p{Sc}?\d[\d.,\s'’:/–-]*(?:\s?\p{L}{1,12}\.?|\s?[%‰°]\p{L}?|\s?\p{Sc})?[)*†]?$/u;

export interface TableCells {
  rows: readonly (readonly string[])[];
  /** How many rows at the top are column heads, where the table says so; null where it does not. */
  heads: number | null;
  caption: string | null;
}

/** One line a row; null where the table only lays out a page, or its cells are no values. */
export function tableLines({ rows, heads, caption }: TableCells): string[] | null {
  const filled = rows.filter((row) => row.some((cell) => cell !== ""));
  const width = Math.max(0, ...filled.map((row) => row.length));
  if (filled.length < 2 || width < 2 || width > (heads === null ? GUESSED_COLUMNS : MOST_COLUMNS)) return null;
  if (filled.some((row) => row.some((cell) => cell.length > LONGEST_CELL))) return null;
  const top = heads ?? (hasHeads(filled) ? 1 : 0);
  const values = filled.slice(top);
  const figures = values.flatMap((row) => row.slice(1)).filter((cell) => FIGURE.test(cell)).length;
  if (values.length === 0 || (heads === null && figures === 0)) return null;
  const columns = Array.from({ length: width }, (_, at) =>
    [...new Set(filled.slice(0, top).map((row) => row[at] ?? ""))].filter((name) => name !== "").join(" "),
  );
  const about = caption === null || caption.length > 120 ? "" : ` – ${caption.replace(/[.:\s]+$/, "")}`;
  return values.map((row) => {
    const [name = "", ...cells] = row;
    const told = cells.flatMap((cell, at) => (cell === "" ? [] : [`${columns[at + 1] ?? ""} ${cell}`.trim()])).join("; ");
    if (name === "" || told === "") return closed(`${name}${told}`);
    return closed(`${name}${about}: ${told}`);
  });
}

function hasHeads(rows: readonly (readonly string[])[]): boolean {
  const [first = [], ...others] = rows;
  return (
    first.slice(1).every((cell) => cell !== "" && !FIGURE.test(cell)) &&
    first.some((_, at) => at > 0 && others.filter((row) => FIGURE.test(row[at] ?? "")).length * 2 > others.length)
  );
}

const closed = (line: string): string => (/[.!?]$/.test(line) ? line : `${line}.`);
