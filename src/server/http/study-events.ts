import { setTimeout as delay } from "node:timers/promises";
import type { Storage } from "../../storage/storage.ts";
import { readChanges } from "../handlers/study-changes.ts";

/** Changes in one look, how often a silent stream says that it lives, and how often all studies are looked at. */
const MOST_AT_ONCE = 1_000;
const ALIVE_MS = 15_000;
const LOOK_MS = 500;
const ALIVE = ": alive\n\n";

type Next = (ended: AbortSignal) => Promise<string | null>;

/** Tells the changes of a study after a revision, each as an event with its revision as id; its deletion is the last. */
export function changesOf(storage: Storage, id: string, after: number): Next {
  let known = after;
  let isDeleted = false;
  return async (ended) => {
    if (isDeleted) return null;
    const { changes, revision } = await readChanges(storage, id, known, MOST_AT_ONCE);
    if (ended.aborted) return null;
    known = revision;
    isDeleted = changes.some(({ kind }) => kind === "study-deleted");
    if (changes.length > 0) return changes.map((change) => event("change", change, change.revision)).join("");
    const silent = AbortSignal.any([ended, AbortSignal.timeout(ALIVE_MS)]);
    await storage.changed(id, revision, silent);
    if (ended.aborted) return null;
    return silent.aborted ? ALIVE : ": \n\n";
  };
}

/** A storage, and the name that its studies are told with; null for none. */
interface Told {
  readonly name: string | null;
  readonly storage: Storage;
}

/** Tells the revision of every study, now and whenever one has another; null of one that was deleted. */
export function revisionsOf(storages: readonly Told[]): Next {
  const looks = storages.map(newsOf);
  return async (ended) => {
    for (let waited = 0; waited < ALIVE_MS; waited += LOOK_MS) {
      if (ended.aborted) return null;
      const news = (await Promise.all(looks.map(async (look) => await look()))).flat();
      if (news.length > 0) return news.map((one) => event("study", one)).join("");
      await delay(LOOK_MS, undefined, { signal: ended }).catch(() => undefined);
    }
    return ALIVE;
  };
}

/** What is new in a storage since it was last asked. */
function newsOf({ name: of, storage }: Told): () => Promise<readonly object[]> {
  let known = new Map<string, number>();
  const named = of === null ? {} : { storage: of };
  return async () => {
    const now = new Map((await storage.listStudies()).map(({ name, revision }) => [name, revision]));
    const gone = [...known.keys()].filter((name) => !now.has(name));
    const moved = [...now].filter(([name, revision]) => known.get(name) !== revision);
    known = now;
    return [
      ...gone.map((study) => ({ ...named, study, revision: null })),
      ...moved.map(([study, revision]) => ({ ...named, study, revision })),
    ];
  };
}

function event(kind: string, data: object, id?: number): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;
}
