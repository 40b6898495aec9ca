import module from "node:module";
import { parseAst } from "vitest/node";
import { placesOf } from "./instrumented.ts";
import { isSyntaxNode, nodesOf, type SyntaxNode } from "./syntax-node.ts";

/**
 * The places of a source that run where a change at `start` can show, by their numbers among `placesOf`: the block around it, that of the
 * function whose usual argument it is, of the constructor for a field, of whatever uses a constant of the file. Null where
 * loading the file is enough.
 */
export function reachedPlaces(text: string, start: number): readonly number[] | null {
  const tree: unknown = parseAst(module.stripTypeScriptTypes(text));
  return isSyntaxNode(tree) ? new ReachedPlaces(text, tree).at(start) : null;
}

class ReachedPlaces {
  readonly #nodes: readonly SyntaxNode[];
  readonly #places: ReturnType<typeof placesOf>;
  /** Constants whose uses are being looked at: they may use each other. */
  readonly #looked = new Set<SyntaxNode>();

  constructor(text: string, tree: SyntaxNode) {
    this.#nodes = [...nodesOf(tree)];
    this.#places = placesOf(text);
  }

  at(start: number): readonly number[] | null {
    const around = this.#nodes.filter((node) => node.start <= start && start < node.end);
    for (const [depth, node] of [...around.entries()].reverse()) {
      const place = this.#placeOf(node, around[depth - 1]);
      if (place >= 0) return [place];
      if (node.type === "PropertyDefinition" && node.static !== true) return this.#constructorOf(around[depth - 1]);
      // In the program, its statement.
      if (node.type === "VariableDeclarator" && depth === 2) return this.#usesOf(node);
    }
    return null;
  }

  /** Of a block, of what an arrow function gives, or of a function in whose head the change is; -1 for others. */
  #placeOf(node: SyntaxNode, parent: SyntaxNode | undefined): number {
    const isGiven = parent?.type === "ArrowFunctionExpression" && parent.body === node;
    if (node.type === "BlockStatement" || isGiven) return this.#numberOf(node);
    return /Function/.test(node.type) && isSyntaxNode(node.body) ? this.#numberOf(node.body) : -1;
  }

  #numberOf({ start, end }: SyntaxNode): number {
    return this.#places.findIndex((place) => place.start === start && place.end === end);
  }

  #constructorOf(body: SyntaxNode | undefined): readonly number[] | null {
    const members = Array.isArray(body?.body) ? body.body.filter(isSyntaxNode) : [];
    const made = members.find(({ kind }) => kind === "constructor")?.value;
    return isSyntaxNode(made) && isSyntaxNode(made.body) ? [this.#numberOf(made.body)] : null;
  }

  /** Null where one use is outside of all places. */
  #usesOf(declarator: SyntaxNode): readonly number[] | null {
    const { id } = declarator;
    if (!isSyntaxNode(id) || id.type !== "Identifier") return null;
    if (this.#looked.has(declarator)) return [];
    this.#looked.add(declarator);
    const uses = this.#nodes.filter(
      (node) =>
        node.type === "Identifier" &&
        node.name === id.name &&
        !(declarator.start <= node.start && node.start < declarator.end),
    );
    const reached = uses.map(({ start }) => this.at(start));
    return reached.includes(null) ? null : [...new Set(reached.flatMap((places) => places ?? []))];
  }
}
