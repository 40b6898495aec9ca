import { AttuneError } from "../errors.ts";
import type { Storage } from "./storage.ts";

type Opener = (rest: string) => Promise<Storage>;

/** Schemes by name: one line each, loaded when first used. */
const schemes: Readonly<Record<string, Opener>> = {
  memory: async () => new (await import("./memory/memory-storage.ts")).MemoryStorage(),
  sqlite: async (file) => (await import("./sqlite/sqlite-storage.ts")).SqliteStorage.open(file),
};

/** Names of the storages that {@link openStorage} knows. */
export const STORAGE_NAMES: readonly string[] = Object.keys(schemes);

/**
 * Opens a storage by the name a user gives it: `:memory:`, a file path, or `sqlite:FILE`. An unknown scheme is an
 * AttuneError `invalid-argument`; what a file can suffer from is an AttuneError `storage-*`.
 */
export async function openStorage(location: string): Promise<Storage> {
  if (location === "") {
    throw new AttuneError(
      "invalid-argument",
      'The storage is empty text; give a file such as "attune.db", or ":memory:".',
    );
  }
  if (location === ":memory:" || location === "memory:") return openScheme("memory", "");
  if (location === "memory") {
    const message =
      'The storage "memory" may be two things: ":memory:" keeps studies until the process ends, "./memory" is a file.';
    throw new AttuneError("invalid-argument", message);
  }
  // Two letters or more: C:\study.db is a file.
  const match = /^([A-Za-z][A-Za-z0-9+.-]+):(.*)$/s.exec(location);
  if (match === null) return openScheme("sqlite", location);
  const [, scheme = "", rest = ""] = match;
  return openScheme(scheme.toLowerCase(), rest.startsWith("//") ? rest.slice(2) : rest, location);
}

function openScheme(scheme: string, rest: string, location: string = rest): Promise<Storage> {
  const open = Object.hasOwn(schemes, scheme) ? schemes[scheme] : undefined;
  if (open !== undefined) return open(rest);
  throw new AttuneError(
    "invalid-argument",
    `The storage "${withoutPassword(location)}" has the unknown scheme "${scheme}:". Give ":memory:", a file path, or "sqlite:FILE" ` +
      "(also for a file whose name holds a colon).",
    { data: { scheme } },
  );
}

function withoutPassword(location: string): string {
  return location.replace(/\/\/[^/@]*@/, "//…@");
}
