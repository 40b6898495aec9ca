import { type Space, spaceFromJson, withDerived } from "../space/index.ts";
import type { JsonValue, Params } from "../space/json.ts";
import { jsonCopy } from "../space/json-copy.ts";
import { carryOver, paramsInSpace, type SpaceVersion } from "../trial/carry-over.ts";
import { fidelityOf } from "../trial/fidelity-of.ts";
import type { Trial } from "../trial/trial.ts";

/** What says what a trial's program is given. */
export type ProgramTrial = Pick<Trial, "params" | "spaceVersion" | "definitions" | "segments">;

/** What a study tells of its spaces. */
interface SpaceSource {
  /** In force. */
  readonly space: JsonValue;
  /** Every version there was, oldest first. */
  readonly spaceVersions: readonly SpaceVersion[];
}

/** What a study's trials mean in its spaces, as these are at the time of the question. */
export class KnownSpaces {
  readonly #source: SpaceSource;
  #space: Space | null = null;
  #version = 0;
  readonly #oldSpaces = new Map<number, Space>();

  constructor(source: SpaceSource) {
    this.#source = source;
  }

  /** In force. */
  get space(): Space {
    const { space, spaceVersions } = this.#source;
    if (this.#space === null || this.#version !== spaceVersions.length) {
      this.#space = spaceFromJson(space);
      this.#version = spaceVersions.length;
    }
    return this.#space;
  }

  /** The space a trial was proposed under. */
  spaceOf(trial: Pick<Trial, "spaceVersion">): Space {
    const { spaceVersions } = this.#source;
    const version = spaceVersions[trial.spaceVersion - 1];
    if (version === undefined || trial.spaceVersion === spaceVersions.length) return this.space;
    const known = this.#oldSpaces.get(trial.spaceVersion) ?? spaceFromJson(version.value);
    this.#oldSpaces.set(trial.spaceVersion, known);
    return known;
  }

  /** What a trial counts as in the space in force: its own parameters unless the space changed since it was made. */
  paramsInSpace(trial: Pick<Trial, "params" | "spaceVersion" | "definitions">): Params {
    const { spaceVersions } = this.#source;
    if (trial.spaceVersion === spaceVersions.length) return trial.params;
    return paramsInSpace(this.space, carryOver(trial.params, trial.spaceVersion, spaceVersions), trial.definitions);
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
    const now = withFidelity(trial, this.space, jsonCopy(this.paramsInSpace(trial)));
    return { ...withDerived(this.space, now), ...Object.fromEntries(kept) };
  }
}

/** The values with the fidelity among them, where the space has one. */
function withFidelity(trial: ProgramTrial, { fidelity }: Space, params: Params): Params {
  return fidelity === undefined ? params : { ...params, [fidelity.name]: fidelityOf(trial, fidelity) };
}
