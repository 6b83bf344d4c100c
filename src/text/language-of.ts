// Which language a text or a question is in, by its script or its small words; null where that cannot be told. Pure. Libraries were tried
// and are no better on a line of five words: English questions with foreign names are taken for Dutch or Turkmen.

/** Small words of texts and of questions. */
const SMALL_WORDS: Readonly<Record<string, string>> = {
  en: "the of and to in that is was for on with as by it from are has have not be at this which will but they he his an were said been can i you we us my your her its than then more most who whom whose what when where why how does did do had a about over or would could should there she many much",
  de: "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei in über zum zur was wer wen wem wann wo wohin warum wieso wie welche welcher welches sind wurde haben gibt gab geschah kostet kostete sagt sagte macht kommt liegt heißt passierte",
  fr: "de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont avec ont aux cette quoi quand où pourquoi comment combien quel quelle quels quelles est-ce qu'est-ce a-t-il était eu",
  es: "de la que el en y los del se las por un para con no una su al lo como más pero sus este ha fue son qué quién quiénes cuándo dónde cómo cuál cuáles cuánto cuántos pasó es está sobre quien cuando donde",
  it: "di che la il un per del non è una della sono da si con alla le nel dei gli più anche ha ma i delle chi cosa quando dove perché come quale quali quanto quanti stato successo lo nella sul",
  pt: "de que o do da em um para com não uma os no se na por mais as dos como mas foi ao ele das tem são quem quê quando onde porquê qual quais quanto quantos aconteceu é está a sobre",
  nl: "de van het een en in is dat op te zijn met voor niet aan er om ook als door bij uit naar heeft worden wie wat wanneer waar waarom hoe welke welk hoeveel werd gebeurde over",
  tr: "ve bir bu da de için ile olarak daha çok olan gibi sonra kadar en ancak göre değil ise ama kim ne nerede neden niçin nasıl hangi kaç oldu mi mı mu mü zaman",
  pl: "i w na z o do nie że się jest był była kto co kiedy gdzie dlaczego jak który która które ile są było",
};
const SETS = Object.entries(SMALL_WORDS).map(([tag, words]) => [tag, new Set(words.split(" "))] as const);

/** Scripts and letters of one language, each with the share of a text's letters from which the text is in it; the first that fits holds. */
const SCRIPTS: readonly (readonly [tag: string, letters: RegExp, share: number])[] = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 0.1],
  ["ko", /\p{Script=Hangul}/gu, 0.4],
  ["zh", /\p{Script=Han}/gu, 0.4],
  ["el", /\p{Script=Greek}/gu, 0.4],
  ["hy", /\p{Script=Armenian}/gu, 0.4],
  ["ka", /\p{Script=Georgian}/gu, 0.4],
  ["he", /\p{Script=Hebrew}/gu, 0.4],
  ["th", /\p{Script=Thai}/gu, 0.4],
  ["hi", /\p{Script=Devanagari}/gu, 0.4],
  ["uk", /[іїєґ]/giu, 0.02],
  ["ru", /\p{Script=Cyrillic}/gu, 0.4],
  ["ur", /[ٹڈڑںے]/gu, 0.01],
  ["fa", /[پچژگ]/gu, 0.02],
  ["ar", /\p{Script=Arabic}/gu, 0.4],
];

/** A tag such as `en`. Looks at the first 4,000 characters. */
export function languageOf(text: string): string | null {
  const head = text.slice(0, 4000);
  const letters = head.match(/\p{L}/gu)?.length ?? 0;
  const [tag] = SCRIPTS.find(([, script, share]) => letters > 10 && (head.match(script)?.length ?? 0) > letters * share) ?? [];
  if (tag !== undefined) return tag;
  const words = head.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length < 12) return null;
  const [best, second] = SETS.map(([tag, set]) => ({ tag, hits: words.filter((word) => set.has(word)).length })).sort(
    (a, b) => b.hits - a.hits,
  );
  if (best === undefined || second === undefined || best.hits < words.length * 0.12) return null;
  return best.hits >= second.hits * 1.3 ? best.tag : null;
}

/** Parts of names in any language, and small words that English has as well. */
const SHARED = new Set("von van de la le el en du des di da do dos das del den der e y a o i as on".split(" "));
const ENGLISH = new Set(SMALL_WORDS["en"]?.split(" "));

/** The language's English name, or null where the question may be English. */
export function foreignQuestion(question: string): string | null {
  const nameOf = (tag: string): string => new Intl.DisplayNames(["en"], { type: "language" }).of(tag) ?? tag;
  const letters = question.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return null;
  if ((question.match(/\p{Script=Latin}/gu)?.length ?? 0) < letters / 2) {
    const [tag] = SCRIPTS.find(([, script]) => question.search(script) >= 0) ?? [];
    return tag === undefined ? "another language" : nameOf(tag);
  }
  const words = question.toLowerCase().match(/\p{L}+(?:['’-]\p{L}+)*/gu) ?? [];
  const found = SETS.filter(([tag]) => tag !== "en").map(([tag, set]) => {
    const hits = words.filter((word) => set.has(word));
    const own = hits.filter((word) => !ENGLISH.has(word) && !SHARED.has(word)).length;
    return { tag, hits: hits.length, own, english: words.filter((word) => ENGLISH.has(word) && !set.has(word)), set };
  });
  const [best] = found.sort((a, b) => b.hits - a.hits || b.own - a.own);
  if (best === undefined || best.hits < Math.max(2, words.length * 0.3) || best.hits <= best.english.length) return null;
  // beside English, one word that the languages do not share is no proof
  const needed = best.english.some((word) => word.length > 2) ? 2 : 1;
  return best.own < needed || best.english[0] === words[0] ? null : nameOf(best.tag);
}
