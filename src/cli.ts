// Entry of the command line: `briefing <command>`.
import { runEntry } from "./entry.ts";

process.exitCode = await runEntry(process.argv.slice(2), process);
