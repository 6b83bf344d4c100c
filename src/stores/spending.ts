// Port: what was spent on language models on one day, by account (everything, a server, a person). Amounts are whole billionths of a US
// dollar. What is under way is booked before it is spent, so that calls side by side, of other processes too, never pass a ceiling.

export interface Account {
  name: string;
  ceiling: number;
}

export interface SpendingStore {
  /** Books the amount on every account, or on none where one's ceiling would be passed. Gives the names of those; empty when it is booked. */
  reserve(day: string, accounts: readonly Account[], amount: number): Promise<string[]>;
  /** What was booked is free again, and `spent` of it is gone. */
  settle(day: string, names: readonly string[], booked: number, spent: number): Promise<void>;
  /** Spent on that day, without what is under way; in the order of the names. */
  spent(day: string, names: readonly string[]): Promise<number[]>;
}
