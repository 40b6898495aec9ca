import type { JsonValue } from "../json.ts";
import { jsonIndexOf } from "../json-equal.ts";
import { didYouMean } from "../nearest-word.ts";
import { listValues } from "../parameter-value.ts";
import { constantOf, type Expression } from "./expression.ts";
import { type ExpressionSource, expressionError } from "./expression-tokens.ts";
import { typeOfValue, type ValueType, type Variable } from "./variable.ts";

export interface ResolvedExpression {
  readonly expression: Expression;
  readonly types: ReadonlySet<ValueType>;
}

const NUMBER: ReadonlySet<ValueType> = new Set(["number"]);
const BOOLEAN: ReadonlySet<ValueType> = new Set(["boolean"]);
const ORDERS = ["<", "<=", ">", ">="];

class Resolver {
  readonly #source: ExpressionSource;
  readonly #variables: ReadonlyMap<string, Variable>;

  constructor(source: ExpressionSource, variables: ReadonlyMap<string, Variable>) {
    this.#source = source;
    this.#variables = variables;
  }

  resolve(expression: Expression): ResolvedExpression {
    switch (expression.kind) {
      case "value":
        return { expression, types: new Set([typeOfValue(expression.value)]) };
      case "name":
        return { expression, types: this.#variable(expression).types };
      case "list": {
        const constant = constantOf(expression);
        const items = expression.items.map((item) => this.resolve(item).expression);
        const resolved: Expression =
          constant === undefined
            ? { ...expression, items }
            : { kind: "value", value: constant, start: expression.start };
        return { expression: resolved, types: new Set(["other"]) };
      }
      case "opaque":
        return { expression, types: BOOLEAN };
      case "rank":
        return { expression, types: NUMBER };
      case "negate":
        return { expression: { ...expression, operand: this.#number(expression.operand) }, types: NUMBER };
      case "not":
        return { expression: { ...expression, operand: this.#boolean(expression.operand) }, types: BOOLEAN };
      case "arithmetic": {
        const [left, right] = [this.#number(expression.left), this.#number(expression.right)];
        return { expression: { ...expression, left, right }, types: NUMBER };
      }
      case "compare":
        return { expression: this.#compare(expression), types: BOOLEAN };
      case "in": {
        const left = this.resolve(expression.left);
        const items = expression.items.map((item) => this.resolve(item).expression);
        for (const item of items) this.#comparable(left.expression, item);
        return { expression: { ...expression, left: left.expression, items }, types: BOOLEAN };
      }
      case "and":
      case "or":
        return {
          expression: { ...expression, parts: expression.parts.map((part) => this.#boolean(part)) },
          types: BOOLEAN,
        };
      case "call":
        return {
          expression: { ...expression, args: expression.args.map((part) => this.#number(part)) },
          types: NUMBER,
        };
    }
  }

  #variable({ name, start }: Extract<Expression, { kind: "name" }>): Variable {
    const variable = this.#variables.get(name);
    if (variable !== undefined) return variable;
    const names = [...this.#variables.keys()];
    const dashed = names.find((known) => known.startsWith(`${name}-`));
    const hint =
      dashed === undefined
        ? didYouMean(name, names) || ` There are ${names.slice(0, 12).join(", ") || "none"}.`
        : ` Write \`${dashed}\` in backticks, so that the dash is no minus.`;
    throw expressionError(
      this.#source,
      start,
      `${JSON.stringify(name)} is no name that is known here (texts stand in quotes)${hint === "" ? "" : `.${hint.replace(/\.$/, "")}`}`,
    );
  }

  #number(expression: Expression): Expression {
    const { expression: resolved, types } = this.resolve(expression);
    if (types.size === 1 && types.has("number")) return resolved;
    const found = [...types].join(" or ");
    throw expressionError(this.#source, expression.start, `a number is needed here, this is ${found}`);
  }

  #boolean(expression: Expression): Expression {
    const { expression: resolved, types } = this.resolve(expression);
    if (types.size === 1 && types.has("boolean")) return resolved;
    const found = [...types].join(" or ");
    throw expressionError(
      this.#source,
      expression.start,
      `true or false is needed here, this is ${found}; compare it with something`,
    );
  }

  #orderOf(expression: Expression): readonly JsonValue[] | null {
    if (expression.kind !== "name") return null;
    const variable = this.#variable(expression);
    return variable.ordered ? variable.values : null;
  }

  #compare(expression: Extract<Expression, { kind: "compare" }>): Expression {
    const { operator, left, right } = expression;
    if (!ORDERS.includes(operator)) {
      const [a, b] = [this.resolve(left), this.resolve(right)];
      this.#comparable(a.expression, b.expression);
      return { ...expression, left: a.expression, right: b.expression };
    }
    const order = this.#orderOf(left) ?? this.#orderOf(right);
    if (order === null) return { ...expression, left: this.#number(left), right: this.#number(right) };
    return { ...expression, left: this.#rank(left, order), right: this.#rank(right, order) };
  }

  #rank(expression: Expression, order: readonly JsonValue[]): Expression {
    const { start } = expression;
    if (expression.kind === "value") {
      const rank = jsonIndexOf(order, expression.value);
      if (rank >= 0) return { kind: "value", value: rank, start };
    } else if (expression.kind === "name") {
      const own = this.#orderOf(expression);
      if (own !== null && JSON.stringify(own) === JSON.stringify(order)) {
        return { kind: "rank", operand: expression, values: order, start };
      }
    }
    throw expressionError(this.#source, start, `one of ${listValues(order)} is needed here, whose order is known`);
  }

  /** A name compared with a text that is none of its values is a slip of the pen. */
  #comparable(left: Expression, right: Expression): void {
    for (const [name, value] of [
      [left, right],
      [right, left],
    ] as const) {
      if (name.kind !== "name" || value.kind !== "value") continue;
      const { values, types } = this.#variable(name);
      const fits = values === null ? types.has(typeOfValue(value.value)) : jsonIndexOf(values, value.value) >= 0;
      if (fits) continue;
      const allowed = values === null ? `a ${[...types].join(" or ")}` : listValues(values);
      const hint = didYouMean(String(value.value), (values ?? []).map(String)).replace(/\.$/, "");
      const message = `${name.name} is never ${JSON.stringify(value.value)}; allowed: ${allowed}${hint === "" ? "" : `.${hint}`}`;
      throw expressionError(this.#source, value.start, message);
    }
  }
}

/**
 * Checks names and types of a parsed expression and turns comparisons of ordinals into comparisons of their places.
 * Throws AttuneError "invalid-space" with a position.
 */
export function resolveExpression(
  expression: Expression,
  source: ExpressionSource,
  variables: ReadonlyMap<string, Variable>,
): ResolvedExpression {
  return new Resolver(source, variables).resolve(expression);
}
