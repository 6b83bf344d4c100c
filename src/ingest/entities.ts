// Character references to characters, as browsers read them: the numbers 128 to 159 mean Windows' marks, whatever the standard calls them.
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
