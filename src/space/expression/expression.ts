import type { JsonValue } from "../json.ts";

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "**";
export type CompareOperator = "==" | "!=" | "<" | "<=" | ">" | ">=";

/** A parsed expression; `start` is the offset of its first (for operators: its own) character in the text. */
export type Expression =
  | { readonly kind: "value"; readonly value: JsonValue; readonly start: number }
  | { readonly kind: "name"; readonly name: string; readonly start: number }
  | { readonly kind: "list"; readonly items: readonly Expression[]; readonly start: number }
  /** A function over all names, of which nothing is known before it is called. */
  | {
      readonly kind: "opaque";
      readonly holds: (values: Readonly<Record<string, JsonValue>>) => boolean;
      readonly names: readonly string[];
      readonly start: number;
    }
  /** Place of an ordinal's value among its values. */
  | {
      readonly kind: "rank";
      readonly operand: Expression;
      readonly values: readonly JsonValue[];
      readonly start: number;
    }
  | { readonly kind: "negate"; readonly operand: Expression; readonly start: number }
  | { readonly kind: "not"; readonly operand: Expression; readonly start: number }
  | {
      readonly kind: "arithmetic";
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly start: number;
    }
  | {
      readonly kind: "compare";
      readonly operator: CompareOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly start: number;
    }
  | { readonly kind: "in"; readonly left: Expression; readonly items: readonly Expression[]; readonly start: number }
  | { readonly kind: "and" | "or"; readonly parts: readonly Expression[]; readonly start: number }
  | {
      readonly kind: "call";
      readonly name: FunctionName;
      readonly args: readonly Expression[];
      readonly start: number;
    };

export type FunctionName =
  | "min"
  | "max"
  | "sum"
  | "abs"
  | "floor"
  | "ceil"
  | "round"
  | "sqrt"
  | "exp"
  | "log"
  | "log2"
  | "log10";

/** Every function and how many arguments it takes. */
export const FUNCTIONS: Readonly<Record<FunctionName, "one" | "many">> = {
  min: "many",
  max: "many",
  sum: "many",
  abs: "one",
  floor: "one",
  ceil: "one",
  round: "one",
  sqrt: "one",
  exp: "one",
  log: "one",
  log2: "one",
  log10: "one",
};

/** The value of an expression that is a plain value or a list of such; undefined for all others. */
export function constantOf(expression: Expression): JsonValue | undefined {
  if (expression.kind === "value") return expression.value;
  if (expression.kind !== "list") return undefined;
  const items = expression.items.map(constantOf);
  return items.includes(undefined) ? undefined : (items as JsonValue[]);
}

/** The direct parts of an expression. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "value":
    case "name":
    case "opaque":
      return [];
    case "list":
      return expression.items;
    case "rank":
    case "negate":
    case "not":
      return [expression.operand];
    case "arithmetic":
    case "compare":
      return [expression.left, expression.right];
    case "in":
      return [expression.left, ...expression.items];
    case "and":
    case "or":
      return expression.parts;
    case "call":
      return expression.args;
  }
}

/** The names an expression uses, each once. */
export function namesIn(expression: Expression, found: Set<string> = new Set()): ReadonlySet<string> {
  if (expression.kind === "name") found.add(expression.name);
  if (expression.kind === "opaque") for (const name of expression.names) found.add(name);
  for (const part of partsOf(expression)) namesIn(part, found);
  return found;
}
