// Tells that a question is in another language than English, by its script or by the words that questions begin with there. For a note to the
// reader only. Pure.

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ["Ukrainian", /[іїєґ]/iu],
  ["Russian", /\p{Script=Cyrillic}/u],
  ["Persian or Urdu", /[پچژگکیےںٹڈ]/u],
  ["Arabic", /\p{Script=Arabic}/u],
  ["Japanese", /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ["Chinese", /\p{Script=Han}/u],
  ["Korean", /\p{Script=Hangul}/u],
  ["Greek", /\p{Script=Greek}/u],
  ["Hebrew", /\p{Script=Hebrew}/u],
  ["Hindi", /\p{Script=Devanagari}/u],
  ["Thai", /\p{Script=Thai}/u],
];

/** Small words of questions; those that English has as well ("was", "die", "war", "are", "on") are left out or count only beside others. */
const WORDS: Readonly<Record<string, string>> = {
  German:
    "in was wer wen wem wessen wann wo wohin woher warum weshalb wieso wie welche welcher welches welchem wieviel wieviele ist sind wurde wurden hat haben gibt gab geschah kostet kostete kosten sagt sagte sagten macht machte tat taten kommt kam liegt lag heißt hieß bedeutet ging passierte über der die das den dem ein eine und mit für von nach bei nicht sich es zum zur im",
  French:
    "qui que quoi quand où pourquoi comment combien quel quelle quels quelles est-ce qu'est-ce est sont était a-t-il s'est passé le la les des du de dans une un à sur avec pour et aux au eu ont se",
  Spanish:
    "en qué quién quiénes cuándo dónde por cómo cuál cuáles cuánto cuántos cuántas pasó ocurrió fue es son está los las el la del de en un una y con para sobre se que quien cuando donde como",
  Italian:
    "chi cosa quando dove perché come quale quali quanto quanti è sono stato successo accaduto il lo la gli le di del della nel nella un una e con per sul si che",
  Portuguese:
    "quem quê quando onde porquê porque como qual quais quanto quantos aconteceu foi é são está o os a as do da dos das em no na um uma e com para sobre que",
  Dutch: "wie wat wanneer waar waarom hoe welke welk hoeveel is zijn werd er gebeurde de het een en van in met voor over",
  Turkish: "kim ne nerede neden niçin nasıl hangi kaç oldu mi mı mu mü ve bir bu için ile zaman",
  Polish: "kto co kiedy gdzie dlaczego jak który która które ile jest są było się w na z i o do",
};
const SETS = Object.entries(WORDS).map(([language, words]) => [language, new Set(words.split(" "))] as const);
/** Parts of names in any language. */
const PARTICLES = new Set("von van de la le el en du des di da do dos das del den der e y a o i as on".split(" "));
const ENGLISH = new Set(
  "as be been can i you we us my your his her its than then more most who whom whose what when where why how which is are was were did does do has have had the a an of in on at to for by with from about over and or not will would can could should it that this there they he she many much".split(
    " ",
  ),
);

/** The language's English name, or null where the question may be English. */
export function foreignQuestion(question: string): string | null {
  const letters = question.match(/\p{L}/gu)?.length ?? 0;
  const latin = question.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (letters === 0) return null;
  if (latin < letters / 2) return SCRIPTS.find(([, script]) => script.test(question))?.[0] ?? "another language";
  const words = question.toLowerCase().match(/\p{L}+(?:['’-]\p{L}+)*/gu) ?? [];
  const scored = SETS.map(([language, set]) => {
    const hits = words.filter((word) => set.has(word));
    const own = hits.filter((word) => !ENGLISH.has(word) && !PARTICLES.has(word)).length;
    const english = words.filter((word) => ENGLISH.has(word) && !set.has(word));
    const plainly = english.some((word) => word.length > 2);
    return { language, hits: hits.length, own, english: english.length, plainly };
  }).sort((a, b) => b.hits - a.hits || b.own - a.own);
  const [best] = scored;
  // beside English, one word that the languages do not share is no proof; the shortest English words are other languages' as well
  if (best === undefined || best.own < (best.plainly ? 2 : 1) || best.hits <= best.english) return null;
  const set = SETS.find(([language]) => language === best.language)?.[1];
  if (ENGLISH.has(words[0] ?? "") && set?.has(words[0] ?? "") !== true) return null;
  return best.hits >= Math.max(2, words.length * 0.3) ? best.language : null;
}
