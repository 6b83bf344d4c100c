// The one list of commands: registration, dispatch and /help are all derived from it. A new command is one more entry.
import type { Command, RegistrationBody } from "./command.ts";
import { ask } from "./commands/ask.ts";
import { changes } from "./commands/changes.ts";
import { checkMessage } from "./commands/check-message.ts";
import { config } from "./commands/config.ts";
import { digest } from "./commands/digest.ts";
import { createHelp } from "./commands/help.ts";
import { privacy } from "./commands/privacy.ts";
import { sources } from "./commands/sources.ts";
import { summary } from "./commands/summary.ts";
import { timeline } from "./commands/timeline.ts";

export const COMMANDS: readonly Command[] = [
  ask,
  summary,
  timeline,
  changes,
  digest,
  checkMessage,
  sources,
  createHelp(() => COMMANDS),
  privacy,
  config,
];

/** What Discord is told of the commands. */
export function registrationBody(): RegistrationBody {
  return COMMANDS.map((command) => structuredClone(command.shape)) as unknown as RegistrationBody;
}
