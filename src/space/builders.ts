import { checkOptions, OPTION, type OptionKind, type OptionKinds } from "./check-options.ts";
import type {
  Branches,
  DerivedDefinition,
  NamelessParameter,
  OneOfDefinition,
  ParameterDefinition,
  RepeatDefinition,
  SpaceRecord,
} from "./definition.ts";
import type { JsonValue } from "./json.ts";
import { toJsonValue } from "./json-value.ts";
import type { Scale } from "./parameter.ts";
import { readWhen, type WhenInput } from "./read-when.ts";
import { shownValue } from "./shown-value.ts";
import { spaceError } from "./space-error.ts";
import { userCall } from "./user-call.ts";

interface CommonOptions<T> {
  /** The value in use so far; the first trial takes it. */
  readonly default?: T;
  readonly description?: string;
  readonly unit?: string;
  /** Only active under this condition on other parameters. */
  readonly when?: WhenInput;
}

interface NumberOptions extends CommonOptions<number> {
  /** Even on the logarithm of the values. */
  readonly log?: boolean;
  /** Distance of allowed values, counted from the low bound. */
  readonly step?: number;
  /** Where good values are believed to be. */
  readonly about?: number;
  /** How far a trial is run: given to the program and not searched. One a study, without default, about and when. */
  readonly fidelity?: boolean;
}

export interface FloatOptions extends NumberOptions {
  /** linear (default), log, logit (even on log-odds, for 0 < x < 1) or reverse-log (even on log(1 - x), for momenta). */
  readonly scale?: Scale;
  /** With log: exactly 0 is allowed besides the range. */
  readonly orZero?: boolean;
}

export type IntOptions = NumberOptions;

export interface ChoiceOptions<T> extends CommonOptions<T> {
  /** Names shown instead of values that are lists or objects, one each. */
  readonly labels?: readonly string[];
}

/** What `jsonOf` and `readWhen` say more about. */
const ANYTHING: OptionKind = { takes: "a value", fits: () => true };
const SCALE: OptionKind = { takes: "linear, log, logit or reverse-log", fits: OPTION.text.fits };

const COMMON: OptionKinds<CommonOptions<unknown>> = {
  default: ANYTHING,
  description: OPTION.text,
  unit: OPTION.text,
  when: ANYTHING,
};
const INT: OptionKinds<IntOptions> = {
  ...COMMON,
  log: OPTION.yesOrNo,
  step: OPTION.number,
  about: OPTION.number,
  fidelity: OPTION.yesOrNo,
};
const FLOAT: OptionKinds<FloatOptions> = { ...INT, scale: SCALE, orZero: OPTION.yesOrNo };
const CHOICE: OptionKinds<ChoiceOptions<unknown>> = { ...COMMON, labels: OPTION.list };
const DERIVED = { unit: OPTION.text, description: OPTION.text } as const;

type IsOptional<O> = O extends { readonly when: WhenInput } ? true : false;

function common(options: CommonOptions<unknown>) {
  const when = options.when === undefined ? [] : readWhen(options.when, "");
  if (when === null) {
    const allowed = 'allowed: { optimizer: "sgd" }, { layers: [2, 3] }, "optimizer == sgd and layers in [2, 3]"';
    throw spaceError(`The condition ${JSON.stringify(options.when)} is none; ${allowed}.`);
  }
  return {
    when,
    ...(options.default === undefined ? {} : { default: jsonOf(options.default) }),
    ...(options.unit === undefined ? {} : { unit: options.unit }),
    ...(options.description === undefined ? {} : { description: options.description }),
  };
}

function jsonOf(value: unknown): JsonValue {
  const json = toJsonValue(value);
  if (json === undefined) {
    const advice = "values are null, booleans, finite numbers, texts, and lists and plain objects of these";
    throw spaceError(`A parameter has the value ${String(value)}, which JSON cannot hold; ${advice}.`);
  }
  return json;
}

function requireList(builder: string, values: unknown): void {
  if (!Array.isArray(values)) throw spaceError(`${builder} takes a list of values, not ${shownValue(values)}.`);
}

function requireBranches(branches: unknown): void {
  if (OPTION.record.fits(branches)) return;
  throw spaceError(`oneOf takes branches by their names, { mlp: { … }, forest: { … } }, not ${shownValue(branches)}.`);
}

function scaleOf(options: FloatOptions): Scale {
  if (options.log === true && options.scale !== undefined && options.scale !== "log") {
    throw spaceError(`log: true and scale: ${JSON.stringify(options.scale)} contradict each other; give one of them.`);
  }
  return options.log === true ? "log" : (options.scale ?? "linear");
}

function parameter<T, Optional extends boolean>(nameless: NamelessParameter): ParameterDefinition<T, Optional> {
  return { kind: "parameter", parameter: nameless };
}

/**
 * A number from low to high, both included.
 *
 * @example
 * float(1e-5, 1e-1, { log: true, default: 1e-3 })
 */
export function float<const O extends FloatOptions = object>(
  low: number,
  high: number,
  options?: O,
): ParameterDefinition<number, IsOptional<O>> {
  return userCall(float, () => {
    checkOptions("float", options === undefined ? {} : options, FLOAT);
    const given: FloatOptions = options ?? {};
    return parameter({
      type: "float",
      low,
      high,
      scale: scaleOf(given),
      step: given.step ?? null,
      orZero: given.orZero ?? false,
      prior: given.about ?? null,
      ...(given.fidelity === true && { fidelity: true }),
      ...common(given),
    });
  });
}

/**
 * A whole number from low to high, both included.
 *
 * @example
 * int(16, 512, { log: true })
 */
export function int<const O extends IntOptions = object>(
  low: number,
  high: number,
  options?: O,
): ParameterDefinition<number, IsOptional<O>> {
  return userCall(int, () => {
    checkOptions("int", options === undefined ? {} : options, INT);
    const given: IntOptions = options ?? {};
    const scale = given.log === true ? "log" : "linear";
    return parameter({
      type: "int",
      low,
      high,
      scale,
      step: given.step ?? 1,
      prior: given.about ?? null,
      ...(given.fidelity === true && { fidelity: true }),
      ...common(given),
    });
  });
}

/**
 * One of the values, without order; values may be of any JSON type.
 *
 * @example
 * choice(["adam", "sgd"])
 */
export function choice<const T extends JsonValue, const O extends ChoiceOptions<NoInfer<T>> = object>(
  choices: readonly T[],
  options?: O,
): ParameterDefinition<T, IsOptional<O>> {
  return userCall(choice, () => {
    checkOptions("choice", options === undefined ? {} : options, CHOICE);
    requireList("choice", choices);
    const given: ChoiceOptions<T> = options ?? {};
    const labels = given.labels === undefined ? null : [...given.labels];
    return parameter({ type: "categorical", choices: choices.map(jsonOf), labels, ...common(given) });
  });
}

/**
 * One of the values, which have an order but no distance.
 *
 * @example
 * ordinal(["small", "medium", "large"])
 */
export function ordinal<const T extends JsonValue, const O extends CommonOptions<NoInfer<T>> = object>(
  values: readonly T[],
  options?: O,
): ParameterDefinition<T, IsOptional<O>> {
  return userCall(ordinal, () => {
    checkOptions("ordinal", options === undefined ? {} : options, COMMON);
    requireList("ordinal", values);
    return parameter({ type: "ordinal", values: values.map(jsonOf), ...common(options ?? {}) });
  });
}

/** True or false. */
export function boolean<const O extends CommonOptions<boolean> = object>(
  options?: O,
): ParameterDefinition<boolean, IsOptional<O>> {
  return userCall(boolean, () => {
    checkOptions("boolean", options === undefined ? {} : options, COMMON);
    return parameter({ type: "boolean", ...common(options ?? {}) });
  });
}

/** One value, given to the program but not searched. */
export function fixed<const T extends JsonValue, const O extends CommonOptions<never> = object>(
  value: T,
  options?: O,
): ParameterDefinition<T, IsOptional<O>> {
  return userCall(fixed, () => {
    checkOptions("fixed", options === undefined ? {} : options, COMMON);
    return parameter({ type: "fixed", value: jsonOf(value), ...common(options ?? {}) });
  });
}

/**
 * A value given to the program that follows from the parameters; left out where it needs an inactive one.
 *
 * @example
 * derived("epochs * 50000 / batch", { unit: "steps" })
 */
export function derived<T extends JsonValue = number>(
  expression: string,
  options: { readonly unit?: string; readonly description?: string } = {},
): DerivedDefinition<T> {
  return userCall(derived, () => {
    checkOptions("derived", options, DERIVED);
    return { kind: "derived", expression, ...options };
  });
}

/**
 * A choice between branches, each with parameters that are only there when it is chosen; branches may hold further `oneOf`s.
 *
 * @example
 * oneOf({ mlp: { layers: int(1, 6) }, forest: { trees: int(10, 500), depth: int(2, 30) } })
 */
export function oneOf<B extends Branches, const O extends CommonOptions<NoInfer<keyof B>> = object>(
  branches: B,
  options?: O,
): OneOfDefinition<B, IsOptional<O>> {
  return userCall(oneOf, () => {
    checkOptions("oneOf", options === undefined ? {} : options, COMMON);
    requireBranches(branches);
    const nameless: NamelessParameter = {
      type: "categorical",
      choices: Object.keys(branches),
      labels: null,
      ...common(options ?? {}),
    };
    return { kind: "oneOf", branches, parameter: nameless };
  });
}

/**
 * A group of parameters for each of as many things as the int `count` says. Under the key `layer` the names are
 * `layer.1.units`, `layer.2.units`, ...; those beyond the count are inactive.
 *
 * @example
 * defineSpace({ layers: int(1, 6), layer: repeat("layers", { units: int(16, 512, { log: true }) }) })
 */
export function repeat<R extends SpaceRecord>(count: string, record: R): RepeatDefinition<R> {
  return { kind: "repeat", count, record };
}
