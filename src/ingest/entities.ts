// What publishers leave in values, mended: JSON, and character references as browsers read them: the numbers 128 to 159 mean Windows' marks, whatever the standard calls them.
import { decodeHTMLStrict } from "entities";

/** The marks that were lost where windows-1252 was read as Latin-1. */
export const windowsMarks = (text: string): string =>
  text.replace(/[\u0080-\u009f]/g, (control) => decodeHTMLStrict(`&#${control.charCodeAt(0)};`));

/** In places where references mean nothing (JSON, feed titles) publishers leave them too. Those of no character, or a control character, stay. */
export const decodeEntities = (text: string): string =>
  text.replace(/&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z\d]{1,30});/gi, (reference) => {
    const character = decodeHTMLStrict(reference);
    return /[\u0000-\u001f\ufffd]/.test(character) ? reference : character;
  });

/** JSON of which at most control characters and commas too many are wrong; null for anything else. */
export function mendedJson(source: string): unknown {
  for (const attempt of [source, source.replace(/[\u0000-\u001f]+/g, " ").replace(/,\s*([}\]])/g, "$1")]) {
    try {
      return JSON.parse(attempt) as unknown;
    } catch {
      // the next, more forgiving reading
    }
  }
  return null;
}
