// SpendingStore over a table. Only the current day is kept: whose account it was is nobody's business the day after.
import type { SpendingStore } from "../spending.ts";
import type { SqlDatabase } from "./sql-database.ts";

export const SPENDING_TABLE = `
  CREATE TABLE spending (
    day TEXT NOT NULL, account TEXT NOT NULL, spent INTEGER NOT NULL, booked INTEGER NOT NULL, PRIMARY KEY (day, account)
  );`;

const ADD = `INSERT INTO spending (day, account, spent, booked) VALUES (?, ?, ?, ?)
  ON CONFLICT (day, account) DO UPDATE SET spent = spending.spent + excluded.spent, booked = spending.booked + excluded.booked`;

export function createSpendingTable(database: SqlDatabase): SpendingStore {
  return {
    reserve: (day, accounts, amount) =>
      database.transaction(async (open) => {
        const full: string[] = [];
        // in one order, so that two bookings never wait for each other's row
        for (const { name, ceiling } of [...accounts].sort((a, b) => (a.name < b.name ? -1 : 1))) {
          await open.run(ADD, [day, name, 0, amount]);
          const [row] = await open.all("SELECT spent + booked FROM spending WHERE day = ? AND account = ?", [day, name]);
          if (Number(row?.[0]) > ceiling) full.push(name);
        }
        if (full.length > 0) for (const { name } of accounts) await open.run(ADD, [day, name, 0, -amount]);
        else await open.run("DELETE FROM spending WHERE day < ?", [day]);
        return full;
      }),
    settle: (day, names, booked, spent) =>
      database.transaction(async (open) => {
        for (const name of [...names].sort()) await open.run(ADD, [day, name, spent, -booked]);
      }),
    async spent(day, names) {
      const rows = await database.all("SELECT account, spent FROM spending WHERE day = ?", [day]);
      return names.map((name) => Number(rows.find(([account]) => account === name)?.[1] ?? 0));
    },
  };
}
