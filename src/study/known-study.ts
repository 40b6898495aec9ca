import { AttuneError } from "../errors.ts";
import { type Space, spaceFromJson, withDerived } from "../space/index.ts";
import type { Params } from "../space/json.ts";
import { jsonCopy } from "../space/json-copy.ts";
import type { Storage, StudyId } from "../storage/storage.ts";
import { carryOver, countedParams } from "../trial/carry-over.ts";
import type { LoggedEvent } from "../trial/event.ts";
import { evolve } from "../trial/evolve/evolve.ts";
import { stateFromParts } from "../trial/evolve/snapshot.ts";
import { StudyState } from "../trial/study-state.ts";
import type { Trial } from "../trial/trial.ts";

/** One study's state as its log tells it, and what its trials mean in its space: fed with the log's events in order. */
export class KnownStudy {
  readonly state: StudyState;
  #space: Space | null = null;
  #spaceVersion = 0;
  readonly #oldSpaces = new Map<number, Space>();

  /** @param state where it begins; brought forward from here on. */
  constructor(state: StudyState = new StudyState()) {
    this.state = state;
  }

  get revision(): number {
    return this.state.revision;
  }

  get space(): Space {
    if (this.#space === null || this.#spaceVersion !== this.state.spaceVersion) {
      this.#space = spaceFromJson(this.state.space);
      this.#spaceVersion = this.state.spaceVersion;
    }
    return this.#space;
  }

  /** The space a trial was proposed under. */
  spaceOf(trial: Trial): Space {
    const { spaceVersion, spaceVersions } = this.state;
    const version = spaceVersions[trial.spaceVersion - 1];
    if (version === undefined || trial.spaceVersion === spaceVersion) return this.space;
    const known = this.#oldSpaces.get(trial.spaceVersion) ?? spaceFromJson(version.value);
    this.#oldSpaces.set(trial.spaceVersion, known);
    return known;
  }

  /** What a trial counts as in the space in force: its own parameters unless the space changed since it was made. */
  countedParams(trial: Trial): Params {
    const { spaceVersion, spaceVersions } = this.state;
    if (trial.spaceVersion === spaceVersion) return trial.params;
    return countedParams(this.space, carryOver(trial.params, trial.spaceVersion, spaceVersions), trial.definitions);
  }

  /**
   * The trial's values as the program gets them: what it counts as, and what is derived from that, as it was when the trial was
   * made. AttuneError `invalid-params` when one is no number.
   */
  programParams(trial: Trial): Params {
    const own = this.spaceOf(trial);
    // A copy: programs change what they are given, and the trial stays as it is.
    const given = jsonCopy(trial.params);
    if (own === this.space) return withDerived(own, given);
    const before = withDerived(own, given);
    const derived = (own.derived ?? []).filter(({ name }) => Object.hasOwn(before, name));
    const still = new Set(this.space.derived?.map(({ name }) => name));
    const kept = derived.filter(({ name }) => still.has(name)).map(({ name }) => [name, before[name]!]);
    return { ...withDerived(this.space, jsonCopy(this.countedParams(trial))), ...Object.fromEntries(kept) };
  }

  /** @throws AttuneError `unknown-trial`. */
  trial(number: number): Trial {
    const trial = this.state.trial(number);
    if (trial !== undefined) return trial;
    const { nextNumber, name } = this.state;
    const there = nextNumber === 0 ? "it has none yet" : `it has trials 0 to ${nextNumber - 1}`;
    throw new AttuneError("unknown-trial", `Study "${name}" has no trial ${number}; ${there}.`);
  }

  /** Takes the events that are new, in order; answers which those are. */
  apply(events: readonly LoggedEvent[]): readonly LoggedEvent[] {
    const news: LoggedEvent[] = [];
    for (const logged of events) {
      if (logged.revision <= this.state.revision) continue;
      this.bringForward(logged);
      news.push(logged);
    }
    return news;
  }

  /** Takes the next event. */
  protected bringForward(logged: LoggedEvent): void {
    evolve(this.state, logged);
  }
}

/** A study's state from its newest snapshot, and the events after it. */
export async function loadStudy(
  storage: Storage,
  id: StudyId,
): Promise<{ readonly state: StudyState; readonly events: readonly LoggedEvent[] }> {
  const { head, blocks, events } = await storage.load(id);
  if (head === null) return { state: new StudyState(), events };
  const state = stateFromParts(head, blocks);
  return state === null ? { state: new StudyState(), events: await storage.read(id, 0) } : { state, events };
}
