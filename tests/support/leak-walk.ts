// Random acts of many people in two servers and in direct messages, and everything that the bot showed them, read for words that stand in
// documents which this place must not know. Acts through the fake Discord alone, so it serves for any bot behind it.
import type { FakeDiscord } from "./fake-discord/fake-discord.ts";
import type { FakeInteraction } from "./fake-discord/interactions.ts";
import type { FakeChannel, FakeGuild, FakeMessage, FakeUser, Json } from "./fake-discord/world.ts";
import { until } from "./until.ts";

export interface Member {
  user: FakeUser;
  guild: FakeGuild | null;
  channel: FakeChannel;
  roles: readonly string[];
  /** Roles that own documents in the server which this person manages; null for others. */
  manages: readonly string[] | null;
}

export interface Secrets {
  /** Word -> scope that may read it. */
  canaries: ReadonlyMap<string, string>;
  /** In a document that one server hides. */
  hidden: { word: string; guildId: string };
}

export const ACTS = [
  "ask",
  "ask-private",
  "mention",
  "reply",
  "quotes",
  "summary",
  "timeline",
  "changes",
  "check",
  "help",
  "sources",
  "sources-query",
  "publishers",
  "digest-now",
  "config-show",
  "config-documents",
] as const;
export type Act = (typeof ACTS)[number];

export interface Walk {
  /** Words in the wrong place, each with the act that brought it there. */
  leaks: string[];
  /** Acts that found nothing to act on. */
  skipped: number;
  /** All that was shown. */
  shown: string;
}

interface Shown {
  act: Act;
  member: Member;
  hidden: boolean;
  text: string;
}

export interface WalkOptions {
  secrets: Secrets;
  /** What is asked: it should find every secret there is. */
  question: string;
  /** How many documents these scopes may read. */
  documents: (scopes: readonly string[], member: Member) => number;
}

/** Scopes whose documents a message in this place may show to those who can read it. */
export function allowedScopes({ guild, roles, manages }: Member, hidden: boolean, act: Act): string[] {
  if (guild === null) return [];
  const held = act === "config-show" || act === "config-documents" ? [...roles, ...(manages ?? [])] : roles;
  return [`guild:${guild.id}`, ...(hidden ? held.map((role) => `role:${role}`) : [])];
}

export async function walkAround(
  fake: FakeDiscord,
  acts: readonly { member: Member; act: Act }[],
  { secrets, question, documents }: WalkOptions,
): Promise<Walk> {
  const leaks: string[] = [];
  const everything: string[] = [];
  let skipped = 0;
  const lastOf = new Map<string, FakeMessage>();
  for (const { member, act } of acts) {
    const found = await perform(member, act);
    if (found === null) skipped += 1;
    else read(found);
  }
  return { leaks, skipped, shown: everything.join("\n") };

  function read({ act, member, hidden, text }: Shown): void {
    everything.push(text);
    const scopes = allowedScopes(member, hidden, act);
    const who = `${act} by ${member.user.username} ${hidden ? "(private)" : ""}`;
    for (const [canary, scope] of secrets.canaries)
      if (text.includes(canary) && !scopes.includes(scope)) leaks.push(`${who}: ${canary} of ${scope}`);
    const knows = act === "config-show" && member.manages !== null;
    if (member.guild?.id === secrets.hidden.guildId && text.includes(secrets.hidden.word) && !knows)
      leaks.push(`${who}: ${secrets.hidden.word}`);
    const [, count] =
      /I have read (\d+) documents?/.exec(text) ?? (act === "sources" ? /to \d+ of (\d+)/.exec(text) : null) ?? [];
    const expected = documents(scopes, member);
    if (count !== undefined && Number(count) !== expected) leaks.push(`${who}: counts ${count} documents, not ${expected}`);
  }

  async function perform(member: Member, act: Act): Promise<Shown | null> {
    const { user, channel } = member;
    if (act === "mention" || act === "reply") {
      const parent = lastOf.get(channel.id);
      if (act === "reply" && parent === undefined) return null;
      const said = `<@${fake.world.botUser.id}> ${question}`;
      const asked = fake.say(user, channel, said, act === "reply" ? { replyTo: parent?.id ?? null } : {});
      const answer = await until(`an answer to a ${act}`, () =>
        fake.botMessages(channel).find((message) => message.replyTo === asked.id && message.components.length > 0),
      );
      lastOf.set(channel.id, answer);
      const parts = fake.botMessages(channel).filter((message) => message.replyTo === asked.id);
      return { act, member, hidden: false, text: [...parts, answer].map(wordsOf).join("\n") };
    }
    const completing = act === "publishers" || act === "config-documents";
    if (completing) {
      if (act === "config-documents" && member.manages === null) return null;
      const typed =
        act === "publishers"
          ? fake.autocomplete(user, channel, "ask", "publisher", "")
          : fake.autocomplete(user, channel, "config source-remove", "document", "");
      const { data } = await until("choices", () => typed.acknowledged);
      return { act, member, hidden: true, text: JSON.stringify(data["choices"]) };
    }
    const interaction = interact(member, act);
    if (interaction === null) return null;
    const message = await finished(interaction);
    if (act === "ask") lastOf.set(channel.id, message);
    const parts = [message, ...interaction.followUps.flatMap((id) => fake.world.messages.get(id) ?? [])];
    return { act, member, hidden: message.ephemeralFor !== null, text: parts.map(wordsOf).join("\n") };
  }

  function interact({ user, channel, manages }: Member, act: Act): FakeInteraction | null {
    const last = lastOf.get(channel.id);
    const slash = (name: string, options: Json = {}): FakeInteraction => fake.slash(user, channel, name, options);
    switch (act) {
      case "ask":
        return slash("ask", { question });
      case "ask-private":
        return slash("ask", { question, private: true });
      case "summary":
        return slash("summary", { topic: question });
      case "timeline":
        return slash("timeline", { topic: question });
      case "changes":
        return slash("changes", { since: "2020-01-01" });
      case "help":
        return slash("help");
      case "sources":
        return slash("sources");
      case "sources-query":
        return slash("sources", { query: "canary" });
      case "check":
        return last === undefined ? null : fake.menu(user, last, "Check against sources");
      case "digest-now":
        return manages === null ? null : slash("digest now");
      case "config-show":
        return manages === null ? null : slash("config show");
      case "quotes": {
        const id = last === undefined ? null : customId(last, "quotes:");
        return last === undefined || id === null ? null : fake.press(user, last, id);
      }
      default:
        return null;
    }
  }

  async function finished(interaction: FakeInteraction): Promise<FakeMessage> {
    const message = await responseOf(fake, interaction);
    // parts that follow come one after the other
    const { length } = message.content;
    if (length > 1500) await new Promise((resolve) => setTimeout(resolve, 30));
    return message;
  }
}

export function responseOf(fake: FakeDiscord, interaction: FakeInteraction): Promise<FakeMessage> {
  return until("a response", () => {
    const message = fake.world.messages.get(interaction.responseId ?? "");
    return message !== undefined && !message.deferred && message.content !== "" ? message : null;
  });
}

const wordsOf = ({ content, components, attachments }: FakeMessage): string =>
  `${content} ${JSON.stringify(components)} ${JSON.stringify(attachments)}`;

function customId(message: FakeMessage, start: string): string | null {
  const ids = message.components.flatMap((row) => (row["components"] as Json[]).map((part) => String(part["custom_id"])));
  return ids.find((id) => id.startsWith(start)) ?? null;
}
