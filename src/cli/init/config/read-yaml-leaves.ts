import { isMap, isScalar, isSeq, type Node, parseDocument, type Scalar } from "yaml";
import { type ConfigLeaf, isFloatText } from "./config-leaf.ts";

/** The single values of a YAML or JSON text whose top is a mapping; null when it is none, or not valid. */
export function readYamlLeaves(text: string): readonly ConfigLeaf[] | null {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: "silent" });
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  const leaves: ConfigLeaf[] = [];
  collect(document.contents, "", leaves);
  return leaves;
}

function collect(node: Node, path: string, leaves: ConfigLeaf[]): void {
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : String(key);
      if (value !== null && typeof value === "object")
        collect(value as Node, path === "" ? name : `${path}.${name}`, leaves);
    }
  } else if (isSeq(node)) {
    const [start = 0, end = start] = node.range ?? [];
    const value = JSON.stringify(node.toJSON());
    if (node.items.every((item) => isScalar(item))) {
      leaves.push({ path, value, float: false, start, end, comment: "", many: true });
    }
  } else if (isScalar(node)) leaves.push(leafOf(node, path));
}

function leafOf(node: Scalar, path: string): ConfigLeaf {
  const [start = 0, end = start] = node.range ?? [];
  const { value } = node;
  // YAML 1.1 and OmegaConf read `1e-3` as a text, and mean a number.
  const plain = typeof value === "string" && node.type === "PLAIN" && /^[-+]?\d+(?:\.\d*)?[eE][-+]?\d+$/.test(value);
  const read = plain ? Number(value) : value;
  const known = typeof read === "string" || typeof read === "number" || typeof read === "boolean" ? read : null;
  const float = typeof known === "number" && isFloatText(node.source ?? String(known));
  return { path, value: known, float, start, end, comment: (node.comment ?? "").trim(), many: false };
}
