// The one list of commands: registration, dispatch and /help are all derived from it. A new command is one more entry.
import type { Command, RegistrationBody } from "./command.ts";
import { ask } from "./commands/ask-command.ts";
import { changes } from "./commands/changes-command.ts";
import { checkMessage } from "./commands/check-command.ts";
import { config } from "./commands/config-command.ts";
import { digest } from "./commands/digest-command.ts";
import { createHelp } from "./commands/help-command.ts";
import { privacy } from "./commands/privacy-command.ts";
import { sources } from "./commands/sources-command.ts";
import { summary } from "./commands/summary-command.ts";
import { timeline } from "./commands/timeline-command.ts";

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
