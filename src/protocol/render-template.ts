import type { Spelled } from "../space/spelled.ts";
import { formatLiteral, type LiteralSyntax } from "./format-literal.ts";
import { formatValue } from "./format-value.ts";
import type { RenderValues } from "./render-command.ts";
import { templateSyntax } from "./template-syntax.ts";
import { matchUse } from "./use-text.ts";

/** Stands where a parameter is inactive until what holds it is taken out; no text file holds this character. */
const GONE = "\u0000";

/**
 * Fills the user's template of a file: `${name}` becomes the parameter's value as the file's format (by its ending) writes it,
 * so that texts are quoted and floats stay floats; inside quotes it is put into the text. `${seed}`, `${trial}`, `${fold}`
 * and `${until}` are filled too, any other `${x}` stays. What holds an inactive parameter is left out: in JSON and in flow collections the
 * member or item, elsewhere the line.
 *
 * @param file - name of the file that is written; its ending is the format.
 * @throws AttuneError `invalid-argument` for a value that the format cannot hold.
 */
export function renderTemplate(text: string, file: string, values: RenderValues): string {
  const syntax = templateSyntax(file);
  let out = "";
  /** The last characters of it: to look at its end itself would join all of it anew. */
  let end = "";
  let quote = "";
  const put = (more: string): void => {
    out += more;
    end = (end + more).slice(-2);
  };
  for (let at = 0; at < text.length; ) {
    const use = matchUse(text, at);
    const value = use === null ? undefined : templateValue(use.name, values);
    if (use !== null && value !== undefined) {
      put(value === GONE ? GONE : placed(value, syntax, quote, end));
      at += use.source.length;
      continue;
    }
    const escaped = quote === '"' && text[at] === "\\";
    if (!escaped) quote = quoteAfter(quote, text, at, syntax);
    const width = escaped ? 2 : 1;
    put(text.slice(at, at + width));
    at += width;
  }
  return out.includes(GONE) ? withoutGone(out, syntax) : out;
}

/** GONE for an inactive parameter, undefined for a name that is none. */
function templateValue(name: string, values: RenderValues): Spelled | undefined {
  if (name === "seed") return values.seed;
  if (name === "trial") return values.trial;
  if (name === "fold") return values.fold ?? GONE;
  if (Object.hasOwn(values.params, name)) return values.params[name];
  if (values.parameters.has(name)) return GONE;
  return name === "until" && values.until !== undefined ? (values.until ?? GONE) : undefined;
}

function placed(value: Spelled, syntax: LiteralSyntax | null, quote: string, before: string): string {
  if (syntax === null) return formatValue(value);
  if (quote === '"') return formatLiteral(formatValue(value), syntax).slice(1, -1);
  if (quote === "'") return inSingleQuotes(formatValue(value), syntax);
  // In the middle of a plain scalar (`name: run-${lr}`) it is a part of that text.
  const inPlainScalar = syntax === "yaml" && /[^\s:[{,-]$|[^\s]-$/u.test(before);
  return inPlainScalar ? formatValue(value) : formatLiteral(value, syntax);
}

function inSingleQuotes(text: string, syntax: LiteralSyntax): string {
  return syntax === "yaml" ? text.replaceAll("'", "''") : syntax === "python" ? text.replace(/[\\']/g, "\\$&") : text;
}

/** The quote that is open behind the character at `at`. */
function quoteAfter(quote: string, text: string, at: number, syntax: LiteralSyntax | null): string {
  const char = text[at]!;
  if (syntax === null) return "";
  // A text of one line ends with it; comments may hold single quotes.
  if (char === "\n") return "";
  if (quote === "#") return quote;
  if (quote !== "") return char === quote ? "" : quote;
  if (syntax === "json") return char === '"' ? char : "";
  if (char === "#" && /^$|\s/.test(text[at - 1] ?? "")) return "#";
  const begins = syntax !== "yaml" || /^$|[\s[{,:]/u.test(text[at - 1] ?? "");
  return begins && (char === '"' || char === "'") ? char : "";
}

function withoutGone(text: string, syntax: LiteralSyntax | null): string {
  if (syntax === "json") return withoutItems(text);
  const kept = text.split("\n").map((line) => {
    if (!line.includes(GONE)) return line;
    const inFlow = syntax !== null && /[[{]/.test(line.slice(0, line.lastIndexOf(GONE)));
    return inFlow ? withoutItems(line) : null;
  });
  return kept.filter((line) => line !== null).join("\n");
}

/** A run of plain characters is read from its beginning alone: from each of its characters it would take the square of its length. */
const BEGINS = String.raw`(?<![^\s,\[\]{}"'])`;
const PLAIN = String.raw`[^\s,\[\]{}"']*\u0000[^\s,\[\]{}"']*`;
const QUOTED = String.raw`"[^"]*\u0000[^"]*"|'[^']*\u0000[^']*'`;
const KEY = String.raw`(?:(?<!\\)"(?:[^"\\]|\\.)*"|'[^']*'|${BEGINS}[\w.-]+)\s*[:=]\s*`;
const ITEM = `(?:${KEY}(?:${QUOTED}|${PLAIN})|${QUOTED}|${BEGINS}${PLAIN})`;
const BEHIND_COMMA = new RegExp(String.raw`,\s*${ITEM}`, "gu");
const BEFORE_COMMA = new RegExp(String.raw`${ITEM}\s*,?\s*`, "gu");

/** Takes members and items out of objects and lists, each with the comma that belongs to it. */
function withoutItems(text: string): string {
  return text.replace(BEHIND_COMMA, "").replace(BEFORE_COMMA, "");
}
