// Entry of the command line: settings, app, one command.
import { Command } from "commander";

const program = new Command("briefing")
  .description("News briefings in which every sentence carries a checked citation")
  .version("0.1.0");
await program.parseAsync();
