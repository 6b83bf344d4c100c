// What is remembered of an address between runs: its validators, its failures, when it is due again, and which documents its items became.
// Kept as one named value an address, so that any store of named values will do; damaged memory is forgotten, never an error.
import type { FollowedAddress } from "../../results.ts";
import { hashOf } from "../article.ts";

/** The part of the state store that is needed: named values. */
export interface NamedValues {
  value(key: string): Promise<string | null>;
  setValue(key: string, value: string): Promise<void>;
}

/** The same named values under names of the scope's own: what one server learnt of an address is not what others know of it. */
export function memoryWithin(memory: NamedValues, scope: string | null): NamedValues {
  if (scope === null) return memory;
  const own = (key: string): string => `${scope}:${key}`;
  return { value: (key) => memory.value(own(key)), setValue: (key, value) => memory.setValue(own(key), value) };
}

export interface ItemMemory {
  /** `Article.source` of the document that the item became. */
  source: string;
  /** Of the item as the feed had it when it was read whole; null where it must be read again. */
  fingerprint: string | null;
}

export interface AddressMemory extends Omit<FollowedAddress, "url" | "scope" | "documents"> {
  etag: string | null;
  lastModified: string | null;
  /** `Article.source` of everything that came from here the last time. */
  sources: string[];
  /** By item identity; feeds only. */
  items: Record<string, ItemMemory>;
}

const UNKNOWN = {
  title: null,
  etag: null,
  lastModified: null,
  checkedAt: null,
  succeededAt: null,
  dueAt: null,
  lastProblem: null,
};
const EMPTY_MEMORY: AddressMemory = { kind: "page", ...UNKNOWN, sources: [], items: {}, failures: 0 };

const USUAL_MS = 30 * 60_000;
const LONGEST_MS = 24 * 60 * 60_000;
const MAX_ITEMS = 3_000;

const keyOf = (url: string): string => `web:${hashOf(url, 24)}`;

export async function recall(values: NamedValues, url: string): Promise<AddressMemory> {
  const stored = (await storedJson(values, keyOf(url))) as Partial<AddressMemory> | null;
  return Array.isArray(stored?.sources) && typeof stored.items === "object" ? { ...EMPTY_MEMORY, ...stored } : EMPTY_MEMORY;
}

/** What was kept as JSON under a name; null for nothing and for what is damaged. */
export async function storedJson(values: NamedValues, key: string): Promise<unknown> {
  const text = await values.value(key);
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

export async function remember(values: NamedValues, url: string, memory: AddressMemory): Promise<void> {
  const items = Object.fromEntries(Object.entries(memory.items).slice(-MAX_ITEMS));
  await values.setValue(keyOf(url), JSON.stringify({ ...memory, items }));
}

/** After a success in half an hour, after failures twice as long each time up to a day, never sooner than the server asked; moved by up to a fifth, the same for the same address. */
export function nextDue(url: string, now: Date, failures: number, retryAfterSeconds: number | null): string {
  const wait = Math.min(LONGEST_MS, USUAL_MS * 2 ** Math.min(failures, 10));
  const jitter = (Number.parseInt(hashOf(`${url}\n${failures}`, 4), 16) / 65_535 - 0.5) * 0.4;
  const asked = (retryAfterSeconds ?? 0) * 1000;
  return new Date(now.getTime() + Math.max(asked, Math.round(wait * (1 + jitter)))).toISOString();
}
