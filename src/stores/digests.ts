// Port: scheduled digests and what became of each. A run is one digest of one schedule on one local date; it is claimed by one process at
// a time, its parts are written down before they are sent, and what was sent is never forgotten.
export interface DigestSchedule {
  id: string;
  guildId: string;
  channelId: string;
  at: string;
  zone: string;
  /** `mon` … `sun`; every day when empty. */
  days: readonly string[];
  topic: string | null;
  /** Who scheduled it: gets the notices. */
  createdBy: string;
  /** ISO instant; runs up to it are not owed. Moved on by a pause or a change. */
  since: string;
  paused: boolean;
  /** Why it was paused by itself, in words; null otherwise. */
  trouble: string | null;
  /** Nothing is posted where there is nothing new. */
  quiet: boolean;
}

/** What is posted besides the digests themselves, each under a key that happens once, is kept as runs of this id. */
export const correctionsOf = (scheduleId: string): string => `${scheduleId}/corrections`;

export interface DigestRun {
  scheduleId: string;
  /** Local date, or another key that happens once. */
  date: string;
  /** ISO instant. */
  due: string;
  status: "open" | "sent" | "skipped";
  /** Set with the parts. */
  content: DigestContent | null;
}

export interface DigestContent {
  /** ISO instant until which news was looked for. */
  until: string;
  nothingNew: boolean;
  /** That were told, and in which part each (the first where it is not known). */
  documents: string[];
  inPart?: number[];
  /** Not all fitted: the last part has a button for the others. */
  more?: boolean;
  /** Nothing was posted, as there was nothing to say. */
  silent?: boolean;
  replyTo?: string | null;
}

export interface DigestPart {
  part: number;
  text: string;
  /** ISO instant of the first try; null before it. */
  triedAt: string | null;
  /** Null until the channel is known to hold it. */
  messageId: string | null;
}

/** Whether a process with this name still runs, for taking over what it left. */
export type IsAlive = (owner: string) => boolean;

export interface DigestStore {
  saveSchedule(schedule: DigestSchedule): Promise<void>;
  /** All, or those of one server, oldest first. */
  schedules(guildId?: string): Promise<DigestSchedule[]>;
  schedule(id: string): Promise<DigestSchedule | null>;
  /** With its runs and corrections. False where there is none. */
  removeSchedule(id: string): Promise<boolean>;
  /**
   * Takes the run for `owner` until `until` (ISO). Null where it is done, or held by another living owner whose time is not over. The same owner
   * takes it again to hold it longer.
   */
  claim(
    run: { scheduleId: string; date: string; due: string },
    owner: string,
    now: string,
    until: string,
    isAlive: IsAlive,
  ): Promise<DigestRun | null>;
  /** Writes down what will be sent, in one piece. Throws nothing and changes nothing where parts are there already. */
  planParts(scheduleId: string, date: string, content: DigestContent, texts: readonly string[]): Promise<void>;
  parts(scheduleId: string, date: string): Promise<DigestPart[]>;
  /** Before a request: from now on the part may have arrived. False where `owner` holds the run no longer. */
  markTried(scheduleId: string, date: string, part: number, owner: string, now: string): Promise<boolean>;
  markSent(scheduleId: string, date: string, part: number, messageId: string): Promise<void>;
  /** Ends a run; one that was never claimed is made. */
  finish(run: { scheduleId: string; date: string; due: string }, status: "sent" | "skipped"): Promise<void>;
  runs(scheduleId: string, limit: number): Promise<DigestRun[]>;
}
