import type { AttuneError } from "../../errors.ts";
import type { JsonValue } from "../json.ts";
import { didYouMean } from "../nearest-word.ts";
import {
  type ArithmeticOperator,
  type CompareOperator,
  constantOf,
  type Expression,
  FUNCTIONS,
  type FunctionName,
} from "./expression.ts";
import {
  type ExpressionSource,
  type ExpressionToken,
  expressionError,
  readExpressionTokens,
} from "./expression-tokens.ts";

const DEEPEST = 100;
const LONGEST = 1000;
const WORDS = ["and", "or", "not", "in", "true", "false", "null"];
const COMPARISONS: readonly string[] = ["==", "!=", "<", "<=", ">", ">="];

function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(FUNCTIONS, name);
}

function compared({ text, start }: ExpressionToken, left: Expression, right: Expression): Expression {
  return { kind: "compare", operator: text as CompareOperator, left, right, start };
}

class ExpressionParser {
  readonly #source: ExpressionSource;
  readonly #tokens: readonly ExpressionToken[];
  #at = 0;
  #depth = 0;

  constructor(source: ExpressionSource) {
    this.#source = source;
    this.#tokens = readExpressionTokens(source);
    // Long chains of operators nest as deep as they are long; this many are far from overflowing the stack.
    const tooMany = this.#tokens[LONGEST];
    if (tooMany !== undefined) throw this.#error(tooMany, `an expression has at most ${LONGEST} words and marks`);
  }

  parse(): Expression {
    const expression = this.#or();
    const rest = this.#peek();
    if (rest.kind !== "end") {
      throw this.#error(rest, "the expression is over here; join parts with and, or, or an operator");
    }
    return expression;
  }

  #peek(ahead = 0): ExpressionToken {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!;
  }

  #next(): ExpressionToken {
    const token = this.#peek();
    if (this.#at < this.#tokens.length - 1) this.#at++;
    return token;
  }

  /** Takes the mark or word when it is next. */
  #take(text: string): ExpressionToken | null {
    const token = this.#peek();
    return (token.kind === "mark" || token.kind === "name") && token.text === text ? this.#next() : null;
  }

  #expect(text: string, why: string): void {
    if (this.#take(text) === null) throw this.#error(this.#peek(), `${why} ${text}`);
  }

  #error(token: ExpressionToken, message: string): AttuneError {
    const found = token.kind === "end" ? "the end" : JSON.stringify(token.text);
    return expressionError(this.#source, token.start, `${message} (at ${found})`);
  }

  #or(): Expression {
    if (++this.#depth > DEEPEST) throw this.#error(this.#peek(), `parts are nested more than ${DEEPEST} deep`);
    const { start } = this.#peek();
    const parts = [this.#and()];
    while (this.#take("or") !== null) parts.push(this.#and());
    this.#depth--;
    return parts.length === 1 ? parts[0]! : { kind: "or", parts, start };
  }

  #and(): Expression {
    const { start } = this.#peek();
    const parts = [this.#not()];
    while (this.#take("and") !== null) parts.push(this.#not());
    return parts.length === 1 ? parts[0]! : { kind: "and", parts, start };
  }

  #not(): Expression {
    const starts: number[] = [];
    for (let token = this.#take("not"); token !== null; token = this.#take("not")) starts.push(token.start);
    const comparison = this.#comparison();
    return starts.reduceRight<Expression>((operand, start) => ({ kind: "not", operand, start }), comparison);
  }

  /** `a < b <= c` means `a < b and b <= c`. */
  #comparison(): Expression {
    const { start } = this.#peek();
    const parts: Expression[] = [];
    let left = this.#sum();
    for (;;) {
      const token = this.#peek();
      if (token.kind === "mark" && COMPARISONS.includes(token.text)) {
        this.#next();
        const right = this.#sum();
        parts.push(this.#tolerant(token, left, right) ?? compared(token, left, right));
        left = right;
        continue;
      }
      const membership = this.#membership(left);
      if (membership === null) break;
      parts.push(membership);
      break;
    }
    if (parts.length === 0) return left;
    return parts.length === 1 ? parts[0]! : { kind: "and", parts, start };
  }

  /** The rest of `a == b within t`: the same as `abs(a - b) <= t`. */
  #tolerant(token: ExpressionToken, left: Expression, right: Expression): Expression | null {
    const { start } = token;
    if (token.text !== "==" || this.#source.tolerances !== true || this.#take("within") === null) return null;
    const difference: Expression = { kind: "arithmetic", operator: "-", left, right, start };
    const distance: Expression = { kind: "call", name: "abs", args: [difference], start };
    return { kind: "compare", operator: "<=", left: distance, right: this.#sum(), start };
  }

  #membership(left: Expression): Expression | null {
    const token = this.#peek();
    const negated = token.kind === "name" && token.text === "not" && this.#peek(1).text === "in";
    if (negated) this.#next();
    if (this.#take("in") === null) return null;
    const list = this.#atom();
    if (list.kind !== "list") throw expressionError(this.#source, list.start, "in is followed by a list, as in [1, 2]");
    const inside: Expression = { kind: "in", left, items: list.items, start: token.start };
    return negated ? { kind: "not", operand: inside, start: token.start } : inside;
  }

  #sum(): Expression {
    let left = this.#product();
    for (;;) {
      const token = this.#take("+") ?? this.#take("-");
      if (token === null) return left;
      left = this.#arithmetic(token, left, this.#product());
    }
  }

  #product(): Expression {
    let left = this.#signed();
    for (;;) {
      const token = this.#take("*") ?? this.#take("/") ?? this.#take("%");
      if (token === null) return left;
      left = this.#arithmetic(token, left, this.#signed());
    }
  }

  #arithmetic(token: ExpressionToken, left: Expression, right: Expression): Expression {
    return { kind: "arithmetic", operator: token.text as ArithmeticOperator, left, right, start: token.start };
  }

  #signed(): Expression {
    const starts: number[] = [];
    for (let token = this.#take("-"); token !== null; token = this.#take("-")) starts.push(token.start);
    const operand = this.#power();
    return starts.reduceRight<Expression>((inner, start) => {
      const value = inner.kind === "value" && typeof inner.value === "number" ? -inner.value + 0 : null;
      return value === null ? { kind: "negate", operand: inner, start } : { kind: "value", value, start };
    }, operand);
  }

  #power(): Expression {
    const left = this.#atom();
    const token = this.#take("**");
    if (token === null) return left;
    if (++this.#depth > DEEPEST) throw this.#error(token, `parts are nested more than ${DEEPEST} deep`);
    const right = this.#signed();
    this.#depth--;
    return this.#arithmetic(token, left, right);
  }

  #list(end: string): readonly Expression[] {
    const items: Expression[] = [];
    if (this.#take(end) !== null) return items;
    do items.push(this.#or());
    while (this.#take(",") !== null);
    this.#expect(end, "the list goes on with , or ends with");
    return items;
  }

  #atom(): Expression {
    const token = this.#next();
    const { start } = token;
    if (token.kind === "number") return { kind: "value", value: this.#number(token), start };
    if (token.kind === "string") return { kind: "value", value: token.value, start };
    if (token.kind === "name") return this.#word(token);
    if (token.text === "(") {
      const inner = this.#or();
      this.#expect(")", "the parenthesis needs a");
      return inner;
    }
    if (token.text === "{") return { kind: "value", value: this.#object(), start };
    if (token.text === "[") return { kind: "list", items: this.#list("]"), start };
    throw this.#error(token, "a number, a name, a text in quotes, a list or a parenthesis is expected here");
  }

  /** The rest of `{"a": 1}`: a value to compare a choice with. */
  #object(): JsonValue {
    const entries: [string, JsonValue][] = [];
    if (this.#take("}") !== null) return {};
    do {
      const key = this.#next();
      if (key.kind !== "string" && key.kind !== "name")
        throw this.#error(key, 'an object has keys, as in {"width": 3}');
      this.#expect(":", "a key is followed by");
      const at = this.#peek();
      const value = constantOf(this.#or());
      if (value === undefined) throw this.#error(at, "an object holds plain values only");
      entries.push([key.value, value]);
    } while (this.#take(",") !== null);
    this.#expect("}", "the object goes on with , or ends with");
    return Object.fromEntries(entries);
  }

  #number(token: ExpressionToken): number {
    const value = Number(token.text);
    if (Number.isFinite(value)) return value;
    throw this.#error(token, "the number is too large");
  }

  #word(token: ExpressionToken): Expression {
    const { start } = token;
    if (token.text === "true" || token.text === "false") return { kind: "value", value: token.text === "true", start };
    if (token.text === "null") return { kind: "value", value: null, start };
    if (WORDS.includes(token.text)) throw this.#error(token, "a value is expected here");
    if (this.#take("(") === null) return { kind: "name", name: token.value, start };
    if (!isFunction(token.text)) {
      const known = Object.keys(FUNCTIONS);
      throw this.#error(
        token,
        `there is no such function; there are ${known.join(", ")}.${didYouMean(token.text, known)}`,
      );
    }
    const args = this.#list(")");
    if (args.length === 0) throw this.#error(token, `${token.text} needs an argument`);
    if (FUNCTIONS[token.text] === "one" && args.length > 1)
      throw this.#error(token, `${token.text} takes one argument`);
    return { kind: "call", name: token.text, args, start };
  }
}

/** Parses an expression. Throws AttuneError "invalid-space" with the position of what is wrong; names are not looked at. */
export function parseExpression(source: ExpressionSource): Expression {
  return new ExpressionParser(source).parse();
}
