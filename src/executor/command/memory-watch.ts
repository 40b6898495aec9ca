import { residentBytes, type Tree } from "./resident-bytes.ts";

/** How often memory is looked at: a program that takes 1 GB a second is caught at most that much over its limit. */
const LOOK_MS = 250;

/** A tree of processes whose memory is watched. */
export interface WatchedTree extends Tree {
  /** Bytes. */
  readonly allowed: number;
  /** Called once the tree uses more, with what it uses. */
  readonly tell: (used: number) => void;
}

/** Looks at the memory of all watched trees at once, as long as there are any. */
export class MemoryWatch {
  readonly #watched = new Set<WatchedTree>();
  #timer: NodeJS.Timeout | null = null;
  #looking = false;

  /** @returns what ends the watch. */
  watch(tree: WatchedTree): () => void {
    this.#watched.add(tree);
    this.#plan();
    return () => {
      this.#watched.delete(tree);
    };
  }

  #plan(): void {
    if (this.#timer !== null || this.#looking || this.#watched.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#looking = true;
      void this.#look().finally(() => {
        this.#looking = false;
        this.#plan();
      });
    }, LOOK_MS);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const used = await residentBytes([...this.#watched]);
    for (const [tree, bytes] of used) if (this.#watched.has(tree) && bytes > tree.allowed) tree.tell(bytes);
  }
}
