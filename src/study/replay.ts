import { createSampler } from "../sampler/registry.ts";
import type { Sampler } from "../sampler/sampler.ts";
import { jsonEqual, type Space, spaceFromJson } from "../space/index.ts";
import type { JsonValue, Params } from "../space/json.ts";
import type { LoggedEvent, StudyEvent } from "../trial/event.ts";
import { evolve } from "../trial/evolve/evolve.ts";
import { History } from "../trial/history.ts";
import { StudyState } from "../trial/study-state.ts";
import type { SuggestionRecord } from "../trial/trial.ts";
import { ENGINE } from "./engine.ts";
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

/** One pass forward over the log: every suggestion is computed again from the view it was made from. */
export class Replay {
  readonly #state = new StudyState();
  #history: History | null = null;
  #space: { readonly version: number; readonly space: Space } | null = null;
  #sampler: { readonly version: string; readonly sampler: Sampler } | null = null;
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
    if (jsonEqual(recomputed, event.params)) this.#checked += 1;
    else if (suggestion.engine !== ENGINE) this.#otherEngine.push({ trial: event.trial, engine: suggestion.engine });
    else this.#differences.push(...compare(event.trial, event.params, recomputed ?? {}));
  }

  #recompute(trial: number, suggestion: SuggestionRecord): Params | null {
    const { view, index, inputs, batchFirst } = suggestion;
    const earlier = batchFirst === this.#batchFirst ? this.#batch : [];
    const history = this.#requireHistory().view(view).withPending(earlier);
    const place = { number: trial, index, view };
    return (
      suggestTrials(this.#currentSampler(), history, this.#state, this.#currentSpace(), place, 1, inputs)[0]?.params ??
      null
    );
  }

  #remember(event: Proposed, suggestion: SuggestionRecord): void {
    if (suggestion.batchFirst !== this.#batchFirst) {
      this.#batch = [];
      this.#batchFirst = suggestion.batchFirst;
    }
    this.#batch.push({ number: event.trial, params: event.params });
  }

  #requireHistory(): History {
    this.#history ??= new History(
      this.#state.metrics.map((metric) => metric.name),
      this.#state,
    );
    return this.#history;
  }

  #currentSpace(): Space {
    if (this.#space?.version !== this.#state.spaceVersion) {
      this.#space = { version: this.#state.spaceVersion, space: spaceFromJson(this.#state.space) };
    }
    return this.#space.space;
  }

  #currentSampler(): Sampler {
    const { settingsVersion, spaceVersion, settings } = this.#state;
    const version = `${settingsVersion}.${spaceVersion}`;
    if (this.#sampler?.version !== version) {
      this.#sampler = {
        version,
        sampler: createSampler(settings.sampler, this.#currentSpace(), { spaceVersion, settingsVersion }),
      };
    }
    return this.#sampler.sampler;
  }
}

function compare(trial: number, stored: Params, recomputed: Params): ReplayDifference[] {
  const names = [...new Set([...Object.keys(stored), ...Object.keys(recomputed)])];
  return names
    .filter((name) => !jsonEqual(stored[name], recomputed[name]))
    .map((parameter) => ({ trial, parameter, stored: stored[parameter], recomputed: recomputed[parameter] }));
}
