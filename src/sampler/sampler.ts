import type { StreamSource } from "../numeric/random/stream-source.ts";
import type { Params } from "../space/json.ts";
import type { Space } from "../space/space.ts";
import type { HistoryView } from "../trial/history-view.ts";
import type { Metric } from "../trial/metric.ts";
import type { SuggestionWhy } from "./suggestion-why.ts";

/**
 * What a sampler may know besides the view.
 *
 * @experimental
 */
export interface SuggestRequest {
  readonly space: Space;
  readonly metrics: readonly Metric[];
  /** The limits in force at the view, in canonical text; left out where there are none. */
  readonly limits?: readonly string[];
  /** Study seed, a whole number in [0, 2^53). */
  readonly seed: number;
  /** Number of the first trial to suggest; the k-th of the batch is `number + k`. */
  readonly number: number;
  /** Ordinal of the first among this sampler's proposals since the last change of sampler or space. */
  readonly index: number;
  /** Random streams keyed by (seed, trial number, component or parameter name): `streams(number).stream("lr")`. */
  readonly streams: (trialNumber: number) => StreamSource;
  /** Trials left in the budget, or null. */
  readonly remaining: number | null;
  /** Inputs that are not in the log and are stored with the suggestion. */
  readonly inputs: Readonly<Record<string, number>>;
}

/** @experimental */
export interface Suggestion {
  readonly params: Params;
  /** What the sampler expected of it, where it can say. */
  readonly why?: SuggestionWhy;
}

/**
 * Chooses configurations. `suggest` is a pure function of view and request: a fresh instance gives the same bits as one that
 * has run for a week, and a batch of n the same as n single calls on the same view with the earlier members pending.
 * Fewer suggestions than asked for (none) means the sampler has nothing left: the study ends.
 *
 * @experimental
 */
export interface Sampler {
  readonly name: string;
  /** False: never reads the view, so proposals need no order (random, grid, quasi-random). */
  readonly needsView: boolean;
  /** True: every parameter must be declared before the first trial, none may be asked for by a running program. */
  readonly declaredOnly?: boolean;
  /** True: what it suggests cannot be computed again, so that `replay` and `why` leave it out; it has no `suggest` to call. */
  readonly opaque?: boolean;
  /**
   * True: a suggestion may take tens of milliseconds and more, and a built-in sampler's are then computed in a thread. A number:
   * only from so many trials on.
   */
  readonly heavy?: boolean | number;
  /** True: looks more where `preferredWeights` of the request lead; else what people chose of a front is not looked up for it. */
  readonly byPreference?: boolean;
  suggest(view: HistoryView, request: SuggestRequest, count: number): readonly Suggestion[];
  /**
   * The configuration of trial `request.number` when some of its values stand already, which it keeps; as pure as `suggest`. `known`
   * is part of a valid configuration, and holds with a parameter also its parents. Left out by samplers to which the other values
   * of a trial do not matter.
   */
  suggestGiven?(view: HistoryView, request: SuggestRequest, known: Params): Suggestion;
  /**
   * Does ahead what a suggestion from a view with these rows will need, whatever is pending by then, and keeps it. Only speed may
   * tell whether it was called: never what is suggested.
   */
  prepare?(view: HistoryView, request: SuggestRequest): void;
}

/** A sampler that suggests the rest of a configuration from what stands already. */
export type ConditionalSampler = Sampler & Required<Pick<Sampler, "suggestGiven">>;
