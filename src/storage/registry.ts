import { AttuneError } from "../errors.ts";
import type { Storage } from "./storage.ts";

type Openers = Readonly<Record<string, Opener>>;
type Opener = (rest: string) => Promise<Storage>;

/** Schemes by name: one line each, loaded when first used. */
const schemes: Openers = {
  memory: async () => new (await import("./memory/memory-storage.ts")).MemoryStorage(),
  sqlite: async (file) => (await import("./sqlite/sqlite-storage.ts")).SqliteStorage.open(file),
};
/** Those that have a quicker way for who looks once. */
const looks: Openers = {
  sqlite: async (file) => (await import("./sqlite/sqlite-storage.ts")).SqliteStorage.openHere(file),
};
/** Those that have one for who is asked by many at once, and never stands still. */
const serves: Openers = {
  sqlite: async (file) => (await import("./sqlite/sqlite-storage.ts")).SqliteStorage.open(file, { gathers: true }),
};

/** Names of the storages that {@link openStorage} knows. */
export const STORAGE_NAMES: readonly string[] = Object.keys(schemes);

/**
 * Opens a storage by the name a user gives it: `:memory:`, a file path, or `sqlite:FILE`. An unknown scheme is an
 * AttuneError `invalid-argument`; what a file can suffer from is an AttuneError `storage-*`.
 */
export async function openStorage(location: string): Promise<Storage> {
  return await openBy(schemes, location);
}

/** The same for a command that looks once and ends: it may hold up the caller's event loop. */
export async function openStorageToLook(location: string): Promise<Storage> {
  return await openBy({ ...schemes, ...looks }, location);
}

/** The same for a server: what it is asked in one turn of its event loop is carried out together. */
export async function openStorageToServe(location: string): Promise<Storage> {
  return await openBy({ ...schemes, ...serves }, location);
}

async function openBy(openers: Openers, location: string): Promise<Storage> {
  if (location === "") {
    throw new AttuneError(
      "invalid-argument",
      'The storage is empty text; give a file such as "attune.db", or ":memory:".',
    );
  }
  if (location === ":memory:" || location === "memory:") return openScheme(openers, "memory", "");
  if (location === "memory") {
    const message =
      'The storage "memory" may be two things: ":memory:" keeps studies until the process ends, "./memory" is a file.';
    throw new AttuneError("invalid-argument", message);
  }
  // Two letters or more: C:\study.db is a file.
  const match = /^([A-Za-z][A-Za-z0-9+.-]+):(.*)$/s.exec(location);
  if (match === null) return openScheme(openers, "sqlite", location);
  const [, scheme = "", rest = ""] = match;
  return openScheme(openers, scheme.toLowerCase(), rest.startsWith("//") ? rest.slice(2) : rest, location);
}

function openScheme(openers: Openers, scheme: string, rest: string, location: string = rest): Promise<Storage> {
  const open = Object.hasOwn(openers, scheme) ? openers[scheme] : undefined;
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
