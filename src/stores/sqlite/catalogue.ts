// The passages of knowledge.db in memory, and what was derived from its documents. Follows the database by its generation, also when another
// process writes.
import type { Filter } from "../../domain.ts";
import { conditionOf } from "../relational/filters.ts";
import { extended, keepResults, keptPart, maskOf, numbers, type Catalogue } from "../relational/passage-catalogue.ts";
import type { Connection } from "./database.ts";
import { meta } from "./schema.ts";

export interface CatalogueReader {
  /** The state of the last commit. Cheap when nothing was written since. */
  current(): Catalogue;
  /** By position: 1 where the passage's document passes. Null where all pass. */
  allowed(filter: Filter): Uint8Array | null;
  /** Gives what `make` gave for the same key in the same state. What is given is shared: nobody may change it. */
  kept<T>(key: string, make: () => T): T;
}

/** `onChange` runs before the first use of a new state: it may refuse it. */
export function createCatalogue(connection: Connection, onChange: () => void): CatalogueReader {
  let catalogue: Catalogue | null = null;
  let dataVersion: number | null = null;
  const results = keepResults();

  const current = (): Catalogue => {
    // changes with each commit of another connection: ours never writes
    const version = Number(connection.sql("PRAGMA data_version").get()?.[0]);
    if (catalogue !== null && version === dataVersion) return catalogue;
    return connection.snapshot(() => {
      const generation = Number(meta(connection, "generation"));
      const store = meta(connection, "store") ?? "";
      if (catalogue === null || catalogue.generation !== generation || catalogue.store !== store) {
        onChange();
        catalogue = read(connection, generation, store, catalogue);
        results.clear();
      }
      // older than what was read, at worst: then the next call looks again
      dataVersion = version;
      return catalogue;
    });
  };

  const kept = <T>(key: string, make: () => T): T => {
    current();
    return results.of(key, make);
  };

  return {
    current,
    kept,
    allowed: (filter) => kept(`allowed ${JSON.stringify(filter)}`, () => passing(connection, filter, current())),
  };
}

function passing(connection: Connection, filter: Filter, catalogue: Catalogue): Uint8Array | null {
  const { sql, values } = conditionOf(filter);
  const documents = Number(connection.sql("SELECT count(*) FROM documents").get()?.[0]);
  const keys = numbers(connection.sql(`SELECT group_concat(d.doc) FROM documents d WHERE ${sql}`).get(values)?.[0]);
  if (keys.length === documents) return null;
  return maskOf(catalogue, new Set(keys));
}

/** Reads only what was added where nothing went away. */
function read(connection: Connection, generation: number, store: string, before: Catalogue | null): Catalogue {
  const removals = Number(meta(connection, "removals"));
  const kept = keptPart(before, store, removals);
  // one string instead of rows: the rows of 50,000 passages would take ten times as long to cross over
  const flat = connection
    .sql(
      "SELECT group_concat(id || ',' || doc || ',' || CAST(weight * 16 AS INTEGER)) FROM (SELECT id, doc, weight FROM passages WHERE id > ? ORDER BY id)",
    )
    .get([kept?.ids[kept.count - 1] ?? 0])?.[0];
  return extended(kept, numbers(flat), { generation, removals, store });
}
