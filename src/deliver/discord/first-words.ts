// What an asker sees until the answer stands there: what was found for it, or what may be read at all if finding takes longer than a moment.
// One note each, as Discord counts requests. Only where a language model writes; without one the answer itself comes as soon.
import type { Coverage } from "../../domain.ts";
import type { Reading } from "../../results.ts";
import { readingLine } from "../render/render-answer.ts";
import { discordMarkup } from "./discord-markup.ts";
import type { Exchange } from "./gateway/exchange.ts";

export interface FirstWords {
  /** What was found. */
  found(reading: Reading): void;
  /** The answer is on its way, or there is none. */
  end(): void;
}

const MOMENT_MS = 250;

/** `note` stands in front of what may be read. */
export function createFirstWords(exchange: Exchange, coverage: () => Promise<Coverage>, note: string): FirstWords {
  let said = false;
  const timer = setTimeout(() => {
    void coverage()
      .then((reading) => {
        if (said || reading.documents === 0) return;
        said = true;
        void exchange.notice(`${note}${readingLine(reading, discordMarkup)}`);
      })
      // who may not be answered here is told by the reply
      .catch(() => {});
  }, MOMENT_MS);
  return {
    found(reading) {
      if (!said) void exchange.notice(readingLine(reading, discordMarkup));
      said = true;
    },
    end() {
      said = true;
      clearTimeout(timer);
    },
  };
}
