import { AttuneError } from "../errors.ts";
import { type Spelled, SpelledNumber } from "../space/spelled.ts";
import { hydraQuoted } from "./hydra-quoted.ts";

/** What reads a value: a file format, Python, or Hydra's grammar of overrides. */
export type LiteralSyntax = "json" | "yaml" | "toml" | "python" | "hydra";

/** Hydra takes these for a text as they stand; everything else is put in quotes. */
const HYDRA_BARE = /^[A-Za-z_/][A-Za-z0-9_/.:+@%?-]*$/;
const HYDRA_WORD = /^(?:true|false|null|nan|inf)$/i;

/**
 * A value as that syntax writes it, so that it is read back with its type: texts in quotes, `1.0` for a float that happens
 * to be whole, and exponents with a point and a sign, without which YAML 1.1 (PyYAML) takes `1e-7` for a text.
 *
 * @throws AttuneError `invalid-argument` for null in TOML, which has none.
 * @example
 * formatLiteral(1e-7, "yaml"); // "1.0e-7"
 * formatLiteral(true, "python"); // "True"
 */
export function formatLiteral(value: Spelled, syntax: LiteralSyntax): string {
  if (value === null) return nullOf(syntax);
  if (typeof value === "boolean") return syntax === "python" ? (value ? "True" : "False") : String(value);
  if (typeof value === "number") return formatNumber(JSON.stringify(value), false);
  if (value instanceof SpelledNumber) return formatNumber(numeral(value), value.isFloat);
  if (typeof value === "string") return formatText(value, syntax);
  const inner = (item: Spelled): string => formatLiteral(item, syntax);
  if (Array.isArray(value)) return `[${value.map(inner).join(syntax === "hydra" ? "," : ", ")}]`;
  const between = syntax === "toml" ? " = " : syntax === "hydra" ? ":" : ": ";
  const members = Object.entries(value).map(([key, item]) => `${keyText(key, syntax)}${between}${inner(item)}`);
  return `{${members.join(syntax === "hydra" ? "," : ", ")}}`;
}

function nullOf(syntax: LiteralSyntax): string {
  if (syntax === "python") return "None";
  if (syntax !== "toml") return "null";
  throw new AttuneError("invalid-argument", "TOML has no null; use another value for it, or a file in JSON or YAML.");
}

/** Digits on both sides of a point, and no `+` before them. */
function numeral({ text }: SpelledNumber): string {
  return text
    .replace(/^\+/, "")
    .replace(/^(-?)\./, "$10.")
    .replace(/\.(?=$|[eE])/, "");
}

function formatNumber(text: string, isFloat: boolean): string {
  const [mantissa = text, exponent] = text.split(/[eE]/);
  const isWhole = exponent === undefined && !isFloat && Math.abs(Number(text)) <= Number.MAX_SAFE_INTEGER;
  const point = mantissa.includes(".") || isWhole ? mantissa : `${mantissa}.0`;
  return exponent === undefined ? point : `${point}e${/^[+-]/.test(exponent) ? "" : "+"}${exponent}`;
}

/** What YAML takes for a line break or refuses, TOML refuses, and JSON lets stand. */
const ESCAPED = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

function escapeOf(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function formatText(text: string, syntax: LiteralSyntax): string {
  if (syntax !== "hydra") return JSON.stringify(text).replace(ESCAPED, escapeOf);
  if (HYDRA_BARE.test(text) && !HYDRA_WORD.test(text)) return text;
  return `'${hydraQuoted(text, "'")}'`;
}

function keyText(key: string, syntax: LiteralSyntax): string {
  if (syntax === "hydra") return formatText(key, syntax);
  return syntax === "toml" && /^[A-Za-z0-9_-]+$/.test(key) ? key : formatText(key, syntax);
}
