import { createSampler, isBuiltInSampler } from "../sampler/registry.ts";
import type { Sampler } from "../sampler/sampler.ts";
import { opaquePredicate } from "../space/expression/opaque-predicate.ts";
import type { Space } from "../space/index.ts";
import type { ProposedTrial } from "../trial/command.ts";
import type { StudyProjection } from "./study-projection.ts";
import { type SuggestionPlace, suggestRequest, suggestTrials } from "./suggest.ts";

/** Trials from which a heavy sampler's thread is worth it. */
const LEAST_FOR_THREAD = 24;

/** Of settings and space. */
interface Versions {
  readonly settings: number;
  readonly space: number;
}

interface SamplerKind {
  readonly of: Versions;
  readonly needsView: boolean;
  readonly opaque: boolean;
  readonly byPreference: boolean;
  readonly threadFrom: number;
}

/** Whole configurations from a study's sampler: the same bits from any process and thread whose projection knows the view. */
export class JointSuggester {
  readonly #study: StudyProjection;
  #made: { readonly of: Versions; readonly space: Space; readonly sampler: Sampler } | null = null;
  #kind: SamplerKind | null = null;

  constructor(study: StudyProjection) {
    this.#study = study;
  }

  /** True when the study's sampler, as of the newest settings and space, looks at the history. */
  get needsView(): boolean {
    return this.#kindOf().needsView;
  }

  /** True when what the study's sampler suggests cannot be computed again. */
  get isOpaque(): boolean {
    return this.#kindOf().opaque;
  }

  /** True when the study's sampler goes by what people chose of the front. */
  get goesByPreference(): boolean {
    return this.#kindOf().byPreference;
  }

  /**
   * Trials from which a suggestion takes long, where a thread has all that it needs: nothing that only this program defined; else
   * infinite.
   */
  get threadFrom(): number {
    return this.#kindOf().threadFrom;
  }

  suggest(place: SuggestionPlace, count: number, inputs: Readonly<Record<string, number>>): readonly ProposedTrial[] {
    const { state, space: declared } = this.#study;
    const view = this.needsView ? this.#study.history.view(place.view) : this.#study.emptyView;
    const space = this.#study.spaceAt(place.view);
    return suggestTrials(this.samplerFor(space), view, state, space, declared, place, count, inputs);
  }

  /** The study's sampler for a space, kept as long as settings and space stay the same. */
  samplerFor(space: Space): Sampler {
    if (!this.#isOfNow(this.#made?.of) || this.#made?.space !== space) {
      const { settingsVersion, spaceVersion, settings } = this.#study.state;
      const sampler = createSampler(settings.sampler, space, { spaceVersion, settingsVersion });
      this.#made = { of: this.#now, space, sampler };
    }
    return this.#made.sampler;
  }

  /** Does what the next suggestion will need of the history as it stands, where the sampler knows such work. */
  prepare(): void {
    const { state, revision } = this.#study;
    const space = this.#study.spaceAt(revision);
    const sampler = this.samplerFor(space);
    if (sampler.prepare === undefined || space.parameters.length === 0) return;
    const place = { number: state.nextNumber, index: state.proposalIndex, view: revision };
    sampler.prepare(this.#study.history.view(revision).withinSpace(), suggestRequest(state, space, place, {}));
  }

  get #now(): Versions {
    const { settingsVersion, spaceVersion } = this.#study.state;
    return { settings: settingsVersion, space: spaceVersion };
  }

  #isOfNow(versions: Versions | undefined): boolean {
    const { settingsVersion, spaceVersion } = this.#study.state;
    return versions?.settings === settingsVersion && versions.space === spaceVersion;
  }

  #kindOf(): SamplerKind {
    if (this.#kind === null || !this.#isOfNow(this.#kind.of)) {
      const { space, state } = this.#study;
      const { needsView, opaque = false, heavy = false, byPreference = false } = this.samplerFor(space);
      const known =
        isBuiltInSampler(state.settings.sampler.name) && space.where.every((text) => opaquePredicate(text) === null);
      const from = heavy === true ? LEAST_FOR_THREAD : heavy === false ? Number.POSITIVE_INFINITY : heavy;
      this.#kind = {
        of: this.#now,
        needsView,
        opaque,
        byPreference,
        threadFrom: known ? from : Number.POSITIVE_INFINITY,
      };
    }
    return this.#kind;
  }
}
