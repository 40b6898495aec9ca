import type { Spelled, SpelledParams } from "../space/spelled.ts";
import type { ParamsFormat } from "../trial/command-input.ts";
import { formatLiteral } from "./format-literal.ts";

/** A mapping of a parameter file: values and further mappings. */
type Node = Map<string, Node | { readonly value: Spelled }>;

/**
 * A whole set of parameters as a file. Dots in names make nested tables (`model.lr` is `lr` in `model`), unless the part before
 * the dot is a parameter itself; in TOML a parameter that is null is left out.
 *
 * @example
 * formatParams({ "model.lr": new SpelledNumber(1, "1.0"), name: "a" }, "yaml"); // 'model:\n  lr: 1.0\nname: "a"\n'
 */
export function formatParams(params: SpelledParams, format: ParamsFormat): string {
  const tree = treeOf(params, format === "toml");
  switch (format) {
    case "json":
      return `${jsonOf(tree, "")}\n`;
    case "yaml":
      return tree.size === 0 ? "{}\n" : yamlOf(tree, "");
    case "toml":
      return tomlOf(tree, []);
  }
}

function treeOf(params: SpelledParams, dropNull: boolean): Node {
  const root: Node = new Map();
  for (const [name, value] of Object.entries(params)) {
    if (dropNull && value === null) continue;
    let node = root;
    const path = pathOf(name, params);
    for (const key of path.slice(0, -1)) {
      const next = node.get(key);
      const child: Node = next instanceof Map ? next : new Map();
      node.set(key, child);
      node = child;
    }
    node.set(path.at(-1)!, { value });
  }
  return root;
}

/** The keys that lead to a parameter; its whole name where a table would stand in the place of another parameter. */
function pathOf(name: string, params: SpelledParams): readonly string[] {
  const keys = name.split(".");
  const taken = keys.some((key, index) => key === "" || (index > 0 && keys.slice(0, index).join(".") in params));
  return taken ? [name] : keys;
}

function jsonOf(node: Node, indent: string): string {
  if (node.size === 0) return "{}";
  const inner = `${indent}  `;
  const members = [...node].map(([key, item]) => {
    const text = item instanceof Map ? jsonOf(item, inner) : formatLiteral(item.value, "json");
    return `${inner}${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${members.join(",\n")}\n${indent}}`;
}

function yamlOf(node: Node, indent: string): string {
  const lines = [...node].map(([key, item]) => {
    // Quoted unless it cannot be anything but a text: `on`, `1.2`, `null` and, in YAML 1.1, `e40` are not.
    const name = /^[A-Za-z_][A-Za-z0-9_-]{2,}$/.test(key) && !YAML_WORD.test(key) ? key : yamlKey(key);
    if (item instanceof Map) return `${indent}${name}:\n${yamlOf(item, `${indent}  `)}`;
    return `${indent}${name}: ${formatLiteral(item.value, "yaml")}\n`;
  });
  return lines.join("");
}

const YAML_WORD = /^(?:true|false|null|yes|no|on|off|nan|inf|y|n|e[-+]?\d+)$/i;

function yamlKey(key: string): string {
  return /^[A-Za-z_]{1,2}$/.test(key) && !YAML_WORD.test(key) ? key : JSON.stringify(key);
}

function tomlOf(node: Node, path: readonly string[]): string {
  const key = (name: string): string => (/^[A-Za-z0-9_-]+$/.test(name) ? name : JSON.stringify(name));
  const own: string[] = [];
  const tables: string[] = [];
  for (const [name, item] of node) {
    if (item instanceof Map) tables.push(tomlOf(item, [...path, key(name)]));
    else own.push(`${key(name)} = ${formatLiteral(item.value, "toml")}\n`);
  }
  const head = path.length > 0 && own.length > 0 ? `\n[${path.join(".")}]\n` : "";
  return `${head}${own.join("")}${tables.join("")}`;
}
