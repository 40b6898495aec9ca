import { mkdirSync, readdirSync } from "node:fs";
import { rmdir } from "node:fs/promises";
import { AttuneError } from "../../errors.ts";

/** The checkpoint folders of an executor's attempts. */
export class CheckpointFolders {
  readonly #removals = new Set<Promise<void>>();

  /** Makes an attempt's folder (mode 0700), or nothing for null. Throws AttuneError that says why it could not. */
  open(folder: string | null): string | null {
    try {
      if (folder !== null) mkdirSync(folder, { recursive: true, mode: 0o700 });
      return folder;
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new AttuneError(
        "user-code",
        `The checkpoint folder could not be made (${why}); free some space, or check who may write there.`,
        { cause },
      );
    }
  }

  /** The folder when the program left something in it. An empty one is removed, while the next trials go on. */
  close(folder: string | null): string | null {
    if (folder === null) return null;
    if (!isEmpty(folder)) return folder;
    const removal = remove(folder).finally(() => this.#removals.delete(removal));
    this.#removals.add(removal);
    return null;
  }

  /** Resolves once all empty folders are gone. */
  async settled(): Promise<void> {
    await Promise.all(this.#removals);
  }
}

/** True for a folder with nothing in it, or that is not there; what cannot be looked into counts as full. */
function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ENOENT";
  }
}

/** Leaves a folder that cannot be removed where it is: nothing refers to it. */
async function remove(folder: string): Promise<void> {
  await rmdir(folder).catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error)) throw error;
  });
}
