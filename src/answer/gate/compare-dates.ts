// Dates of a claim against its source. Weekdays and years may be left out, never changed; relative days of the source count by its publication date.
import { aboutOf, belonging, stretches } from "./belonging.ts";
import { type DateMention, sameDate, isoOf } from "./date-mentions.ts";
import type { Finding } from "./finding.ts";
import { grammarOf, type Predicate } from "./grammar.ts";
import type { Reading, ReadSentence } from "./reading.ts";
import { daysMeant } from "./weekdays.ts";
import { likeness, type Window } from "./window.ts";

export function compareDates(
  claim: ReadSentence,
  source: Reading,
  window: Window,
  context: ReadSentence | null,
  published: string | null,
): Finding[] {
  const sentences = source.sentences.slice(Math.max(0, window.from - 1), window.to + 2);
  const near = source.sentences.slice(window.from, window.to + 1).flatMap((sentence) => sentence.dates);
  const around = sentences.flatMap((sentence) => sentence.dates);
  const all = source.sentences.flatMap((sentence) => sentence.dates);
  const years = new Set(source.years);
  if (published !== null) years.add(Number(published.slice(0, 4)));
  const findings: Finding[] = [];
  for (const date of claim.dates) {
    if (speaksOfPublication(claim, date) && context?.dates.some((known) => sameDate(date, known, years)) === true) continue;
    if (near.some((other) => sameDate(date, other, years))) {
      const within = source.sentences.slice(window.from, window.to + 1);
      if (
        within.some((sentence) =>
          sentence.dates.some((found) => sameDate(date, found, years) && namesThing(date, claim, found, sentence)),
        )
      )
        continue;
      const other = boundTo(date, claim, within, years);
      const elsewhere = other === null ? ofAnotherVerb(date, claim, source.sentences[window.best], years) : null;
      if (elsewhere !== null) findings.push({ kind: "contradicted", about: "date", reason: elsewhere });
      if (other !== null)
        findings.push({
          kind: "contradicted",
          about: "date",
          reason: `says ${date.text}, the source says ${other.text} of this`,
          words: [date.text, other.text],
        });
      continue;
    }
    if (near.length === 0 && around.some((other) => sameDate(date, other, years))) continue;
    if (published !== null && meantBy(date, sentences, published)) continue;
    const rival =
      rivalOf(date, claim, source.sentences.slice(window.from, window.to + 1)) ??
      near.find((other) => sameParts(date, other)) ??
      null;
    if (rival === null && all.some((other) => sameDate(date, other, years))) continue;
    if (
      rival === null &&
      date.weekday !== null &&
      date.day === null &&
      date.month === null &&
      all.length === 0 &&
      relative(sentences)
    )
      continue;
    findings.push(
      rival === null
        ? { kind: "missing", about: "date", reason: `date not in the source: ${date.text}` }
        : {
            kind: "contradicted",
            about: "date",
            reason: `says ${date.text}, the source says ${rival.text}`,
            words: [date.text, rival.text],
          },
    );
  }
  return findings;
}

/** Of several dates of a sentence the one that goes with the claim's matter: "founded in 2009 and bought in 2021". */
function rivalOf(date: DateMention, claim: ReadSentence, sentences: readonly ReadSentence[]): DateMention | null {
  const about = aboutOf(claim, claim.dates, claim.dates.indexOf(date));
  let [rival, most]: [DateMention | null, number] = [null, 0];
  for (const sentence of sentences) {
    stretches(sentence, sentence.dates).forEach((words, index) => {
      const other = sentence.dates[index];
      const held = words.filter((word) => about.some((mine) => likeness(mine, word.base) > 0)).length;
      if (other !== undefined && held > most && sameParts(date, other)) [rival, most] = [other, held];
    });
  }
  return rival;
}

/** Words beside which a date may be the day on which something was published; the day is no day of an event. */
const PUBLISHED =
  /\b(?:publish|wr[io]t|report|article|piece|column|dated|edition|issue|analysis|interview|statement|comment|opinion|editorial|posted|updated)/i;

function speaksOfPublication({ text }: ReadSentence, date: DateMention): boolean {
  const before = text.slice(0, date.start);
  return date.day === null || before.lastIndexOf("(") > before.lastIndexOf(")") || PUBLISHED.test(text);
}

/** "the 2031 budget" on both sides: the year is part of what the thing is called, not the day of an event. */
function namesThing(date: DateMention, claim: ReadSentence, found: DateMention, sentence: ReadSentence): boolean {
  if (date.day !== null || date.month !== null || date.year === null) return false;
  const after = ({ words }: ReadSentence, { end }: DateMention): string | undefined =>
    words.find((word) => word.start === end + 1 && word.content)?.base;
  const before = ({ text }: ReadSentence, { start }: DateMention): boolean =>
    /\b(?:the|its|their|his|her|an?) $/i.test(text.slice(0, start));
  const thing = after(claim, date);
  return thing !== undefined && thing === after(sentence, found) && before(claim, date) && before(sentence, found);
}

/** Where the sentence that has the date has others: the one that the claim's matter belongs to, if it is not this one. */
function boundTo(
  date: DateMention,
  claim: ReadSentence,
  sentences: readonly ReadSentence[],
  years: ReadonlySet<number>,
): DateMention | null {
  let elsewhere: DateMention | null = null;
  for (const sentence of sentences) {
    const place = sentence.dates.findIndex((other) => sameDate(date, other, years));
    if (place === -1) continue;
    if (sentence.dates.length < 2) return null;
    const found = belonging(aboutOf(claim, claim.dates, claim.dates.indexOf(date)), place, stretches(sentence, sentence.dates));
    if (found === "here") return null;
    const other = found === null ? undefined : sentence.dates[found];
    if (other !== undefined && !sameDate(date, other, years)) elsewhere = other;
  }
  return elsewhere;
}

/** The source has the date in an aside ("who won in 2018") or with another dated verb, the claim with this one. */
function ofAnotherVerb(
  date: DateMention,
  claim: ReadSentence,
  best: ReadSentence | undefined,
  years: ReadonlySet<number>,
): string | null {
  if (best === undefined) return null;
  const holder = (sentence: ReadSentence, mention: DateMention): Predicate | undefined => {
    const at = sentence.words.findIndex((word) => word.start >= mention.start);
    return grammarOf(sentence).predicates.find((predicate) => predicate.start <= at && at < predicate.end);
  };
  const given = best.dates.find((other) => sameDate(date, other, years));
  const [mine, theirs] = [holder(claim, date), given === undefined ? undefined : holder(best, given)];
  if (mine === undefined || theirs === undefined) return null;
  const aside = theirs.relative || best.words[theirs.start - 1]?.folded === "where";
  const [verb, other] = [claim.words[mine.at], best.words[theirs.at]];
  if (verb === undefined || verb.weight < 1 || other === undefined || claim.words.some((word) => likeness(word, other.base) > 0))
    return null;
  const dated = (predicate: Predicate): boolean => best.dates.some((third) => holder(best, third) === predicate);
  const main = grammarOf(best).predicates.some(
    (predicate) =>
      predicate !== theirs && (aside || dated(predicate)) && likeness(verb, best.words[predicate.at]?.base ?? "") > 0,
  );
  return main ? `says ${date.text} of "${verb.raw}", the source says it of "${other.raw}"` : null;
}

/** Both give one of the same parts, so one of them is wrong about it. */
function sameParts(a: DateMention, b: DateMention): boolean {
  return (
    (a.year !== null && b.year !== null) || (a.month !== null && b.month !== null) || (a.weekday !== null && b.weekday !== null)
  );
}

const relative = (sentences: readonly ReadSentence[]): boolean =>
  sentences.some((sentence) => /\b(?:today|yesterday|tonight|tomorrow|last night)\b/i.test(sentence.text));

function meantBy(date: DateMention, sentences: readonly ReadSentence[], published: string): boolean {
  const filled = { ...date, year: date.year ?? Number(published.slice(0, 4)) };
  const iso = isoOf(filled, filled);
  return sentences.some((sentence) => {
    const days = daysMeant(
      sentence.text,
      sentence.dates.flatMap((other) => (other.weekday === null ? [] : [other.weekday])),
      published,
    );
    if (iso !== null) return days.includes(iso);
    if (date.weekday !== null && date.month === null)
      return days.some((day) => new Date(`${day}T00:00:00Z`).getUTCDay() === date.weekday);
    return days.some(
      (day) => (date.year === null || Number(day.slice(0, 4)) === date.year) && Number(day.slice(5, 7)) === date.month,
    );
  });
}
