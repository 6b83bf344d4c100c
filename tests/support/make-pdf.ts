// A small PDF writer for tests: pages of lines in Helvetica, uncompressed, with the document properties that are asked for.

export interface PdfLineDraft {
  text: string;
  size?: number;
  /** Extra space above. */
  gap?: number;
}

export function makePdf(pages: readonly (readonly PdfLineDraft[])[], info: Record<string, string> = {}): Uint8Array {
  const objects: string[] = [];
  const add = (body: string): number => objects.push(body);
  const escape = (text: string): string => text.replace(/[\\()]/g, "\\$&");
  add("<< /Type /Catalog /Pages 2 0 R >>");
  add("");
  const font = add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  const kids = pages.map((lines) => {
    let y = 780;
    const drawn = lines.map(({ text, size = 11, gap = 0 }) => {
      y -= size * 1.3 + gap;
      // a tab begins the next column
      return text
        .split("\t")
        .map((cell, at) => `BT /F1 ${size} Tf ${60 + at * 160} ${y.toFixed(1)} Td (${escape(cell)}) Tj ET`)
        .join("\n");
    });
    const stream = drawn.join("\n");
    const content = add(`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`);
    return add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${content} 0 R /Resources << /Font << /F1 ${font} 0 R >> >> >>`,
    );
  });
  objects[1] = `<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(" ")}] /Count ${kids.length} >>`;
  const properties = add(
    `<< ${Object.entries(info)
      .map(([key, value]) => `/${key} (${escape(value)})`)
      .join(" ")} >>`,
  );
  let out = "%PDF-1.4\n";
  const offsets = objects.map((body, index) => {
    const at = out.length;
    out += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const start = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("")}`;
  out += `trailer << /Size ${objects.length + 1} /Root 1 0 R /Info ${properties} 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(out, "latin1");
}
