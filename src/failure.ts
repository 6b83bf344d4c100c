// The one kind of error that people are meant to read: what happened, and the way out.

/** Exit codes of the command line, by the contract: 1 failed, 2 wrong usage. */
export type FailureExit = 1 | 2;

/** An expected failure. `code` is for programs, `message` says what is wrong, `hint` names the way out. */
export class Failure extends Error {
  readonly code: string;
  readonly hint: string;
  readonly exit: FailureExit;

  constructor(code: string, message: string, hint: string, options: { exit?: FailureExit; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "Failure";
    this.code = code;
    this.hint = hint;
    this.exit = options.exit ?? 1;
  }
}

/** Wrong usage: exit 2. */
export const misuse = (code: string, message: string, hint: string, cause?: unknown): Failure =>
  new Failure(code, message, hint, { exit: 2, cause });

/** What went wrong in the words of whatever was thrown. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
