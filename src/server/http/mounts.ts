import type { Storage } from "../../storage/storage.ts";

/** A storage that is served, with the name by which it is told from others of the server: letters, digits, `.`, `_`, `-`. */
export interface Mount {
  readonly name: string;
  readonly storage: Storage;
}

/** What stands before the paths of a storage besides the first one. */
export const MOUNTED = "/storages/";

/** Names for storages by where they are: that of the file without its end; where two have the same, the second is `NAME-2`. */
export function mountNames(locations: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return locations.map((location) => {
    const file = location.replace(/[/\\]+$/, "").replace(/^.*[/\\]/, "");
    const plain = file.replace(/\.\w+$/, "").replace(/[^\w.-]+/g, "-") || "storage";
    let name = plain;
    for (let count = 2; taken.has(name); count++) name = `${plain}-${count}`;
    taken.add(name);
    return name;
  });
}

/** The name of the storage that a path is about, behind whatever a proxy puts before it; null where it is about the first one. */
export function mountOf(path: string): string | null {
  const [, name] = /^\/storages\/([\w.-]+)(?:\/|$)/.exec(path) ?? [];
  return name ?? null;
}
