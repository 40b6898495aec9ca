import { AttuneError } from "../errors.ts";
import type { Space } from "../space/index.ts";
import type { Params } from "../space/json.ts";
import type { Storage, StudyId } from "../storage/storage.ts";
import type { LoggedEvent } from "../trial/event.ts";
import { evolve } from "../trial/evolve/evolve.ts";
import { stateFromParts } from "../trial/evolve/snapshot.ts";
import { History } from "../trial/history.ts";
import { StudyState } from "../trial/study-state.ts";
import type { Trial } from "../trial/trial.ts";
import { KnownSpaces, type ProgramTrial } from "./known-spaces.ts";

/** One study's state as its log tells it, and what its trials mean in its space: fed with the log's events in order. */
export class KnownStudy {
  readonly state: StudyState;
  /** True when the storage brings the state forward, always before its events come here. */
  readonly #shared: boolean;
  #revision: number;
  readonly #spaces: KnownSpaces;

  /** @param state where it begins; brought forward from here on, unless its storage shares it and does so itself. */
  constructor(state: StudyState = new StudyState(), shared = false) {
    this.state = state;
    this.#shared = shared;
    this.#revision = state.revision;
    this.#spaces = new KnownSpaces(state);
  }

  /** Of the newest event that came here; a shared state may be ahead of it. */
  get revision(): number {
    return this.#revision;
  }

  /** True while a shared state knows of events that have not come here. */
  get isBehind(): boolean {
    return this.state.revision > this.#revision;
  }

  get space(): Space {
    return this.#spaces.space;
  }

  /** The same with what programs asked for while they ran, under the conditions that their trials show. */
  get spaceWithAsked(): Space {
    if (!this.state.everDefined) return this.space;
    const names = this.state.metrics.map(({ name }) => name);
    return new History(names, this.state).spaceAt(this.revision, this.space);
  }

  /** The space a trial was proposed under. */
  spaceOf(trial: Pick<Trial, "spaceVersion">): Space {
    return this.#spaces.spaceOf(trial);
  }

  /** What a trial counts as in the space in force: see KnownSpaces. */
  paramsInSpace(trial: Pick<Trial, "params" | "spaceVersion" | "definitions">): Params {
    return this.#spaces.paramsInSpace(trial);
  }

  /** The trial's values as the program gets them. AttuneError `invalid-params` when one is no number. */
  programParams(trial: ProgramTrial): Params {
    return this.#spaces.programParams(trial);
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

/** A study's state, for who `onlyLooks` as its trials are read when they are looked at; the storage's own where it shares it, else from its newest snapshot; and the events that are left of its log. */
export async function loadStudy(
  storage: Storage,
  id: StudyId,
  onlyLooks = false,
): Promise<{ readonly state: StudyState; readonly events: readonly LoggedEvent[]; readonly shared?: true }> {
  const { head, blocks, events, living } = await (onlyLooks && storage.look ? storage.look(id) : storage.load(id));
  if (living !== undefined) return { state: living, events, shared: true };
  if (head === null) return { state: new StudyState(), events };
  const state = stateFromParts(head, blocks);
  return state === null ? { state: new StudyState(), events: await storage.read(id, 0) } : { state, events };
}
