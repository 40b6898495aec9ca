import { createSampler } from "../sampler/registry.ts";
import type { Sampler } from "../sampler/sampler.ts";
import { jsonEqual, type Parameter, parameterOf, type Space, spaceFromJson } from "../space/index.ts";
import type { JsonValue, Params } from "../space/json.ts";
import type { LoggedEvent, StudyEvent } from "../trial/event.ts";
import { evolve } from "../trial/evolve/evolve.ts";
import { History } from "../trial/history.ts";
import { StudyState } from "../trial/study-state.ts";
import type { SuggestionRecord } from "../trial/trial.ts";
import { ENGINE } from "./engine.ts";
import { ParameterSuggester } from "./parameter-suggester.ts";
import { suggestTrials } from "./suggest.ts";

/** A stored parameter that is not what the sampler suggests from the same view. */
export interface ReplayDifference {
  readonly trial: number;
  readonly parameter: string;
  /** undefined: not there. */
  readonly stored: JsonValue | undefined;
  readonly recomputed: JsonValue | undefined;
}

export interface ReplayReport {
  /** Suggestions recomputed with equal bits. */
  readonly checked: number;
  /** Trials that no sampler suggested (enqueued, imported). */
  readonly skipped: number;
  readonly differences: readonly ReplayDifference[];
  /** Suggestions that differ and were made by another engine version. */
  readonly otherEngine: readonly { readonly trial: number; readonly engine: string }[];
}

type Proposed = Extract<StudyEvent, { type: "proposed" }>;
type Defined = Extract<StudyEvent, { type: "defined" }>;

/** One pass forward over the log: every suggestion is computed again from the view it was made from. */
export class Replay {
  readonly #state = new StudyState();
  #history: History | null = null;
  #space: { readonly version: number; readonly space: Space } | null = null;
  #sampler: { readonly version: string; readonly space: Space; readonly sampler: Sampler } | null = null;
  readonly #suggester = new ParameterSuggester(this.#state, () => this.#requireHistory());
  #batch: { number: number; params: Params }[] = [];
  #batchFirst = -1;
  #checked = 0;
  #skipped = 0;
  readonly #differences: ReplayDifference[] = [];
  readonly #otherEngine: { trial: number; engine: string }[] = [];

  /** Feeds the next event of the log. */
  add(logged: LoggedEvent): void {
    const { event } = logged;
    if (event.type === "proposed") this.#check(event);
    if (event.type === "defined") this.#checkDefined(event);
    if (event.type === "imported") this.#skipped += 1;
    evolve(this.#state, logged);
    this.#history?.apply(logged);
  }

  report(): ReplayReport {
    return {
      checked: this.#checked,
      skipped: this.#skipped,
      differences: this.#differences,
      otherEngine: this.#otherEngine,
    };
  }

  #check(event: Proposed): void {
    const { suggestion } = event;
    if (suggestion === null) {
      this.#skipped += 1;
      return;
    }
    const recomputed = this.#recompute(event.trial, suggestion);
    this.#remember(event, suggestion);
    const stored = { ...event.params, ...event.offered };
    if (jsonEqual(recomputed, stored)) this.#checked += 1;
    else this.#differ(event.trial, suggestion, compare(event.trial, stored, recomputed ?? {}));
  }

  /** Parameters that the program asked for, recomputed from the view that the trial's beginning pinned. */
  #checkDefined(event: Defined): void {
    const trial = this.#state.trial(event.trial);
    if (trial === undefined) return;
    const space = this.#spaceOf(trial.spaceVersion);
    for (const { name, domain, value } of event.definitions) {
      const recomputed = this.#suggester.value(trial, namedDomain(name, domain), space);
      const differences = compare(event.trial, { [name]: value }, { [name]: recomputed });
      if (differences.length > 0) this.#differ(event.trial, trial.suggestion, differences);
    }
  }

  #differ(trial: number, suggestion: SuggestionRecord | null, differences: readonly ReplayDifference[]): void {
    const engine = suggestion?.engine ?? ENGINE;
    if (engine === ENGINE) this.#differences.push(...differences);
    else if (this.#otherEngine.at(-1)?.trial !== trial) this.#otherEngine.push({ trial, engine });
  }

  #recompute(trial: number, suggestion: SuggestionRecord): Params | null {
    const { view, index, inputs, batchFirst } = suggestion;
    const earlier = batchFirst === this.#batchFirst ? this.#batch : [];
    const history = this.#requireHistory().view(view).withPending(earlier);
    const place = { number: trial, index, view };
    const declared = this.#spaceOf(this.#state.spaceVersion);
    const space = this.#state.everDefined ? this.#requireHistory().spaceAt(view, declared) : declared;
    const sampler = this.#samplerFor(space);
    const [again] = suggestTrials(sampler, history, this.#state, space, declared, place, 1, inputs);
    return again === undefined ? null : { ...again.params, ...again.offered };
  }

  #remember(event: Proposed, suggestion: SuggestionRecord): void {
    if (suggestion.batchFirst !== this.#batchFirst) {
      this.#batch = [];
      this.#batchFirst = suggestion.batchFirst;
    }
    this.#batch.push({ number: event.trial, params: { ...event.params, ...event.offered } });
  }

  #requireHistory(): History {
    this.#history ??= new History(
      this.#state.metrics.map((metric) => metric.name),
      this.#state,
    );
    return this.#history;
  }

  #spaceOf(version: number): Space {
    if (this.#space?.version !== version) {
      const json = this.#state.spaceVersions[version - 1]?.value ?? this.#state.space;
      this.#space = { version, space: spaceFromJson(json) };
    }
    return this.#space.space;
  }

  #samplerFor(space: Space): Sampler {
    const { settingsVersion, spaceVersion, settings } = this.#state;
    const version = `${settingsVersion}.${spaceVersion}`;
    if (this.#sampler?.version !== version || this.#sampler.space !== space) {
      const sampler = createSampler(settings.sampler, space, { spaceVersion, settingsVersion });
      this.#sampler = { version, space, sampler };
    }
    return this.#sampler.sampler;
  }
}

/** The parameter as it was asked for; a range of one value is no parameter of a space. */
function namedDomain(name: string, domain: JsonValue): Parameter {
  const { low, high } = domain as { readonly low?: JsonValue; readonly high?: JsonValue };
  if (low === undefined || low !== high) return parameterOf(name, domain);
  return parameterOf(name, { type: "fixed", value: low });
}

function compare(trial: number, stored: Params, recomputed: Params): ReplayDifference[] {
  const names = [...new Set([...Object.keys(stored), ...Object.keys(recomputed)])];
  return names
    .filter((name) => !jsonEqual(stored[name], recomputed[name]))
    .map((parameter) => ({ trial, parameter, stored: stored[parameter], recomputed: recomputed[parameter] }));
}
