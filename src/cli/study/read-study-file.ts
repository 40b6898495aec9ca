import { readFile } from "node:fs/promises";
import { parse as parsePath } from "node:path";
import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from "yaml";
import { AttuneError, type SourcePosition } from "../../errors.ts";
import { noteWritten } from "../../space/index.ts";
import { didYouMean } from "../../space/nearest-word.ts";
import { mergeSettings } from "../settings/declaration.ts";
import { FILE_SETTINGS, type RunSettings } from "../settings/table.ts";

/**
 * Reads a study file (YAML or JSON). The study's name is the file's stem unless the file gives one.
 *
 * @throws AttuneError `invalid-file` with the place of the fault, `invalid-argument` when the file cannot be read.
 */
export async function readStudyFile(file: string): Promise<RunSettings> {
  const text = await readText(file);
  return { study: parsePath(file).name, ...readStudyText(text, file) };
}

/** Reads the text of a study file; `file` is named in errors. */
export function readStudyText(text: string, file: string): RunSettings {
  const yaml = readLocatedYaml(text, file);
  const { value } = yaml;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const message = `A study file is a mapping with keys such as ${keyList(["minimize", "space", "command"])}.`;
    throw new AttuneError("invalid-file", message, { position: yaml.locate([]) });
  }
  const mapping = value as Record<string, unknown>;
  let settings: RunSettings = {};
  for (const key of Object.keys(mapping)) settings = mergeSettings(settings, readKey(key, mapping[key], yaml));
  return settings;
}

function readKey(key: string, value: unknown, yaml: LocatedYaml): RunSettings {
  const declared = FILE_SETTINGS.get(key);
  if (declared !== undefined) {
    return declared.read({ value, label: key, position: yaml.locate([key]), source: yaml, path: [key] });
  }
  const known = [...FILE_SETTINGS.keys()];
  const message = `Unknown key "${key}".${didYouMean(key, known)} Allowed: ${keyList(known)}.`;
  throw new AttuneError("invalid-file", message, { position: yaml.locateKey([key]) });
}

async function readText(file: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    throw new AttuneError("invalid-argument", `The study file ${file} cannot be read: ${reason(cause)}.`, { cause });
  }
}

function reason(cause: unknown): string {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES") return "permission denied";
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return "it is not UTF-8 text";
  return cause instanceof Error ? cause.message : String(cause);
}

function keyList(keys: readonly string[]): string {
  return keys.join(", ");
}

/** The keys and indices that lead to a value. */
export type YamlPath = readonly (string | number)[];

/** YAML or JSON text read as plain values, with the place of each. */
export interface LocatedYaml {
  readonly value: unknown;
  /** Where the value at `path` begins (behind its quote); the nearest enclosing one where there is none. */
  readonly locate: (path: YamlPath) => SourcePosition;
  /** Where the key at `path` begins. */
  readonly locateKey: (path: YamlPath) => SourcePosition;
  /** Where a place inside the text at `path` stands, as far as the text stands there as it is (no escapes, one line). */
  readonly locateInside: (path: YamlPath, inside: SourcePosition) => SourcePosition;
}

/**
 * Reads YAML 1.2 (JSON is a part of it). `file` is named in errors; null for a text from the command line.
 *
 * @throws AttuneError `invalid-file` with the line and column of the first fault.
 */
export function readLocatedYaml(text: string, file: string | null): LocatedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): SourcePosition => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const [error] = document.errors;
  if (error !== undefined) {
    const message = `This is not valid YAML: ${error.message.split("\n")[0]}.`.replace(/\.\.$/, ".");
    throw new AttuneError("invalid-file", message, { position: place(error.pos[0]), cause: error });
  }
  const start = (node: unknown): SourcePosition => place(isNode(node) ? firstLetter(node, text) : 0);
  return {
    value: plainValue(document, place),
    locate: (path) => start(descend(document.contents, path)),
    locateKey: (path) => start(keyNode(document.contents, path) ?? descend(document.contents, path)),
    locateInside: (path, inside) => {
      const begin = start(descend(document.contents, path));
      return inside.line === 1 ? { ...begin, column: begin.column + inside.column - 1 } : begin;
    },
  };
}

/** The document as plain values; an alias without its anchor, or one that unfolds without end, is a fault of the text. */
function plainValue(document: Document, place: (offset: number) => SourcePosition): unknown {
  try {
    const value: unknown = document.toJS();
    noteNumbers(document.contents, value);
    return value;
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    let at = 0;
    visit(document, {
      Alias: (_, alias) => {
        at = alias.range?.[0] ?? 0;
        if (alias.resolve(document) === undefined) return visit.BREAK;
      },
    });
    throw new AttuneError("invalid-file", `This is not valid YAML: ${cause.message}.`, { position: place(at), cause });
  }
}

/** Keeps how numbers stood in the text, for the values of parameters. */
function noteNumbers(node: unknown, value: unknown): void {
  if (typeof value !== "object" || value === null || !isCollection(node)) return;
  const texts = new Map<string, string>();
  for (const [index, item] of node.items.entries()) {
    const key = isPair(item) ? String(isScalar(item.key) ? item.key.value : item.key) : String(index);
    const member = isPair(item) ? item.value : item;
    if (isScalar(member) && typeof member.value === "number") {
      if (member.source !== undefined) texts.set(key, member.source);
    } else noteNumbers(member, (value as Readonly<Record<string, unknown>>)[key]);
  }
  noteWritten(value, texts);
}

/** Offset where a node begins; of a quoted text, its first letter behind the quote. */
function firstLetter(node: Node, text: string): number {
  const at = node.range?.[0] ?? 0;
  const quoted = isScalar(node) && typeof node.value === "string" && /["']/.test(text[at] ?? "");
  return quoted ? at + 1 : at;
}

/** The node at the path, or the deepest one on the way to it. */
function descend(root: Node | null, path: YamlPath): unknown {
  let node: unknown = root;
  for (const key of path) {
    const next =
      isNode(node) && "get" in node
        ? (node as { get(key: unknown, keep: boolean): unknown }).get(key, true)
        : undefined;
    if (!isNode(next)) return node;
    node = next;
  }
  return node;
}

function keyNode(root: Node | null, path: YamlPath): unknown {
  const parent = descend(root, path.slice(0, -1));
  const last = path.at(-1);
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find(
    (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(last),
  );
  return pair?.key;
}
