import { AttuneError } from "../errors.ts";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import type { StreamSource } from "../numeric/random/stream-source.ts";
import { createSampler } from "../sampler/registry.ts";
import type { Sampler } from "../sampler/sampler.ts";
import {
  describeValues,
  domainOf,
  isParameterValue,
  type JsonValue,
  jsonEqual,
  type Parameter,
  type Space,
  sampleValue,
  singleValue,
} from "../space/index.ts";
import type { History } from "../trial/history.ts";
import type { ComponentChoice } from "../trial/study-definition.ts";
import type { StudyState } from "../trial/study-state.ts";
import type { Definition, Trial } from "../trial/trial.ts";
import { type StandingValue, standingValues } from "./standing-values.ts";
import { suggestRequest } from "./suggest.ts";

const MOST_MODELS = 16;

/**
 * Values of parameters that a program asks for. A value follows from the view that the trial's beginning pinned, the study's
 * seed, the trial's number, the values it has by then and the parameter, and from nothing else: not from what others do meanwhile.
 */
export class ParameterSuggester {
  readonly #state: StudyState;
  readonly #history: () => History;
  readonly #samplers = new WeakMap<ComponentChoice, Sampler>();
  /** Samplers of a few parameters, by these; the latest last. */
  readonly #models = new Map<string, Sampler>();

  /** `history` is only called when it is needed. */
  constructor(state: StudyState, history: () => History) {
    this.#state = state;
    this.#history = history;
  }

  /**
   * The value for a parameter that the trial asks for the first time; `space` is the one it was proposed under, `asked` all that
   * it asked for before.
   *
   * @throws AttuneError `unsupported` when the sampler needs every parameter declared, `invalid-params` when what the user
   * enqueued is none of the parameter's values.
   */
  value(trial: Trial, parameter: Parameter, space: Space, asked: readonly Definition[]): JsonValue {
    const view = pinnedView(trial);
    const { offered = {} } = trial;
    const { name } = parameter;
    const sampler = this.#sampler(view, space);
    if (sampler.declaredOnly === true) throw declaredOnly(sampler, name);
    if (trial.suggestion === null && Object.hasOwn(offered, name)) return enqueued(trial, parameter, offered[name]!);
    const single = singleValue(parameter);
    if (single !== null) return single;
    if (Object.hasOwn(offered, name) && this.#isKnown(parameter, view)) return offered[name]!;
    const source = keyedStreams(this.#state.seed, trial.number);
    if (!sampler.needsView) return sampleValue(parameter, source.stream(name));
    const standing =
      sampler.suggestGiven === undefined
        ? []
        : standingValues(name, trial, space, asked, (other) => this.#knownAs(other, view));
    const value = this.#given(trial, parameter, standing, view);
    return value === undefined ? sampleValue(parameter, source.stream(name)) : value;
  }

  /** True when the joint suggestion had just these values to choose from. */
  #isKnown(parameter: Parameter, view: number): boolean {
    const known = this.#knownAs(parameter.name, view);
    return known !== null && jsonEqual(domainOf(known), domainOf(parameter));
  }

  #knownAs(name: string, view: number): Parameter | null {
    return this.#history().parameterAt(name, view);
  }

  /**
   * What the sampler suggests for the parameter given the values that stand, from the trials that have a value of it; undefined
   * while there is none.
   */
  #given(
    trial: Trial,
    parameter: Parameter,
    standing: readonly StandingValue[],
    revision: number,
  ): JsonValue | undefined {
    const { name } = parameter;
    const others = standing.map((value) => value.parameter);
    const { view, parameters } = this.#history().viewOf(parameter, others, revision, trial.number);
    if (view.rows.length === 0) return undefined;
    const space: Space = { parameters, where: [] };
    const { inputs = {}, index = trial.number } = trial.suggestion ?? {};
    const place = { number: trial.number, index, view: revision };
    const request = {
      ...suggestRequest(this.#state, space, place, inputs),
      streams: (number: number) => named(keyedStreams(this.#state.seed, number), name),
    };
    const kept = standing.filter((value) => parameters.includes(value.parameter));
    const known = Object.fromEntries(kept.map((value) => [value.parameter.name, value.value]));
    const sampler = this.#model(this.#choice(revision), space);
    const suggestion = sampler.suggestGiven?.(view, request, known) ?? sampler.suggest(view, request, 1)[0];
    return suggestion?.params[name];
  }

  /** Kept as long as it is among the latest. */
  #model(choice: ComponentChoice, space: Space): Sampler {
    const key = JSON.stringify([choice, space.parameters]);
    const model = this.#models.get(key) ?? createSampler(choice, space);
    this.#models.delete(key);
    this.#models.set(key, model);
    for (const oldest of this.#models.keys()) if (this.#models.size > MOST_MODELS) this.#models.delete(oldest);
    return model;
  }

  #choice(view: number): ComponentChoice {
    const { settingsVersions, settings } = this.#state;
    return (settingsVersions.findLast((version) => version.revision <= view)?.value ?? settings).sampler;
  }

  /** Only asked what kind of sampler it is. */
  #sampler(view: number, space: Space): Sampler {
    const choice = this.#choice(view);
    const sampler = this.#samplers.get(choice) ?? createSampler(choice, space);
    this.#samplers.set(choice, sampler);
    return sampler;
  }
}

/** A suggested trial is told by what its sampler saw; an enqueued one by what was known when it first began. */
function pinnedView(trial: Trial): number {
  return trial.suggestion?.view ?? trial.startedRevision ?? trial.proposedRevision;
}

/** A stream of its own for each parameter, whatever key the sampler takes. */
function named(source: StreamSource, name: string): StreamSource {
  return { stream: (key) => source.stream(`${name}/${key}`) };
}

function enqueued(trial: Trial, parameter: Parameter, value: JsonValue): JsonValue {
  if (isParameterValue(parameter, value)) return value;
  const { name } = parameter;
  throw new AttuneError(
    "invalid-params",
    `Trial ${trial.number} was enqueued with ${name} = ${JSON.stringify(value)}, but its program allows ${describeValues(parameter)}.`,
    { data: { trial: trial.number, name } },
  );
}

function declaredOnly(sampler: Sampler, name: string): AttuneError {
  return new AttuneError(
    "unsupported",
    `The ${sampler.name} sampler must know every parameter before the first trial, but the program asks for ${name} while it runs. ` +
      `Declare ${name} in the study's space, or choose another sampler.`,
    { data: { sampler: sampler.name, name } },
  );
}
