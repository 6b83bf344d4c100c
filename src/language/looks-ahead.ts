// Whether the clause around a time expression speaks of what is to come. Words only; English.
const AHEAD =
  /\b(?:will|shall|won't|is to|are to|is due|are due|due to|scheduled|plans? to|planned for|expected|expects?|set to|going to|intends?|hopes? to|would|next|coming|upcoming)\b/i;
const BREAK =
  /[;:]\s|,?\s(?:but|while|whereas|after|before|when|because|although|which|who|where)\s|,\s(?:and|said|says)\s|\sand\s(?=(?:will|would|is|are|was|were|has|had)\s)/gi;

export function looksAhead(text: string, start: number, end: number): boolean {
  let from = 0;
  let to = text.length;
  for (const match of text.matchAll(BREAK)) {
    if (match.index + match[0].length <= start) from = match.index + match[0].length;
    else if (match.index >= end && match.index < to) to = match.index;
  }
  return AHEAD.test(text.slice(from, to));
}
