import { buildSpace } from "../build-space.ts";
import { floatText } from "../float-text.ts";
import { toJsonValue } from "../json-value.ts";
import { isMapping, type Mapping } from "../long/field-reader.ts";
import { didYouMean } from "../nearest-word.ts";
import { numberIn } from "../number-text.ts";
import type { Parameter } from "../parameter.ts";
import { parseWritten } from "../parse-written.ts";
import type { Space } from "../space.ts";
import { spaceError } from "../space-error.ts";
import { spelledText } from "../spelled-text.ts";
import { spellingIn } from "../spelling-in.ts";
import { spelledNumber } from "../text/parse-text-value.ts";

const KINDS = {
  FloatDistribution: { type: "float", log: null, step: "step" },
  IntDistribution: { type: "int", log: null, step: "step" },
  UniformDistribution: { type: "float", log: false, step: null },
  LogUniformDistribution: { type: "float", log: true, step: null },
  DiscreteUniformDistribution: { type: "float", log: false, step: "q" },
  IntUniformDistribution: { type: "int", log: false, step: "step" },
  IntLogUniformDistribution: { type: "int", log: true, step: null },
} as const;

function isKind(name: string): name is keyof typeof KINDS {
  return Object.hasOwn(KINDS, name);
}

function parsed(name: string, distribution: unknown): Mapping {
  let value = distribution;
  if (typeof distribution === "string") {
    try {
      value = parseWritten(distribution);
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
      throw spaceError(`The distribution of ${JSON.stringify(name)} is no JSON: ${cause.message}.`);
    }
  }
  if (isMapping(value) && typeof value.name === "string" && isMapping(value.attributes)) return value;
  throw spaceError(`The distribution of ${JSON.stringify(name)} is no object with name and attributes.`);
}

/**
 * One parameter from Optuna's JSON of a distribution (as an object, or as the text Optuna stores), today's or the older classes.
 * A range of a single value becomes fixed. Throws AttuneError "invalid-space".
 */
export function readOptunaDistribution(name: string, distribution: unknown): Parameter {
  const { name: kind, attributes } = parsed(name, distribution) as {
    readonly name: string;
    readonly attributes: Mapping;
  };
  if (kind === "CategoricalDistribution") {
    const choices = toJsonValue(attributes.choices);
    if (Array.isArray(choices))
      return { type: "categorical", name, choices, labels: null, when: [], ...spellingIn(attributes, "choices") };
    throw spaceError(`The distribution of ${JSON.stringify(name)} has no list of choices.`);
  }
  if (!isKind(kind)) {
    const known = [...Object.keys(KINDS), "CategoricalDistribution"];
    throw spaceError(
      `The distribution of ${JSON.stringify(name)} is a ${kind}; known are ${known.join(", ")}.${didYouMean(kind, known)}`,
    );
  }
  const { type, log, step: stepKey } = KINDS[kind];
  const low = numberIn(attributes.low) ?? Number.NaN;
  const high = numberIn(attributes.high) ?? Number.NaN;
  if (low === high) {
    const spelling = type === "int" ? null : spelledText(spelledNumber(low, floatText(low)));
    return { type: "fixed", name, value: low, when: [], ...(spelling !== null && { spelling }) };
  }
  const scale = (log ?? attributes.log === true) ? "log" : "linear";
  const step = stepKey !== null && typeof attributes[stepKey] === "number" ? attributes[stepKey] : null;
  const numbers = { name, low, high, scale, prior: null, when: [] } as const;
  return type === "int" ? { type, ...numbers, step: step ?? 1 } : { type, ...numbers, step, orZero: false };
}

/** A space from Optuna's distributions by parameter name. Throws AttuneError "invalid-space". */
export function readOptunaDistributions(distributions: unknown): Space {
  if (!isMapping(distributions))
    throw spaceError("Optuna's distributions are an object: parameter name to distribution.");
  return buildSpace(Object.entries(distributions).map(([name, value]) => readOptunaDistribution(name, value)));
}
