import module from "node:module";
import { parseAst } from "vitest/node";
import type { Mutant } from "./mutant.ts";
import { isSyntaxNode, nodesOf, type SyntaxNode } from "./syntax-node.ts";

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">"],
  "<=": ["<", ">"],
  ">": [">=", "<"],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "&&": ["||"],
  "||": ["&&"],
  "+=": ["-="],
  "-=": ["+="],
  "*=": ["/="],
  "/=": ["*="],
  "++": ["--"],
  "--": ["++"],
};

const METHODS: Readonly<Record<string, string>> = {
  min: "max",
  max: "min",
  floor: "ceil",
  ceil: "floor",
  some: "every",
  every: "some",
};

/**
 * All mutants of a TypeScript source that can be erased: another operator, a negated condition, a number one off, a statement left
 * out, a function that returns at once, the smaller for the larger. Texts are left as they are. In the order of their places.
 */
export function mutantsOf(text: string): readonly Mutant[] {
  // Types become blanks, so places stay the same.
  const plain = module.stripTypeScriptTypes(text);
  const tree: unknown = parseAst(plain);
  if (!isSyntaxNode(tree)) return [];
  const all = [...nodesOf(tree)].flatMap((node) => [
    ...operatorMutants(node, plain),
    ...valueMutants(node),
    ...conditionMutants(node),
    ...flowMutants(node),
  ]);
  return all.sort((a, b) => a.start - b.start || a.end - b.end);
}

function operatorMutants(node: SyntaxNode, plain: string): readonly Mutant[] {
  const given = node.operator;
  if (typeof given !== "string") return [];
  const place = operatorPlace(node, given, plain);
  if (place === null || (given === "+" && joinsTexts(node))) return [];
  const end = place + given.length;
  return (OPERATORS[given] ?? []).map((other) => ({
    start: place,
    end,
    replacement: other,
    operator: `${given} to ${other}`,
  }));
}

function operatorPlace(node: SyntaxNode, operator: string, plain: string): number | null {
  if (node.type === "UpdateExpression") return node.prefix === true ? node.start : node.end - 2;
  if (!isSyntaxNode(node.left)) return null;
  const place = plain.indexOf(operator, node.left.end);
  return place < 0 || place >= node.end ? null : place;
}

/** True where a side of `+` is, or begins or ends with, a text. */
function joinsTexts(node: SyntaxNode): boolean {
  return [node.left, node.right].some((side) => {
    if (!isSyntaxNode(side)) return false;
    if (side.type === "BinaryExpression" && side.operator === "+") return joinsTexts(side);
    return side.type === "TemplateLiteral" || (side.type === "Literal" && typeof side.value === "string");
  });
}

function valueMutants({ type, start, end, value }: SyntaxNode): readonly Mutant[] {
  if (type !== "Literal") return [];
  if (typeof value === "boolean") return [{ start, end, replacement: `${!value}`, operator: `${value} to ${!value}` }];
  if (typeof value !== "number") return [];
  return [value + 1, value - 1]
    .filter((other) => other !== value)
    .map((other) => ({ start, end, replacement: `(${other})`, operator: "number one off" }));
}

function conditionMutants(node: SyntaxNode): readonly Mutant[] {
  const { test, type } = node;
  if (type === "UnaryExpression" && node.operator === "!")
    return [{ start: node.start, end: node.start + 1, replacement: "", operator: "no negation" }];
  if (type === "UnaryExpression" && node.operator === "-")
    return [{ start: node.start, end: node.start + 1, replacement: "+", operator: "no sign" }];
  if (!isSyntaxNode(test)) return [];
  const { start, end } = test;
  return ["true", "false"]
    .filter((to) => to === "false" || type === "IfStatement" || type === "ConditionalExpression")
    .map((to) => ({ start, end, replacement: to, operator: `condition ${to}` }));
}

function flowMutants(node: SyntaxNode): readonly Mutant[] {
  const { start, end, type } = node;
  if (type === "ExpressionStatement") return removal(node);
  if (type === "MemberExpression" && isSyntaxNode(node.property)) return methodMutants(node.property);
  const isFunction =
    type === "FunctionDeclaration" || type === "FunctionExpression" || type === "ArrowFunctionExpression";
  if (!isFunction || !isSyntaxNode(node.body) || node.body.type !== "BlockStatement") return [];
  const inside = node.body.start + 1;
  return inside < end && start < inside
    ? [{ start: inside, end: inside, replacement: " return; ", operator: "return at once" }]
    : [];
}

function removal({ start, end, expression }: SyntaxNode): readonly Mutant[] {
  const isKept = isSyntaxNode(expression) && (expression.type === "Literal" || isSuperCall(expression));
  return isKept ? [] : [{ start, end, replacement: ";", operator: "no statement" }];
}

function isSuperCall({ type, callee }: SyntaxNode): boolean {
  return type === "CallExpression" && isSyntaxNode(callee) && callee.type === "Super";
}

function methodMutants({ type, name, start, end }: SyntaxNode): readonly Mutant[] {
  const other =
    type === "Identifier" && typeof name === "string" && Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  return other === undefined ? [] : [{ start, end, replacement: other, operator: `${String(name)} to ${other}` }];
}
