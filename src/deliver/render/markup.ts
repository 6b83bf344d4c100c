// What a surface must know to show an answer: how emphasis, dates, links and quotations look there, and how much room there is.
import type { Dated } from "../../domain.ts";

export interface Markup {
  /** Text from outside (questions, documents, models), made harmless. */
  plain: (text: string) => string;
  strong: (text: string) => string;
  /** A line of lesser weight. */
  small: (line: string) => string;
  /** A published date as the reader's place shows it. */
  day: (date: Dated) => string;
  link: (label: string, url: string) => string;
  quote: (text: string) => string;
  /** A line under the one before it. */
  under: (line: string) => string;
  /** Lists of sources name authors and titles as well, and quote what does not stand in the text already. */
  roomy: boolean;
}
