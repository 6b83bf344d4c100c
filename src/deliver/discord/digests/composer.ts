// What a schedule has to say: its digest since the one before, with what did not fit kept for a button, and the corrections of what it told.
// Composes only; nothing is sent and nothing is remembered here.
import type { Briefing, DigestOptions } from "../../../results.ts";
import { correctionsOf, type DigestRun, type DigestSchedule } from "../../../stores/digests.ts";
import { DAY_MS } from "../../../text/date-words.ts";
import { inBlocks } from "../../render/markup.ts";
import { renderCorrection, renderDigest, citedSources } from "../../render/render-digest.ts";
import { discordMarkup } from "../discord-markup.ts";
import type { ServerBook } from "../server-settings.ts";
import type { DigestParts, DueRun, Planned } from "./delivery.ts";

/** Entries of one digest on Discord; so many more behind its button. */
export const MOST_ENTRIES = 10;
export const MOST_OTHERS = 40;
/** Digests that are remembered: what they told is not told again, and is corrected. */
export const REMEMBERED_RUNS = 30;

export type Composer = ReturnType<typeof createComposer>;

/** What a server hides stays out of its digests, and the budget it set holds for them. */
export function createComposer(briefing: Briefing, servers: ServerBook, { state: { digests }, clock, signal }: DigestParts) {
  async function compose(schedule: DigestSchedule, most: number): Promise<Omit<Planned, "mark">> {
    const runs = await digests.runs(schedule.id, REMEMBERED_RUNS);
    const last = runs.find(({ status, content }) => status === "sent" && content !== null)?.content ?? null;
    const told = runs.flatMap(({ content, due }) =>
      content === null || content.documents.length === 0 ? [] : [{ date: due.slice(0, 10), documents: content.documents }],
    );
    const { hidden, budget } = await servers.of(schedule.guildId);
    const options: DigestOptions = {
      zone: schedule.zone,
      from: last === null ? new Date(clock.now().getTime() - DAY_MS) : new Date(last.until),
      told,
      scopes: [scopeOf(schedule)],
      hidden,
      ceilings: budget,
      signal,
      ...(schedule.topic === null ? {} : { topic: schedule.topic }),
    };
    const digest = await briefing.digest(options);
    const nothingNew = digest.status === "nothing_new";
    const documents = digest.items.flatMap((item) => item.documents);
    // said once, or never; then silence until there is news
    if (nothingNew && (schedule.quiet || last?.nothingNew === true))
      return { text: "", content: { nothingNew, documents, silent: true } };
    const said = runs.findIndex(({ status, content }) => status === "sent" && content?.silent !== true);
    const skipped = runs.slice(0, said === -1 ? runs.length : said).filter(({ status }) => status === "skipped");
    const { text, heads, rest } = renderDigest(digest, discordMarkup, { most, others: MOST_OTHERS });
    const topic = schedule.topic === null ? "" : discordMarkup.small(`On ${discordMarkup.plain(schedule.topic)}`);
    const quiet = nothingNew ? discordMarkup.small("The next message comes when there is news.") : "";
    return {
      text: inBlocks(skippedNote(skipped), topic, text, quiet),
      content: { nothingNew, documents, more: rest !== null },
      rest,
      heads: digest.items.flatMap(({ documents: those }, at) => those.map(() => heads[at] ?? "")),
    };
  }

  return {
    digest: async (schedule: DigestSchedule, date: string): Promise<Planned> => ({
      ...(await compose(schedule, MOST_ENTRIES)),
      mark: `Digest ${schedule.id} · ${date}`,
    }),
    /** The same with all entries, for reading it before; null where nothing would be posted. */
    async preview(schedule: DigestSchedule): Promise<string | null> {
      const { text, content } = await compose(schedule, MOST_ENTRIES + MOST_OTHERS);
      return content.silent === true ? null : text;
    },
    /** Owed to the channel: noticed at this ISO instant or later, of documents that these runs told, and not posted yet. */
    async corrections(
      schedule: DigestSchedule,
      runs: readonly DigestRun[],
      since: string,
    ): Promise<{ run: DueRun; plan: () => Promise<Planned> }[]> {
      const told = new Map<string, DigestRun>();
      // the latest telling is the one to reply to
      for (const run of runs.toReversed())
        if (run.status === "sent") for (const id of run.content?.documents ?? []) told.set(id, run);
      if (told.size === 0) return [];
      const { items, sources } = await briefing.corrections(since, {
        documents: [...told.keys()],
        scopes: [scopeOf(schedule)],
        hidden: (await servers.of(schedule.guildId)).hidden,
      });
      const scheduleId = correctionsOf(schedule.id);
      const before = items.length === 0 ? [] : await digests.runs(scheduleId, 500);
      const done = new Set(before.filter(({ status }) => status !== "open").map(({ date }) => date));
      return items.flatMap((item) => {
        const run = told.get(item.document);
        // what was noticed before the digest was composed, the digest had right
        if (run === undefined || item.noticed < (run.content?.until ?? "") || done.has(item.id)) return [];
        const cited = citedSources(sources, item.sentences, discordMarkup);
        const text = `${renderCorrection(item, discordMarkup)}${cited === "" ? "" : `\n${cited}`}`;
        const plan = async (): Promise<Planned> => ({
          text,
          mark: `Correction ${schedule.id} · ${item.id.slice(0, 8)}`,
          content: { nothingNew: false, documents: [], replyTo: await messageOf(run, item.document) },
        });
        return [{ run: { scheduleId, date: item.id, due: item.noticed }, plan }];
      });
    },
  };

  async function messageOf({ scheduleId, date, content }: DigestRun, document: string): Promise<string | null> {
    const part = content?.inPart?.[content.documents.indexOf(document)] ?? 0;
    return (await digests.parts(scheduleId, date)).find((each) => each.part === part)?.messageId ?? null;
  }
}

const scopeOf = ({ guildId }: DigestSchedule): string => `guild:${guildId}`;

function skippedNote(skipped: readonly DigestRun[]): string {
  if (skipped.length === 0) return "";
  const days = skipped.map(({ due }) => discordMarkup.day(due.slice(0, 10))).toReversed();
  const before = days.length > 5 ? `${days.length - 5} earlier ones, ` : "";
  return discordMarkup.small(`Skipped, as I was not running in time: ${before}${days.slice(-5).join(", ")}.`);
}
