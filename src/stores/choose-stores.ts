// Where both stores are: files in INDEX_DIR, or PostgreSQL where DATABASE_URL is set, whose driver is loaded only then.
import { existsSync } from "node:fs";
import { access, constants } from "node:fs/promises";
import type { Settings } from "../settings.ts";
import type { RelationalStore } from "./relational/relational-store.ts";
import type { RelationalState } from "./relational/state-tables.ts";
import { indexMissing, openKnowledgeStore } from "./sqlite/knowledge-store.ts";
import { openStateStore } from "./sqlite/state-store.ts";

export interface ChosenStores {
  /** Made where it is missing and `create` is not false; else Failure `index_missing`. */
  knowledge(options: { embedder: string | null; rebuild?: boolean; create?: boolean }): Promise<RelationalStore>;
  state(options: { create: boolean }): Promise<RelationalState>;
  /** What `doctor` tells of the place; throws where it cannot be used. */
  look(): Promise<string>;
}

export function chooseStores({ indexDir, databaseUrl: url }: Pick<Settings, "indexDir" | "databaseUrl">): ChosenStores {
  if (url !== null) {
    const load = () => import("./postgres/postgres-stores.ts");
    return {
      knowledge: async (options) => (await load()).openPostgresKnowledge({ url, ...options }),
      state: async (options) => (await load()).openPostgresState({ url, ...options }),
      look: async () => (await load()).lookAtPostgres({ url }),
    };
  }
  return {
    knowledge: (options) => openKnowledgeStore({ folder: indexDir, ...options }),
    async state({ create }) {
      if (!create && !existsSync(indexDir)) throw indexMissing(indexDir);
      return openStateStore({ folder: indexDir });
    },
    async look() {
      await access(indexDir, constants.W_OK).catch((cause: unknown) => {
        throw new Error(`${indexDir} is not there or may not be written`, { cause });
      });
      return indexDir;
    },
  };
}
