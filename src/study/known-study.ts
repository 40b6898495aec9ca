import { AttuneError } from "../errors.ts";
import { type Space, spaceFromJson, withDerived } from "../space/index.ts";
import type { Params } from "../space/json.ts";
import { jsonCopy } from "../space/json-copy.ts";
import type { Storage, StudyId } from "../storage/storage.ts";
import { carryOver, countedParams } from "../trial/carry-over.ts";
import type { LoggedEvent } from "../trial/event.ts";
import { evolve } from "../trial/evolve/evolve.ts";
import { stateFromParts } from "../trial/evolve/snapshot.ts";
import { fidelityOf } from "../trial/fidelity-of.ts";
import { StudyState } from "../trial/study-state.ts";
import type { Trial } from "../trial/trial.ts";

/** What says what a trial's program is given. */
type ProgramTrial = Pick<Trial, "params" | "spaceVersion" | "definitions" | "segments">;

/** One study's state as its log tells it, and what its trials mean in its space: fed with the log's events in order. */
export class KnownStudy {
  readonly state: StudyState;
  /** True when the storage brings the state forward, always before its events come here. */
  readonly #shared: boolean;
  #revision: number;
  #space: Space | null = null;
  #spaceVersion = 0;
  readonly #oldSpaces = new Map<number, Space>();

  /** @param state where it begins; brought forward from here on, unless its storage shares it and does so itself. */
  constructor(state: StudyState = new StudyState(), shared = false) {
    this.state = state;
    this.#shared = shared;
    this.#revision = state.revision;
  }

  /** Of the newest event that came here; a shared state may be ahead of it. */
  get revision(): number {
    return this.#revision;
  }

  get space(): Space {
    if (this.#space === null || this.#spaceVersion !== this.state.spaceVersion) {
      this.#space = spaceFromJson(this.state.space);
      this.#spaceVersion = this.state.spaceVersion;
    }
    return this.#space;
  }

  /** The space a trial was proposed under. */
  spaceOf(trial: Pick<Trial, "spaceVersion">): Space {
    const { spaceVersion, spaceVersions } = this.state;
    const version = spaceVersions[trial.spaceVersion - 1];
    if (version === undefined || trial.spaceVersion === spaceVersion) return this.space;
    const known = this.#oldSpaces.get(trial.spaceVersion) ?? spaceFromJson(version.value);
    this.#oldSpaces.set(trial.spaceVersion, known);
    return known;
  }

  /** What a trial counts as in the space in force: its own parameters unless the space changed since it was made. */
  countedParams(trial: Pick<Trial, "params" | "spaceVersion" | "definitions">): Params {
    const { spaceVersion, spaceVersions } = this.state;
    if (trial.spaceVersion === spaceVersion) return trial.params;
    return countedParams(this.space, carryOver(trial.params, trial.spaceVersion, spaceVersions), trial.definitions);
  }

  /**
   * The trial's values as the program gets them: what it counts as, and what is derived from that, as it was when the trial was
   * made; the fidelity of its newest run. AttuneError `invalid-params` when one is no number.
   */
  programParams(trial: ProgramTrial): Params {
    const own = this.spaceOf(trial);
    // A copy: programs change what they are given, and the trial stays as it is.
    const given = withFidelity(trial, own, jsonCopy(trial.params));
    if (own === this.space) return withDerived(own, given);
    const before = withDerived(own, given);
    const derived = (own.derived ?? []).filter(({ name }) => Object.hasOwn(before, name));
    const still = new Set(this.space.derived?.map(({ name }) => name));
    const kept = derived.filter(({ name }) => still.has(name)).map(({ name }) => [name, before[name]!]);
    const counted = withFidelity(trial, this.space, jsonCopy(this.countedParams(trial)));
    return { ...withDerived(this.space, counted), ...Object.fromEntries(kept) };
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
    const known = this.#revision;
    const allNew = events.length === 0 || events[0]!.revision > known;
    const news = allNew ? events : events.filter(({ revision }) => revision > known);
    for (const logged of news) this.bringForward(logged);
    return news;
  }

  /** Takes the next event. */
  protected bringForward(logged: LoggedEvent): void {
    if (!this.#shared) evolve(this.state, logged);
    this.#revision = logged.revision;
  }
}

/** The values with the fidelity among them, where the space has one. */
function withFidelity(trial: ProgramTrial, { fidelity }: Space, params: Params): Params {
  return fidelity === undefined ? params : { ...params, [fidelity.name]: fidelityOf(trial, fidelity) };
}

/** A study's state, the storage's own where it shares it, else from its newest snapshot; and the events that are left of its log. */
export async function loadStudy(
  storage: Storage,
  id: StudyId,
): Promise<{ readonly state: StudyState; readonly events: readonly LoggedEvent[]; readonly shared?: true }> {
  const { head, blocks, events, living } = await storage.load(id);
  if (living !== undefined) return { state: living, events, shared: true };
  if (head === null) return { state: new StudyState(), events };
  const state = stateFromParts(head, blocks);
  return state === null ? { state: new StudyState(), events: await storage.read(id, 0) } : { state, events };
}
