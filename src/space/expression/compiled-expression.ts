import type { SourcePosition } from "../../errors.ts";
import { compileExpression, type Evaluate } from "./evaluate-expression.ts";
import { type Expression, namesIn } from "./expression.ts";
import { type ExpressionSource, expressionError } from "./expression-tokens.ts";
import { parseExpression } from "./parse-expression.ts";
import { resolveExpression } from "./resolve-expression.ts";
import type { ValueType, Variable } from "./variable.ts";

/** An expression ready to be evaluated. */
export interface CompiledExpression {
  readonly text: string;
  readonly expression: Expression;
  readonly types: ReadonlySet<ValueType>;
  readonly names: ReadonlySet<string>;
  /** The value, or undefined when a name it needs has none (see {@link Evaluate}). */
  readonly evaluate: Evaluate;
}

export interface CompileOptions {
  /** Begins every error message, such as `The constraint`. */
  readonly subject: string;
  readonly position?: SourcePosition | null;
  /** The names that may be used. */
  readonly variables: ReadonlyMap<string, Variable>;
  /** A constraint or filter must be true or false; a derived value may be anything. */
  readonly want: "boolean" | "any";
}

/** Parses, checks and compiles an expression. Throws AttuneError "invalid-space" with the position of what is wrong. */
export function compileText(text: string, options: CompileOptions): CompiledExpression {
  const source: ExpressionSource = { text, subject: options.subject, position: options.position ?? null };
  const { expression, types } = resolveExpression(parseExpression(source), source, options.variables);
  if (options.want === "boolean" && !(types.size === 1 && types.has("boolean"))) {
    const found = [...types].join(" or ");
    throw expressionError(source, 0, `true or false is needed, this is ${found}; compare it with something`);
  }
  return { text, expression, types, names: namesIn(expression), evaluate: compileExpression(expression) };
}
