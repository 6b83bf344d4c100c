// Tells whether a question asks more than one thing, and cuts it into its parts. Words only; no part is invented or reworded.

const ASKING = String.raw`(?:who|whom|whose|what|when|where|why|how|which|did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)`;
const JOINT = new RegExp(
  String.raw`(?<=\?)\s+(?=\S)|\s*[;,]?\s+(?:and|as\s+well\s+as|and\s+also|but)\s+(?=${ASKING}\s+\S+)|\s*[;,]\s+(?=(?:who|what|when|where|why|how|which)\s+\S+)`,
  "iu",
);
const MOST_PARTS = 4;
const LONGEST = 1000;

/** The parts in order; the question alone where it asks one thing, or is too long to be a question. */
export function partsOf(question: string): string[] {
  if (question.length > LONGEST) return [question];
  const pieces = question
    .split(JOINT)
    .map((piece) => piece.trim())
    .filter((piece) => /[\p{L}\p{N}]/u.test(piece));
  const asks = new RegExp(String.raw`^(?:(?:in|at|on|by|for|to|from|with|about)\s+)?${ASKING}\b`, "i");
  // the first piece may be a statement that leads up to the question: "The talks failed. Why?" is one question
  if (pieces.length < 2 || pieces.length > MOST_PARTS || !pieces.every((piece) => asks.test(piece))) return [question];
  // "what it is and how …": a part needs a word of matter besides its question word
  return pieces.every((piece) => piece.split(/\s+/).length >= 3) ? pieces : [question];
}
