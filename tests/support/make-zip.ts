// A small ZIP writer for tests (deflate or stored), so that Word files, honest and hostile, can be made on the spot.
import { crc32, deflateRawSync } from "node:zlib";

export interface ZipDraft {
  name: string;
  data: string | Uint8Array;
  /** States another size than the true one, as a bomb would. */
  statedSize?: number;
  encrypted?: boolean;
}

export function makeZip(files: readonly ZipDraft[]): Uint8Array {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const raw = Buffer.from(file.data);
    const packed = deflateRawSync(raw);
    const name = Buffer.from(file.name);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(file.encrypted === true ? 1 : 0, 6);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(checksum(raw), 14);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(file.statedSize ?? raw.length, 22);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 4);
    head.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(offset, 42);
    central.push(entry, name);
    parts.push(head, name, packed);
    offset += head.length + name.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}

function checksum(data: Buffer): number {
  if (typeof crc32 === "function") return crc32(data);
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const TYPES =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const RELATIONS =
  '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>';

/** A Word file of paragraphs; those that begin with `# ` are headings, with `| ` rows of a table, with `~ ` hidden. */
export function makeDocx(paragraphs: readonly string[], core: Record<string, string> = {}): Uint8Array {
  const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const body = paragraphs.map((text, at) => {
    if (text.startsWith("| ")) {
      const cells = text
        .slice(2)
        .split(" | ")
        .map((cell) => `<w:tc><w:p><w:r><w:t>${escaped(cell)}</w:t></w:r></w:p></w:tc>`);
      const [first, last] = [paragraphs[at - 1], paragraphs[at + 1]].map((other) => other?.startsWith("| ") !== true);
      return `${first === true ? "<w:tbl>" : ""}<w:tr>${cells.join("")}</w:tr>${last === true ? "</w:tbl>" : ""}`;
    }
    const style = text.startsWith("# ") ? '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' : "";
    const hidden = text.startsWith("~ ") ? "<w:rPr><w:vanish/></w:rPr>" : "";
    const said = escaped(text.replace(/^[#~] /, ""));
    return `<w:p>${style}<w:r>${hidden}<w:t xml:space="preserve">${said}</w:t></w:r></w:p>`;
  });
  const styles =
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>';
  const relations =
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>';
  return makeZip([
    { name: "[Content_Types].xml", data: TYPES },
    { name: "_rels/.rels", data: RELATIONS },
    {
      name: "word/document.xml",
      data: `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body.join("")}</w:body></w:document>`,
    },
    { name: "word/_rels/document.xml.rels", data: relations },
    { name: "word/styles.xml", data: styles },
    {
      name: "docProps/core.xml",
      data: `<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t">${Object.entries(core)
        .map(([key, value]) => `<${key}>${value}</${key}>`)
        .join("")}</cp:coreProperties>`,
    },
  ]);
}
