// The one policy on hostile text, for every kind of document: what no reader sees and what speaks to programs is left out and told.
import { commandsWarning, isCommandToPrograms, withoutCommands } from "./commands-to-programs.ts";
import type { Piece } from "./compose-text.ts";
import { withoutHidden } from "./hidden-characters.ts";

/** Text that the page hides from its readers, as visibility.ts found it. */
export interface Unseen {
  count: number;
  texts: readonly string[];
}

/** Pieces of which something is left; `warnings` in words for people. */
export function cleanPieces<T extends Piece>(
  pieces: readonly T[],
  unseen: Unseen = { count: 0, texts: [] },
): { pieces: T[]; warnings: string[] } {
  let characters = 0;
  let commands = unseen.texts.filter(isCommandToPrograms).length;
  const kept = pieces.flatMap((piece) => {
    const visible = withoutHidden(piece.text);
    const { text, removed } = withoutCommands(visible.text);
    characters += visible.hidden;
    commands += removed;
    return text === "" ? [] : [{ ...piece, text }];
  });
  return {
    pieces: kept,
    warnings: [
      ...(unseen.count > 0 ? [`Hidden text left out: ${unseen.count} ${unseen.count === 1 ? "piece" : "pieces"}.`] : []),
      ...commandsWarning(commands),
      ...invisibleWarning(characters),
    ],
  };
}

export const invisibleWarning = (characters: number): string[] =>
  characters === 0 ? [] : [`Invisible characters left out: ${characters}.`];
