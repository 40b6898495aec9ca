import { readFileSync, statSync } from "node:fs";
import { isMap, isScalar, isSeq, type Node, parseDocument, type Scalar } from "yaml";
import type { BooleanWriting, ProgramOption } from "./program-option.ts";

/** A config file with its text and values. */
export interface ConfigFile {
  readonly file: string;
  readonly text: string;
  readonly leaves: readonly ConfigLeaf[];
}

const MOST_BYTES = 200_000;
const MOST_LEAVES = 400;

/** Reads a config file in YAML, JSON, TOML, INI or spaCy's form, told by its ending; null when it is none, or rather data. */
export function readConfigFile(file: string): ConfigFile | null {
  const ending = /\.(ya?ml|json|toml|ini|cfg|conf)$/i.exec(file)?.[1]?.toLowerCase();
  if (ending === undefined) return null;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile() || found.size > MOST_BYTES) return null;
  const text = readFileSync(file, "utf8");
  const leaves = leavesOf(text, ending);
  if (leaves === null || leaves.length > MOST_LEAVES) return null;
  return leaves.some(({ value }) => typeof value === "number" || typeof value === "boolean")
    ? { file, text, leaves }
    : null;
}

function leavesOf(text: string, ending: string): readonly ConfigLeaf[] | null {
  if (ending === "toml") return readSectionedLeaves(text, "toml");
  return /^(?:ini|cfg|conf)$/.test(ending) ? readSectionedLeaves(text, "ini") : readYamlLeaves(text);
}

/** A single value in a config file. */
interface ConfigLeaf {
  /** Names of the tables around it and its own, joined by dots. */
  readonly path: string;
  readonly value: string | number | boolean | null;
  /** Whether a number is written with a point or an exponent. */
  readonly float: boolean;
  /** Where the value stands in the text, from 0, the end not included; what replaces it is a whole value of the format. */
  readonly start: number;
  readonly end: number;
  /** The comment behind it. */
  readonly comment: string;
  /** True for a list; the value is its text. */
  readonly many: boolean;
}

/** Whether a number's text makes it a float. */
function isFloatText(text: string): boolean {
  return /[.eE]|inf|nan/i.test(text) && !/^0x/i.test(text);
}

/** How a value of a config reaches the program. */
interface LeafWriting {
  /** The spelling for a path: `--model.lr`, `model.lr`. */
  readonly flag: (path: string) => string;
  readonly joined: boolean;
  /** The file it is replaced in, null for an argument. */
  readonly file: string | null;
  readonly on?: string;
  readonly off?: string;
}

/** The options that the values of a config are. */
export function leafOptions(leaves: readonly ConfigLeaf[], writing: LeafWriting): readonly ProgramOption[] {
  return leaves.map((leaf) => leafOption(leaf, writing));
}

function leafOption(leaf: ConfigLeaf, { flag, joined, file, on = "true", off = "false" }: LeafWriting): ProgramOption {
  const { path, value, float, many, comment, start, end } = leaf;
  const word: BooleanWriting = { kind: "word", on, off };
  const kind = typeof value === "number" ? (float ? "float" : "int") : typeof value === "boolean" ? "boolean" : "text";
  const isSecret = /(?:password|passwd|secret|token|api[_-]?key|credential)/i.test(path);
  return {
    flag: flag(path),
    flags: [flag(path)],
    called: path.split(".").at(-1)!,
    kind,
    boolean: kind === "boolean" ? word : null,
    default: isSecret ? null : value,
    choices: [],
    numbered: null,
    bounds: null,
    joined,
    many,
    description: comment,
    obstacle: isSecret ? "a secret" : obstacleOf(leaf),
    behind: 0,
    shown: isSecret || value === null ? null : String(value),
    place: file === null ? null : { file, start, end },
  };
}

function obstacleOf({ value, path }: ConfigLeaf): string | null {
  if (typeof value === "string" && /\$\{/.test(value)) return "follows another value";
  if (path.endsWith("class_path") || path.endsWith("_target_")) return "names a class";
  return null;
}

/** A format of `[section]` lines and `key = value` lines. */
type SectionedFormat = "toml" | "ini";

const HEADING = /^\s*\[([^[\]]+)\]\s*(?:[#;].*)?$/;
const ENTRY = /^(\s*)("[^"]+"|[\w.-]+)(\s*[=:]\s*)(.*)$/;

/**
 * The single values of a TOML, INI or spaCy config. Values that go over several lines, tables in one line and lists of tables are left
 * out; in INI and spaCy's form what stands in quotes is replaced within them.
 */
export function readSectionedLeaves(text: string, format: SectionedFormat): readonly ConfigLeaf[] {
  const leaves: ConfigLeaf[] = [];
  let section = "";
  let at = 0;
  let several: string | null = null;
  for (const line of text.split("\n")) {
    const begin = at;
    at += line.length + 1;
    if (several !== null) {
      if (line.includes(several)) several = null;
      continue;
    }
    const heading = HEADING.exec(line);
    if (heading !== null) section = heading[1]!.trim().replaceAll('"', "");
    else if (/^\s*\[\[/.test(line)) section = "\0";
    const entry = section === "\0" || heading !== null || /^\s*[#;]/.test(line) ? null : ENTRY.exec(line);
    if (entry === null) continue;
    const [, indent = "", key = "", mark = "", rest = ""] = entry;
    const open = /^("""|''')/.exec(rest)?.[1];
    if (open !== undefined && !rest.slice(3).includes(open)) several = open;
    if (/^\[[^\]]*$/.test(rest)) several = "]";
    const leaf = several === null ? leafOf(rest, format) : null;
    if (leaf === null) continue;
    const offset = begin + indent.length + key.length + mark.length;
    const path = `${section === "" ? "" : `${section}.`}${key.replaceAll('"', "")}`;
    leaves.push({ ...leaf, path, start: offset + leaf.start, end: offset + leaf.end });
  }
  return leaves;
}

function leafOf(rest: string, format: SectionedFormat): Omit<ConfigLeaf, "path"> | null {
  const quoted = /^(["'])(.*?)\1\s*(?:[#;]\s*(.*))?$/.exec(rest);
  if (quoted !== null) {
    const inside = format === "ini" ? 1 : 0;
    const end = quoted[2]!.length + 2 - inside;
    return { value: quoted[2]!, float: false, start: inside, end, comment: quoted[3] ?? "", many: false };
  }
  const remark = /(?:^|\s)[#;]/.exec(rest);
  const word = rest.slice(0, remark?.index).trim();
  const comment = remark === null ? "" : rest.slice(remark.index + remark[0].length).trimStart();
  const place = { start: 0, end: word.length, comment, many: false };
  if (/^[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(word)) {
    return { ...place, value: Number(word.replaceAll("_", "")), float: isFloatText(word) };
  }
  if (/^(?:true|false)$/i.test(word)) return { ...place, value: /^t/i.test(word), float: false };
  if (/^\[/.test(word)) return { ...place, value: word, float: false, many: true };
  if (/^\{/.test(word)) return null;
  if (word === "" || /^(?:null|none)$/i.test(word)) return { ...place, value: null, float: false };
  return { ...place, value: word, float: false };
}

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
  } else if (isScalar(node)) leaves.push(yamlLeaf(node, path));
}

function yamlLeaf(node: Scalar, path: string): ConfigLeaf {
  const [start = 0, end = start] = node.range ?? [];
  const { value } = node;
  // YAML 1.1 and OmegaConf read `1e-3` as a text, and mean a number.
  const plain = typeof value === "string" && node.type === "PLAIN" && /^[-+]?\d+(?:\.\d*)?[eE][-+]?\d+$/.test(value);
  const read = plain ? Number(value) : value;
  const known = typeof read === "string" || typeof read === "number" || typeof read === "boolean" ? read : null;
  const float = typeof known === "number" && isFloatText(node.source ?? String(known));
  return { path, value: known, float, start, end, comment: (node.comment ?? "").trim(), many: false };
}
