import type { Suggestion } from "../sampler/sampler.ts";
import { isDecided } from "../scheduler/recheck-decision.ts";
import { isSingleDomain, jsonEqual, type Parameter, parameterOf, type Space, spaceFromJson } from "../space/index.ts";
import type { JsonValue, Params } from "../space/json.ts";
import type { LoggedEvent, StudyEvent } from "../trial/event.ts";
import type { SuggestionRecord, Trial } from "../trial/trial.ts";
import { DecisionReplay, type DecisionReport } from "./decision-replay.ts";
import { ENGINE } from "./engine.ts";
import { JointSuggester } from "./joint-suggester.ts";
import { ParameterSuggester } from "./parameter-suggester.ts";
import { StudyProjection } from "./study-projection.ts";
import { suggestAt } from "./suggest.ts";

/** A stored parameter that is not what the sampler suggests from the same view. */
export interface ReplayDifference {
  readonly trial: number;
  readonly parameter: string;
  /** undefined: not there. */
  readonly stored: JsonValue | undefined;
  readonly recomputed: JsonValue | undefined;
}

export interface ReplayReport {
  /** Suggested trials all of whose values, those asked for included, were recomputed with equal bits. */
  readonly checked: number;
  /** Trials that no sampler suggested (enqueued, imported). */
  readonly skipped: number;
  /** Trials that a sampler suggested which cannot be computed again: a program of the user's. */
  readonly opaque: number;
  readonly differences: readonly ReplayDifference[];
  /** Suggestions that differ and were made by another engine version. */
  readonly otherEngine: readonly { readonly trial: number; readonly engine: string }[];
  /** What schedulers decided, made again; left out where none decided anything. */
  readonly decisions?: DecisionReport;
}

type Proposed = Extract<StudyEvent, { type: "proposed" }>;
type Defined = Extract<StudyEvent, { type: "defined" }>;

/** False while another tool runs the trial, and chooses its parameters, or nobody does. */
function isRunHere({ state, segments }: Trial): boolean {
  return state === "running" && segments.at(-1)?.attempts.at(-1)?.owner.kind !== "foreign" && segments.length > 0;
}

/** One pass forward over the log: every suggestion is computed again from the view it was made from. */
export class Replay {
  readonly #study = new StudyProjection();
  readonly #joint = new JointSuggester(this.#study);
  #space: { readonly version: number; readonly space: Space } | null = null;
  readonly #suggester = new ParameterSuggester(this.#study.state, () => this.#study.history);
  #batch: { number: number; params: Params }[] = [];
  #batchFirst = -1;
  readonly #equal = new Set<number>();
  #skipped = 0;
  #opaque = 0;
  readonly #decisions = new DecisionReplay(this.#study);
  readonly #differences: ReplayDifference[] = [];
  readonly #otherEngine: { trial: number; engine: string }[] = [];

  /** Feeds the next event of the log. */
  add(logged: LoggedEvent): void {
    const { event } = logged;
    if (event.type === "proposed") this.#check(event);
    if (event.type === "defined") this.#checkDefined(event);
    if (event.type === "imported") this.#skipped += 1;
    if (isDecided(event)) this.#decisions.check(event, logged.revision);
    this.#study.apply([logged]);
  }

  report(): ReplayReport {
    const decisions = this.#decisions.report;
    return {
      checked: this.#equal.size,
      skipped: this.#skipped,
      opaque: this.#opaque,
      differences: this.#differences,
      otherEngine: this.#otherEngine,
      ...(decisions !== null && { decisions }),
    };
  }

  #check(event: Proposed): void {
    const { suggestion } = event;
    if (suggestion === null) {
      this.#skipped += 1;
      return;
    }
    if (this.#joint.isOpaque) {
      this.#opaque += 1;
      return;
    }
    const recomputed = this.#recompute(event.trial, suggestion)?.params ?? null;
    this.#remember(event, suggestion);
    const stored = { ...event.params, ...event.offered };
    if (jsonEqual(recomputed, stored)) this.#equal.add(event.trial);
    else this.#differ(event.trial, suggestion, compare(event.trial, stored, recomputed ?? {}));
  }

  /** Parameters that the program asked for, recomputed from the view that the trial's beginning pinned. */
  #checkDefined(event: Defined): void {
    const trial = this.#study.state.trial(event.trial);
    if (trial === undefined || !isRunHere(trial)) return;
    const space = this.#spaceOf(trial.spaceVersion);
    const { definitions: before = [] } = trial;
    for (const [k, { name, domain, value, given }] of event.definitions.entries()) {
      if (given !== undefined) continue; // The caller chose it.
      const asked = [...before, ...event.definitions.slice(0, k)];
      const recomputed = this.#suggester.value(trial, namedDomain(name, domain), space, asked);
      const differences = compare(event.trial, { [name]: value }, { [name]: recomputed });
      if (differences.length > 0) this.#differ(event.trial, trial.suggestion, differences);
    }
  }

  #differ(trial: number, suggestion: SuggestionRecord | null, differences: readonly ReplayDifference[]): void {
    this.#equal.delete(trial);
    const engine = suggestion?.engine ?? ENGINE;
    if (engine === ENGINE) this.#differences.push(...differences);
    else if (this.#otherEngine.at(-1)?.trial !== trial) this.#otherEngine.push({ trial, engine });
  }

  #recompute(trial: number, suggestion: SuggestionRecord): Suggestion | null {
    const { view, index, inputs, batchFirst } = suggestion;
    const earlier = batchFirst === this.#batchFirst ? this.#batch : [];
    const history = this.#study.history.view(view).withPending(earlier);
    const place = { number: trial, index, view };
    const space = this.#study.spaceAt(view);
    const sampler = this.#joint.samplerFor(space);
    return suggestAt(sampler, history, this.#study.state, space, place, 1, inputs)[0] ?? null;
  }

  #remember(event: Proposed, suggestion: SuggestionRecord): void {
    if (suggestion.batchFirst !== this.#batchFirst) {
      this.#batch = [];
      this.#batchFirst = suggestion.batchFirst;
    }
    this.#batch.push({ number: event.trial, params: { ...event.params, ...event.offered } });
  }

  #spaceOf(version: number): Space {
    if (this.#space?.version !== version) {
      const json = this.#study.state.spaceVersions[version - 1]?.value ?? this.#study.state.space;
      this.#space = { version, space: spaceFromJson(json) };
    }
    return this.#space.space;
  }
}

/** The parameter as it was asked for; a range of one value is no parameter of a space. */
function namedDomain(name: string, domain: JsonValue): Parameter {
  if (!isSingleDomain(domain)) return parameterOf(name, domain);
  const { low } = domain as { readonly low: JsonValue };
  return parameterOf(name, { type: "fixed", value: low });
}

function compare(trial: number, stored: Params, recomputed: Params): ReplayDifference[] {
  const names = [...new Set([...Object.keys(stored), ...Object.keys(recomputed)])];
  return names
    .filter((name) => !jsonEqual(stored[name], recomputed[name]))
    .map((parameter) => ({ trial, parameter, stored: stored[parameter], recomputed: recomputed[parameter] }));
}
