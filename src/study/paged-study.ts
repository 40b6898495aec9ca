import type { Space } from "../space/index.ts";
import type { Params } from "../space/json.ts";
import type { Storage, StudyId } from "../storage/storage.ts";
import type { StudyOutline } from "../storage/study-outline.ts";
import type { TrialPage, TrialQuery } from "../storage/trial-page.ts";
import type { HeldOutRun } from "../trial/held-out-run.ts";
import type { Metric } from "../trial/metric.ts";
import { metricsInForce } from "../trial/metrics-in-force.ts";
import type { StudySettings } from "../trial/study-definition.ts";
import type { Trial } from "../trial/trial.ts";
import { findStudy } from "./find-study.ts";
import { KnownSpaces } from "./known-spaces.ts";

/** A study whose trials are read a page at a time: only what a page holds is read for it. */
export class PagedStudy {
  readonly location: string;
  readonly #storage: Storage;
  readonly #id: StudyId;
  readonly #outline: StudyOutline;
  readonly #spaces: KnownSpaces;

  private constructor(storage: Storage, id: StudyId, outline: StudyOutline) {
    this.location = storage.location;
    this.#storage = storage;
    this.#id = id;
    this.#outline = outline;
    const { definition, spaces } = outline;
    this.#spaces = new KnownSpaces({ space: spaces.at(-1)?.value ?? definition.space, spaceVersions: spaces });
  }

  /**
   * A study that exists.
   *
   * @throws AttuneError `unknown-study` naming the nearest there is, `storage-*`.
   */
  static async open(storage: Storage, name: string): Promise<PagedStudy> {
    const { id } = await findStudy(storage, name);
    return new PagedStudy(storage, id, await storage.outline(id));
  }

  get id(): StudyId {
    return this.#id;
  }

  get seed(): number {
    return this.#outline.definition.seed;
  }

  get name(): string {
    return this.#outline.definition.name;
  }

  get settings(): StudySettings {
    return this.#outline.settings;
  }

  get metrics(): readonly Metric[] {
    const { definition, settings } = this.#outline;
    return metricsInForce(definition.metrics, settings);
  }

  /** Runs on held-out data, oldest first. */
  get heldOut(): readonly HeldOutRun[] {
    return this.#outline.heldOut;
  }

  /** Names of the metrics that trials have values of. */
  get measured(): ReadonlySet<string> {
    return new Set(this.#outline.measured);
  }

  get space(): Space {
    return this.#spaces.space;
  }

  /** How many trials there were when the study was opened. */
  get length(): number {
    return this.#outline.trials;
  }

  /** See `Storage`. */
  async page(query: TrialQuery): Promise<TrialPage> {
    return await this.#storage.trials(this.#id, query);
  }

  /** A trial's values as its program gets them: its params, and what is derived from them. */
  programParams(trial: Trial): Params {
    return this.#spaces.programParams(trial);
  }
}
