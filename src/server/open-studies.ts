import { AttuneError } from "../errors.ts";
import { learnStudySecrets } from "../record/secrets.ts";
import type { Storage } from "../storage/storage.ts";
import { openStudy, type Study } from "../study/index.ts";

/** Studies kept open at most; the one that was used longest ago is closed for another. */
const MOST_OPEN = 64;

interface Open {
  readonly study: Promise<Study>;
  users: number;
}

/** The studies of a storage that somebody works with, each opened once and kept open. */
export class OpenStudies {
  readonly storage: Storage;
  /** By name, the one used last at the end. */
  readonly #open = new Map<string, Open>();

  constructor(storage: Storage) {
    this.storage = storage;
  }

  /**
   * Does something with a study. One that was deleted meanwhile, and perhaps made anew under its name, is opened again.
   *
   * @throws AttuneError `unknown-study` naming the nearest there is, and whatever `work` throws.
   */
  async use<T>(name: string, work: (study: Study) => Promise<T>): Promise<T> {
    const known = this.#open.get(name);
    const open = this.#taken(name, known);
    try {
      return await work(await open.study);
    } catch (error) {
      if (known === undefined || !(error instanceof AttuneError) || error.code !== "unknown-study") throw error;
    } finally {
      open.users -= 1;
    }
    this.forget(name);
    return await this.use(name, work);
  }

  async close(): Promise<void> {
    const open = [...this.#open.values()];
    this.#open.clear();
    const studies = await Promise.allSettled(open.map(({ study }) => study));
    await Promise.allSettled(studies.map(async (one) => one.status === "fulfilled" && (await one.value.close())));
  }

  /** Closes a study once nobody uses it; the next who asks for it opens it anew. */
  forget(name: string): void {
    const open = this.#open.get(name);
    this.#open.delete(name);
    // Whoever still uses it comes to its end first: a study that is closed only refuses what comes later.
    void open?.study.then((study) => (open.users === 0 ? study.close() : undefined)).catch(() => undefined);
  }

  /** The open one, as the one that was used last, by one more. */
  #taken(name: string, known: Open | undefined): Open {
    const open = known ?? { study: this.#opened(name), users: 0 };
    open.users += 1;
    this.#open.delete(name);
    this.#open.set(name, open);
    if (this.#open.size > MOST_OPEN) this.#makeRoom();
    return open;
  }

  async #opened(name: string): Promise<Study> {
    try {
      const study = (await openStudy({ name, storage: this.storage })) as Study;
      learnStudySecrets(study);
      return study;
    } catch (error) {
      this.#open.delete(name);
      throw error;
    }
  }

  #makeRoom(): void {
    for (const [name, { users }] of this.#open) {
      if (this.#open.size <= MOST_OPEN) return;
      if (users === 0) this.forget(name);
    }
  }
}
