import { lstatSync, readdirSync, renameSync, type Stats, statSync } from "node:fs";
import { rm, rmdir } from "node:fs/promises";
import { dirname } from "node:path";
import { AttuneError } from "../../errors.ts";
import { fileKind } from "../../protocol/file-kind.ts";
import { makeFolders } from "../../protocol/make-folders.ts";
import { unwritableCode } from "../../storage/lacks-room.ts";
import { orIfRefused, orIfRefusedLater } from "../or-if-refused.ts";

const PRIVATE = 0o700;
const PERMISSIONS = 0o7777;

/**
 * The checkpoint folders of an executor's attempts. An empty one becomes the folder of a later attempt: where a folder was
 * just removed, ext4 looks for minutes at every inode that was freed before it makes the next file or folder.
 */
export class CheckpointFolders {
  /** Empty folders of attempts that are over. */
  readonly #spares: string[] = [];
  readonly #removals = new Set<Promise<void>>();

  /** Makes an attempt's folder (mode 0700), or nothing for null. Throws AttuneError that says why it could not. */
  open(folder: string | null): string | null {
    try {
      if (folder !== null && !this.#takeSpare(folder)) makeFolders(folder);
      return folder;
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new AttuneError(
        unwritableCode(cause),
        `The checkpoint folder could not be made (${why}); free some space, or check who may write there.`,
        { cause },
      );
    }
  }

  /** Whether the program has put something into its folder. */
  holds(folder: string | null): boolean {
    return folder !== null && !isEmpty(folder);
  }

  /**
   * The folder when the program left something in it. An empty one is used again when nothing of its attempt can be left
   * that knows it (`reusable`), else removed while the next trials go on.
   */
  close(folder: string | null, reusable: boolean): string | null {
    if (folder === null) return null;
    // Who went on from a pipe would wait for ever.
    if (this.swapped(folder) !== null) return null;
    if (!isEmpty(folder)) return folder;
    if (reusable && isAsMade(folder)) this.#spares.push(folder);
    else this.#remove(folder);
    return null;
  }

  /** What a program put in the place of its folder, for a sentence; null for a folder, or a link to one, or nothing. */
  swapped(folder: string | null): string | null {
    if (folder === null) return null;
    const found = lstatSync(folder, { throwIfNoEntry: false });
    if (found === undefined || found.isDirectory()) return null;
    const target = found.isSymbolicLink() ? targetOf(folder) : found;
    return target?.isDirectory() === true ? null : target === null ? "a link that leads nowhere" : fileKind(target);
  }

  /** Removes the folder of a program that had to be killed: what is in it may be torn, and nobody is given it. */
  discard(folder: string | null): void {
    if (folder !== null) this.#track(rm(folder, { recursive: true, force: true }));
  }

  /** Resolves once all that nobody needs is gone. */
  async settled(): Promise<void> {
    for (const spare of this.#spares.splice(0)) this.#remove(spare);
    await Promise.all(this.#removals);
  }

  /** False when there is none, or it cannot go there: on another disk, or in place of something. */
  #takeSpare(folder: string): boolean {
    if (this.#spares.length === 0) return false;
    makeFolders(dirname(folder));
    const spare = this.#spares.pop()!;
    return orIfRefused(
      () => {
        renameSync(spare, folder);
        return true;
      },
      () => {
        this.#remove(spare);
        return false;
      },
    );
  }

  #remove(folder: string): void {
    this.#track(rmdir(folder));
  }

  /** What cannot be removed is left where it is: nothing refers to it, and `attune gc` finds it. */
  #track(removed: Promise<void>): void {
    const removal = orIfRefusedLater(removed, () => undefined).finally(() => this.#removals.delete(removal));
    this.#removals.add(removal);
  }
}

/** True for a folder with nothing in it, or that is not there; what cannot be looked into counts as full. */
function isEmpty(folder: string): boolean {
  return orIfRefused(
    () => readdirSync(folder).length === 0,
    (code) => code === "ENOENT",
  );
}

/** A circle of links leads nowhere, as does what may not be looked into. */
function targetOf(link: string): Stats | null {
  return orIfRefused<Stats | null>(
    () => statSync(link),
    () => null,
  );
}

/** True for a folder that its program neither replaced nor gave other permissions. */
function isAsMade(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && (found.mode & PERMISSIONS) === PRIVATE;
}
