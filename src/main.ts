// Entry of `npm start`: indexes the corpus, then the Discord bot, or a terminal chat where there is no token.
import { runEntry } from "./entry.ts";

process.exitCode = await runEntry(["start", ...process.argv.slice(2)], process);
