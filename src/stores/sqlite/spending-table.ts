// SpendingStore in state.db. Booking is one transaction that begins with the write lock. Only the current day is kept: whose account it was
// is nobody's business the day after.
import type { SpendingStore } from "../spending.ts";
import type { Connection } from "./database.ts";

export const SPENDING_TABLE = `
  CREATE TABLE spending (
    day TEXT NOT NULL, account TEXT NOT NULL, spent INTEGER NOT NULL, booked INTEGER NOT NULL, PRIMARY KEY (day, account)
  );`;

export function createSpendingTable(connection: Connection, guarded: <T>(work: () => T) => Promise<T>): SpendingStore {
  const read = (day: string, name: string): { spent: number; booked: number } => {
    const row = connection.sql("SELECT spent, booked FROM spending WHERE day = ? AND account = ?").get([day, name]);
    return { spent: Number(row?.[0] ?? 0), booked: Number(row?.[1] ?? 0) };
  };
  const add = (day: string, name: string, spent: number, booked: number): void => {
    connection
      .sql(
        `INSERT INTO spending (day, account, spent, booked) VALUES (?, ?, ?, ?)
         ON CONFLICT (day, account) DO UPDATE SET spent = spent + excluded.spent, booked = booked + excluded.booked`,
      )
      .run([day, name, spent, booked]);
  };
  return {
    reserve: (day, accounts, amount) =>
      guarded(() =>
        connection.transaction(() => {
          const full = accounts.filter(({ name, ceiling }) => {
            const { spent, booked } = read(day, name);
            return spent + booked + amount > ceiling;
          });
          if (full.length > 0) return full.map(({ name }) => name);
          connection.sql("DELETE FROM spending WHERE day < ?").run([day]);
          for (const { name } of accounts) add(day, name, 0, amount);
          return [];
        }),
      ),
    settle: (day, names, booked, spent) =>
      guarded(() => connection.transaction(() => names.forEach((name) => add(day, name, spent, -booked)))),
    spent: (day, names) => guarded(() => names.map((name) => read(day, name).spent)),
  };
}
