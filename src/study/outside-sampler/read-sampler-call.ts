import { AttuneError } from "../../errors.ts";
import { checkOptions, OPTION, type OptionKind, type OptionKinds, orNull } from "../../space/check-options.ts";
import { checkParams, readSpace, type Space } from "../../space/index.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import { shownValue } from "../../space/shown-value.ts";
import { checkMetricName } from "../../trial/check-metric-name.ts";
import type { EncodedNumber } from "../../trial/encoded-number.ts";
import type { Metric } from "../../trial/metric.ts";
import { type AskParams, type InitializeParams, SAMPLER_PROTOCOL, type ToldTrial } from "./sampler-protocol.ts";

/** A trial as a caller tells it; without a number it is the next. */
export type TrialTold = Omit<ToldTrial, "number"> & { readonly number?: number };

export interface AskRead extends Pick<AskParams, "count" | "remaining"> {
  readonly number?: number;
  readonly index?: number;
  readonly pending?: AskParams["pending"];
}

const STATES = ["complete", "pruned", "failed", "paused"] as const;
/** More suggestions of one call would be a slip of the pen. */
const MOST_AT_ONCE = 10_000;

const METRICS: OptionKind = {
  takes: 'a list with a metric: [{"name": "loss", "direction": "minimize"}]',
  fits: (value) => Array.isArray(value) && value.length > 0 && value.every(isMetric),
};
const COUNT: OptionKind = {
  takes: `a whole number from 1 to ${MOST_AT_ONCE}`,
  fits: (value) => OPTION.wholeFrom1.fits(value) && Number(value) <= MOST_AT_ONCE,
};
const TRIALS: OptionKind = { takes: "a list of trials", fits: OPTION.list.fits };
const SEED = { takes: "a whole number from 0 to 2^53 - 1", fits: OPTION.whole.fits };

const INITIALIZE: OptionKinds<InitializeParams> = {
  protocol: OPTION.wholeFrom1,
  space: OPTION.record,
  metrics: METRICS,
  seed: SEED,
};
const ASK: OptionKinds<AskRead> = {
  number: OPTION.whole,
  count: COUNT,
  index: OPTION.whole,
  remaining: orNull(OPTION.whole),
  pending: TRIALS,
};
const TOLD: OptionKinds<TrialTold> = {
  number: OPTION.whole,
  params: OPTION.record,
  state: { takes: `one of ${STATES.join(", ")}`, fits: (value) => STATES.some((state) => state === value) },
  values: OPTION.record,
  step: OPTION.number,
};
const PENDING: OptionKinds<{ readonly number: number; readonly params: Params }> = {
  number: OPTION.whole,
  params: OPTION.record,
};

/** The parameters of `initialize`. AttuneError `invalid-argument` or `invalid-space`. */
export function readInitialize(
  params: JsonValue,
): Omit<InitializeParams, "space" | "protocol"> & { readonly space: Space } {
  checkOptions<InitializeParams>("initialize", params, INITIALIZE);
  const { protocol = 1, space, metrics, seed = 0 } = params as unknown as Partial<InitializeParams>;
  if (protocol !== SAMPLER_PROTOCOL) {
    const message = `initialize asks for version ${protocol} of the protocol; this Attune speaks version ${SAMPLER_PROTOCOL}.`;
    throw new AttuneError("invalid-argument", message);
  }
  if (space === undefined || metrics === undefined)
    throw new AttuneError("invalid-argument", "initialize needs space and metrics.");
  for (const { name } of metrics) checkMetricName(name);
  return { space: readSpace(space), metrics, seed };
}

/** The parameters of `ask`. AttuneError `invalid-argument` or `invalid-params`. */
export function readAsk(params: JsonValue, space: Space): AskRead {
  checkOptions<AskRead>("ask", params, ASK);
  const { count = 1, remaining = null, ...rest } = params as unknown as Partial<AskRead>;
  for (const pending of rest.pending ?? []) {
    checkOptions("a pending trial", pending, PENDING);
    requireParams(space, pending.params, "A pending trial");
  }
  return { count, remaining, ...rest };
}

/**
 * The parameters of `tell`: a list of trials under `trials`.
 *
 * @param paramsOf - the parameters of a trial that is known.
 * @throws AttuneError `invalid-argument` or `invalid-params`; then none of them counts.
 */
export function readTold(
  params: JsonValue,
  space: Space,
  metrics: readonly Metric[],
  paramsOf: (trial: number) => Params | undefined,
): readonly TrialTold[] {
  checkOptions<{ trials: unknown }>("tell", params, { trials: TRIALS });
  const { trials = [] } = params as { readonly trials?: readonly Partial<TrialTold>[] };
  return trials.map((trial) => {
    checkOptions<TrialTold>("a trial that is told", trial, TOLD);
    const known = trial.number === undefined ? undefined : paramsOf(trial.number);
    const { state = "complete", values = {} } = trial;
    const own = trial.params ?? known;
    if (own === undefined)
      throw new AttuneError("invalid-argument", `${named(trial)} is not known here; tell its params too.`);
    requireParams(space, own, named(trial));
    requireValues(values, state === "complete" ? metrics : [], named(trial));
    return { ...trial, params: own, state, values };
  });
}

function named({ number }: { readonly number?: number }): string {
  return number === undefined ? "A trial that is told" : `Trial ${number}`;
}

function requireParams(space: Space, params: Params, owner: string): void {
  const [problem] = checkParams(space, params);
  if (problem !== undefined) throw new AttuneError("invalid-params", `${owner}: ${problem}`);
}

function requireValues(values: Readonly<Record<string, unknown>>, metrics: readonly Metric[], owner: string): void {
  for (const [name, value] of Object.entries(values)) {
    if (isNumber(value)) continue;
    const message = `${owner} has the value ${shownValue(value)} for ${name}; give a number, or "NaN", "Infinity" or "-Infinity".`;
    throw new AttuneError("invalid-argument", message);
  }
  const missing = metrics.find(({ name }) => !Object.hasOwn(values, name));
  if (missing === undefined) return;
  const message = `${owner} has no value for ${missing.name}; give it in values, or the state failed.`;
  throw new AttuneError("invalid-argument", message);
}

function isNumber(value: unknown): value is EncodedNumber {
  return typeof value === "number" || value === "NaN" || value === "Infinity" || value === "-Infinity";
}

function isMetric(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { name, direction } = value as Partial<Metric>;
  return typeof name === "string" && (direction === "minimize" || direction === "maximize");
}
