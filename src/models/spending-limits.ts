// Ceilings on what language models may cost a day: for everything, for a server, for a person, and what a server set for itself. Knows who asks from the request that a call
// belongs to, books before a call what it can cost at most, and says when it is time to save. Calls nothing itself.
import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Account, SpendingStore } from "../stores/spending.ts";

/** US dollars a day; null for no ceiling. */
export interface Ceilings {
  day: number | null;
  server: number | null;
  person: number | null;
}

export interface Spender {
  /** Null where nobody asks: a scheduled digest. */
  asker: string | null;
  server: string | null;
  /** What the server set for itself, and for each person in it. */
  ceilings?: Omit<Ceilings, "day"> | undefined;
}

export type Spending = ReturnType<typeof createSpending>;

export interface Booking {
  settle(spent: number): Promise<void>;
}

interface Request extends Spender {
  notes: Set<string>;
  refused: boolean;
}

const SOFT = 0.8;
const BILLION = 1_000_000_000;

const WHOSE: Readonly<Record<string, string>> = {
  everything: "Today's budget for language models is spent",
  server: "Today's budget of this server for language models is spent",
  person: "Your budget for language models is spent for today",
};

export function createSpending(ceilings: Ceilings, parts: { store: () => Promise<SpendingStore>; clock: Clock }) {
  const requests = new AsyncLocalStorage<Request>();
  /** Bookings of this process that are not settled, with the accounts they are on. */
  const underWay = new Map<Promise<void>, readonly string[]>();
  const today = (): string => parts.clock.now().toISOString().slice(0, 10);

  /** A person's name is not kept, only what tells two persons apart on one day. */
  function accounts(day: string): Account[] {
    const { asker = null, server = null, ceilings: own } = requests.getStore() ?? {};
    const hashed = (text: string): string => createHash("sha256").update(`${day} ${text}`).digest("hex").slice(0, 24);
    const all: [string | null, (number | null | undefined)[]][] = [
      ["everything", [ceilings.day]],
      [server === null ? null : `server ${server}`, [ceilings.server, own?.server]],
      [asker === null ? null : `person ${hashed(asker)}`, [ceilings.person]],
      [asker === null || server === null ? null : `person ${hashed(`${asker} ${server}`)}`, [own?.person]],
    ];
    return all.flatMap(([name, given]) => {
      const set = given.filter((ceiling) => typeof ceiling === "number");
      return name === null || set.length === 0 ? [] : [{ name, ceiling: Math.floor(Math.min(...set) * BILLION) }];
    });
  }

  return {
    /** Whether it is time to save: above 80 % of a ceiling of the request that asks, or a call of it was refused. */
    async saving(): Promise<boolean> {
      if (requests.getStore()?.refused === true) return true;
      const day = today();
      const limited = accounts(day);
      if (limited.length === 0) return false;
      const store = await parts.store();
      const spent = await store.spent(day, namesOf(limited));
      return limited.some(({ ceiling }, at) => (spent[at] ?? 0) >= SOFT * ceiling);
    },
    /** Of what everybody may spend today; null without a ceiling. */
    async today(): Promise<{ spent: number; ceiling: number } | null> {
      if (ceilings.day === null) return null;
      const [spent = 0] = await (await parts.store()).spent(today(), ["everything"]);
      return { spent: spent / BILLION, ceiling: ceilings.day };
    },
    /** What the work spends is on the spender's account. */
    onAccountOf: <T>(spender: Spender, work: () => Promise<T>): Promise<T> =>
      requests.run({ ...spender, notes: new Set(), refused: false }, work),
    /** For the reader of what this request gave; each is given once. */
    note: (text: string): void => void requests.getStore()?.notes.add(text),
    takeNotes(): string[] {
      const { notes } = requests.getStore() ?? {};
      const taken = [...(notes ?? [])];
      notes?.clear();
      return taken;
    },
    /** At most so many US dollars; where a ceiling is in the way, whose, in words. `settle` a booking whatever becomes of the call. */
    async book(most: number): Promise<Booking | string> {
      const day = today();
      const limited = accounts(day);
      if (limited.length === 0 || most === 0) return { settle: async () => undefined };
      const amount = Math.ceil(most * BILLION);
      const store = await parts.store();
      for (;;) {
        const full = await store.reserve(day, limited, amount);
        if (full.length === 0) break;
        // calls cost less than they could: what is booked beyond that is soon free again
        const ending = [...underWay].flatMap(([end, names]) => (names.some((name) => full.includes(name)) ? [end] : []));
        if (ending.length > 0) {
          await Promise.race(ending);
          continue;
        }
        const request = requests.getStore();
        if (request !== undefined) request.refused = true;
        return WHOSE[full[0]?.split(" ")[0] ?? ""] ?? "The budget for language models is spent";
      }
      const names = namesOf(limited);
      let ended = (): void => undefined;
      const end = new Promise<void>((resolve) => (ended = resolve));
      underWay.set(end, names);
      return {
        async settle(spent) {
          try {
            await store.settle(day, names, amount, Math.min(amount, Math.ceil(spent * BILLION - 1e-6)));
          } finally {
            underWay.delete(end);
            ended();
          }
        },
      };
    },
  };
}

const namesOf = (accounts: readonly Account[]): string[] => accounts.map(({ name }) => name);
