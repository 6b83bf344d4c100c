// Comma-separated values with a heading line, quoted fields and doubled quotes (RFC 4180), as the evaluation sets come.

/** One record a row, by the names of the heading line. */
export function readCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/gy;
  while (field.lastIndex < text.length) {
    const match = field.exec(text);
    if (match === null) break;
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] !== "," && field.lastIndex < text.length) rows.push([]);
  }
  const [heading = [], ...records] = rows;
  return records.map((record) => Object.fromEntries(heading.map((name, index) => [name, record[index] ?? ""])));
}
