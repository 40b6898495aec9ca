import type { JsonValue } from "./json.ts";
import { jsonIndexOf } from "./json-equal.ts";
import type { FloatParameter, IntParameter, Parameter } from "./parameter.ts";
import { parameterNameProblem } from "./parameter-name.ts";
import { describeValues, isParameterValue } from "./parameter-value.ts";
import { scaleProblem } from "./scale.ts";
import { stepCount } from "./step-grid.ts";

/** What is wrong with a definition, and at which of its fields. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

function boundsProblem(p: FloatParameter | IntParameter): FieldProblem | null {
  for (const field of ["low", "high"] as const) {
    if (!Number.isFinite(p[field])) return { field, message: `has the bound ${p[field]}; bounds are finite numbers` };
    if (p.type === "int" && !Number.isSafeInteger(p[field])) {
      return {
        field,
        message: `is an int with the bound ${p[field]}; give whole numbers below 2^53, or make it a float`,
      };
    }
  }
  if (p.low === p.high) {
    return { field: "high", message: `has only the value ${p.low}; give a low below its high, or fix it at ${p.low}` };
  }
  if (p.low > p.high) return { field: "low", message: `goes from ${p.low} to ${p.high}; give the smaller bound first` };
  if (!Number.isFinite(p.high - p.low)) {
    return { field: "high", message: `goes from ${p.low} to ${p.high}, wider than numbers reach; give closer bounds` };
  }
  return null;
}

function stepProblem(p: FloatParameter | IntParameter): FieldProblem | null {
  if (p.step === null) return null;
  if (!(p.step > 0) || !Number.isFinite(p.step)) {
    return { field: "step", message: `has the step ${p.step}; a step is a number above 0` };
  }
  if (p.type === "int" && !Number.isSafeInteger(p.step)) {
    return { field: "step", message: `is an int with the step ${p.step}; give a whole step, or a bound with a point` };
  }
  const size = stepCount(p.low, p.high, p.step);
  if (size < 2) {
    return {
      field: "step",
      message: `has a step of ${p.step}, wider than its range ${p.low} to ${p.high}; give a smaller one`,
    };
  }
  if (size > Number.MAX_SAFE_INTEGER) {
    const advice = p.type === "int" ? "give closer bounds, or make it a float" : "leave the step out";
    return { field: "step", message: `has ${size} values, too many to count; ${advice}` };
  }
  return null;
}

function numericProblem(p: FloatParameter | IntParameter): FieldProblem | null {
  const problem = boundsProblem(p) ?? stepProblem(p);
  if (problem !== null) return problem;
  if (p.type === "int" && p.scale !== "linear" && p.scale !== "log") {
    return { field: "scale", message: `is an int on a ${p.scale} scale; ints are linear or log` };
  }
  const onScale = scaleProblem(p.scale, p.low, p.high);
  if (onScale !== null) return { field: "scale", message: `goes from ${p.low} to ${p.high}, but ${onScale}` };
  if (p.type === "float" && p.orZero && p.scale !== "log") {
    return { field: "orZero", message: "allows zero besides a range that is not log; zero besides a range needs log" };
  }
  if (p.prior !== null && !(p.prior >= p.low && p.prior <= p.high)) {
    return { field: "prior", message: `is believed to be about ${p.prior}, outside ${p.low} to ${p.high}` };
  }
  return null;
}

/** A fidelity is no choice of anybody's: what speaks of a choice does not go with it. */
function fidelityProblem(p: FloatParameter | IntParameter): FieldProblem | null {
  if (p.default !== undefined)
    return { field: "default", message: "is the fidelity, which nobody chooses; leave its default out" };
  if (p.prior !== null)
    return { field: "prior", message: "is the fidelity, of which no values are better; leave about out" };
  if (p.when.length > 0)
    return {
      field: "when",
      message: "is the fidelity, which every trial has; leave its condition out, and declare it outside of branches",
    };
  if (p.type === "float" && p.orZero)
    return { field: "orZero", message: "is the fidelity, and nothing is run to 0; leave the zero out" };
  if (p.low > 0) return null;
  return { field: "low", message: `is the fidelity and begins at ${p.low}; give a low above 0, the shortest run` };
}

function listProblem(field: string, values: readonly JsonValue[]): FieldProblem | null {
  if (values.length === 0) return { field, message: "has no values to choose from; give at least one" };
  const twice = values.find((value, i) => jsonIndexOf(values, value) < i);
  if (twice === undefined) return null;
  return { field, message: `has the value ${JSON.stringify(twice)} twice; give each once` };
}

function domainProblem(p: Parameter): FieldProblem | null {
  switch (p.type) {
    case "float":
    case "int":
      return numericProblem(p) ?? (p.fidelity === true ? fidelityProblem(p) : null);
    case "categorical": {
      const problem = listProblem("choices", p.choices);
      if (problem !== null || p.labels === null) return problem;
      if (p.labels.length !== p.choices.length) {
        return {
          field: "labels",
          message: `has ${p.choices.length} choices but ${p.labels.length} labels; give one each`,
        };
      }
      return listProblem("labels", p.labels);
    }
    case "ordinal":
      return listProblem("values", p.values);
    case "boolean":
    case "fixed":
      return null;
  }
}

/** The first problem of a parameter taken alone (parents not looked at), or null. The message is a whole sentence. */
export function parameterProblem(p: Parameter): FieldProblem | null {
  const name = parameterNameProblem(p.name);
  if (name !== null) return { field: "name", message: name };
  const problem = domainProblem(p);
  if (problem !== null)
    return { field: problem.field, message: `Parameter ${JSON.stringify(p.name)} ${problem.message}.` };
  if (p.default !== undefined && !isParameterValue(p, p.default)) {
    const message = `Parameter ${JSON.stringify(p.name)} has the default ${JSON.stringify(p.default)}; allowed: ${describeValues(p)}.`;
    return { field: "default", message };
  }
  return null;
}
