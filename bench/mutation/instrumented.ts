import module from "node:module";
import { parseAst } from "vitest/node";
import { isSyntaxNode, nodesOf, type SyntaxNode } from "./syntax-node.ts";

/** A stretch of a source that runs as one: a block, or what an arrow function gives. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** The blocks and arrow functions of a source, outer ones first. */
export function placesOf(text: string): readonly Place[] {
  return marked(text).map(({ start, end }) => ({ start, end }));
}

/** The source with a call of `hit(first + n)` at the head of its nth place; `recorder` is what it is imported from. */
export function instrumented(text: string, first: number, recorder: string): string {
  const insertions = marked(text).flatMap(({ type, start, end }, n): readonly (readonly [number, string])[] => {
    const call = `__hit(${first + n})`;
    if (type === "BlockStatement") return [[start + 1, ` ${call};`]];
    return [
      [start, `(${call}, `],
      [end, ")"],
    ];
  });
  // A stable sort: what was inserted last at a place of two ends comes out inside.
  const parts: string[] = [];
  let done = 0;
  for (const [place, inserted] of insertions.sort((a, b) => a[0] - b[0])) {
    parts.push(text.slice(done, place), inserted);
    done = place;
  }
  const head = `import { hit as __hit } from ${JSON.stringify(recorder)}; `;
  return `${head}${parts.join("")}${text.slice(done)}`;
}

function marked(text: string): readonly SyntaxNode[] {
  // Types become blanks, so places stay the same.
  const tree: unknown = parseAst(module.stripTypeScriptTypes(text));
  if (!isSyntaxNode(tree)) return [];
  return [...nodesOf(tree)].flatMap((node) => {
    if (node.type === "BlockStatement") return [node];
    const { type, body } = node;
    return type === "ArrowFunctionExpression" && isSyntaxNode(body) && body.type !== "BlockStatement" ? [body] : [];
  });
}
