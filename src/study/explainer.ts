import { createSampler } from "../sampler/registry.ts";
import type { Sampler } from "../sampler/sampler.ts";
import type { SuggestionWhy } from "../sampler/suggestion-why.ts";
import { jsonEqual, type Space, spaceFromJson } from "../space/index.ts";
import type { Params } from "../space/json.ts";
import type { PendingTrial } from "../trial/history-view.ts";
import type { SuggestionRecord, Trial } from "../trial/trial.ts";
import { Breather } from "./breather.ts";
import type { StudyProjection } from "./study-projection.ts";
import { suggestAt } from "./suggest.ts";

/** How a trial came to be suggested. */
export interface SuggestionExplanation {
  readonly trial: number;
  /** Name of the sampler; null for a trial that no sampler suggested (enqueued, imported). */
  readonly sampler: string | null;
  /** What the sampler expected; null where it cannot say, or was another engine version that suggested otherwise. */
  readonly why: SuggestionWhy | null;
  /** Whether the recomputed suggestion is the stored one, bit for bit. */
  readonly equal: boolean;
  /** True: the sampler is a program of the user's, which alone knows why; nothing was recomputed. */
  readonly opaque?: boolean;
}

/** Explains suggestions from the history as of the views they were made from. */
export class Explainer {
  readonly #study: StudyProjection;
  #declared: { readonly version: number; readonly space: Space } | null = null;
  #made: { readonly version: string; readonly space: Space; readonly sampler: Sampler } | null = null;

  constructor(study: StudyProjection) {
    this.#study = study;
  }

  /** One for each trial, in their order; others have their turn meanwhile. */
  async explainAll(trials: readonly Trial[]): Promise<readonly SuggestionExplanation[]> {
    const breather = new Breather();
    const known = new Map<Trial, SuggestionExplanation>();
    // Ascending, so that samplers read on from view to view.
    for (const trial of trials.toSorted((a, b) => a.number - b.number)) {
      known.set(trial, this.explain(trial));
      await breather.due();
    }
    return trials.map((trial) => known.get(trial)!);
  }

  /** How a trial came to be suggested, and what its sampler expected of it. */
  explain(trial: Trial): SuggestionExplanation {
    const { number, suggestion } = trial;
    if (suggestion === null) return { trial: number, sampler: null, why: null, equal: true };
    const { settingsVersion, view, index, inputs } = suggestion;
    const { state } = this.#study;
    const { sampler: named } = state.settingsVersions[settingsVersion - 1]?.value ?? state.settings;
    const declared = this.#declaredOf(suggestion.spaceVersion);
    const space = state.everDefined ? this.#study.history.spaceAt(view, declared) : declared;
    const sampler = this.#samplerFor(named, space, suggestion);
    if (sampler.opaque === true) return { trial: number, sampler: named.name, why: null, equal: true, opaque: true };
    const seen = sampler.needsView
      ? this.#study.history.view(view).withPending(this.#earlier(number, suggestion))
      : this.#study.emptyView;
    const [made] = suggestAt(sampler, seen, state, space, { number, index, view }, 1, inputs);
    const equal = made !== undefined && jsonEqual(made.params, this.#proposed(trial));
    return { trial: number, sampler: named.name, why: equal ? (made.why ?? null) : null, equal };
  }

  /** Those proposed before it in its batch: no view holds them. */
  #earlier(number: number, { batchFirst }: SuggestionRecord): readonly PendingTrial[] {
    const earlier: PendingTrial[] = [];
    for (let other = batchFirst; other < number; other++) {
      const trial = this.#study.state.trial(other);
      if (trial?.suggestion?.batchFirst === batchFirst) earlier.push({ number: other, params: this.#proposed(trial) });
    }
    return earlier;
  }

  /** As the log proposed it: what its program asked for came later. */
  #proposed({ params, offered, definitions = [] }: Trial): Params {
    const asked = new Set(definitions.map(({ name }) => name));
    const own = Object.fromEntries(Object.entries(params).filter(([name]) => !asked.has(name)));
    return { ...own, ...offered };
  }

  #declaredOf(version: number): Space {
    const { state } = this.#study;
    if (version === state.spaceVersion) return this.#study.space;
    if (this.#declared?.version !== version) {
      const json = state.spaceVersions[version - 1]?.value ?? state.space;
      this.#declared = { version, space: spaceFromJson(json) };
    }
    return this.#declared.space;
  }

  #samplerFor(named: Parameters<typeof createSampler>[0], space: Space, suggestion: SuggestionRecord): Sampler {
    const { spaceVersion, settingsVersion } = suggestion;
    const version = `${settingsVersion}.${spaceVersion}`;
    if (this.#made?.version !== version || this.#made.space !== space) {
      const sampler = createSampler(named, space, { spaceVersion, settingsVersion });
      this.#made = { version, space, sampler };
    }
    return this.#made.sampler;
  }
}
