import { formatTextValue } from "../../../space/text/format-parameter-text.ts";
import type { ProgramOption } from "../program-option.ts";
import { wordsOf } from "../words-of.ts";
import { BOOLEAN_HYPERPARAMETERS, HYPERPARAMETERS } from "./hyperparameter-table.ts";
import { around, KNOWN_RANGES } from "./known-ranges.ts";
import { leaveAlone } from "./leave-alone.ts";
import { rangeText } from "./range-text.ts";

/** What to do with an option: tune it over a range in the text form, offer that range, or leave the option alone; with the reason. */
export type Suggestion =
  | { readonly kind: "tune" | "offer"; readonly range: string; readonly reason: string }
  | { readonly kind: "leave"; readonly reason: string };

const MOST_CHOICES = 12;
const MOST_OFFERED = 30;
const CHOICE =
  /(?:^|-)(?:optimizer|optimiser|optim|opt|activation|act|loss|kernel|scheduler|lr-scheduler|lr-scheduler-type|solver|criterion|booster|boosting|boosting-type|norm|init|initializer|pooling|arch|algorithm|tokenize|smooth-method|pool|penalty|weights|linkage|covariance-type|grow-policy|tree-method|sampling-method|bootstrap-type|nonlinearity|aggregation|aggr)$/;

/** Proposes how to search an option by its name, its default, and the bounds that its program states. */
export function suggestParameter(option: ProgramOption): Suggestion {
  const name = wordsOf(option.called).join("-");
  if (option.obstacle !== null) return { kind: "leave", reason: option.obstacle };
  if (option.many) return { kind: "leave", reason: "takes several values" };
  const row = HYPERPARAMETERS.find(({ names }) => names.some((known) => name === known || name.endsWith(`-${known}`)));
  const isNumber = option.kind === "int" || option.kind === "float";
  if (isNumber && option.numbered !== null && leaveAlone(name) === null)
    return suggestNumbered(option, option.numbered);
  if (isNumber && row !== undefined) {
    const range = rangeText(row.range, option);
    if (range !== null && fitsKind(row.range.high, option)) return { kind: "tune", range, reason: row.about };
  }
  const left = leaveAlone(name.length > 1 ? name : firstWords(option));
  if (left !== null) return { kind: "leave", reason: left };
  if (option.kind === "boolean") return suggestBoolean(option, name);
  if (option.kind === "choice") return suggestChoice(option, name);
  if (option.kind === "text") return { kind: "leave", reason: "a text: which there are is not known" };
  if (!isNumber) return { kind: "leave", reason: "of a type of the program's own" };
  return suggestNumber(option, name);
}

/** What a letter alone is for stands at the beginning of its description. */
function firstWords({ description }: ProgramOption): string {
  return wordsOf(description).slice(0, 3).join("-");
}

/** A share is no whole number: a table that says 0 to 1 speaks of another option. */
function fitsKind(high: number, { kind }: ProgramOption): boolean {
  return kind !== "int" || high > 1;
}

function suggestNumber(option: ProgramOption, name: string): Suggestion {
  const few = listed(option);
  if (few !== null) return { kind: "offer", range: few, reason: "the numbers that the program lists" };
  for (const known of KNOWN_RANGES) {
    if (!known.name.test(name)) continue;
    const range = known.range(option);
    if (range === null) continue;
    // Many programs do not print their defaults; then the range is a usual one.
    const reason = option.default === null ? known.reason.replace(" around its default", "") : known.reason;
    return { kind: "tune", range, reason };
  }
  const stated = fromBounds(option);
  if (stated !== null) return { kind: "offer", range: stated, reason: "the range that the program states" };
  const value = Number(option.default);
  // A float that four times would take beyond 1 is rather a share than a size.
  const isShare = option.kind === "float" && value > 0.25 && value < 1;
  const share = { low: 0, high: 1, scale: "linear" } as const;
  const range = isShare ? rangeText(share, option) : value > 0 ? around(option, 4) : null;
  if (range !== null) return { kind: "offer", range, reason: "a range around its default" };
  return { kind: "leave", reason: "its range is not known" };
}

/** Numbers that stand for kinds are no scale: which may be tried only the user knows. */
function suggestNumbered(
  { default: value }: ProgramOption,
  numbered: NonNullable<ProgramOption["numbered"]>,
): Suggestion {
  const numbers = numbered.map(([number]) => number);
  const start = typeof value === "number" && numbers.includes(value) ? ` default ${value}` : "";
  const meanings = numbered.map(([number, meaning]) => `${number} ${meaning}`).join(", ");
  const range = `${numbers.length === 1 ? "| " : ""}${numbers.join(" | ")}${start}`;
  return { kind: "offer", range, reason: `which of these may be tried? ${meanings}` };
}

function suggestBoolean({ default: value }: ProgramOption, name: string): Suggestion {
  const range = `true | false${value === null ? "" : ` default ${value}`}`;
  const isKnown = BOOLEAN_HYPERPARAMETERS.test(name.replace(/^(?:no|use|with|without|enable|disable)-/, ""));
  return { kind: isKnown ? "tune" : "offer", range, reason: "on or off" };
}

function suggestChoice({ choices, default: value }: ProgramOption, name: string): Suggestion {
  if (choices.length > MOST_OFFERED) return { kind: "leave", reason: "too many choices to try all" };
  const words = choices.map((choice) => formatTextValue(choice));
  const chosen = value === null ? -1 : choices.indexOf(String(value));
  const range = `${words.length === 1 ? "| " : ""}${words.join(" | ")}${chosen < 0 ? "" : ` default ${words[chosen]}`}`;
  return { kind: CHOICE.test(name) && choices.length <= MOST_CHOICES ? "tune" : "offer", range, reason: "a choice" };
}

/** Numbers that the program lists: `{0,1}`, "0 or 1". */
function listed({ choices, description, kind, default: value }: ProgramOption): string | null {
  const texts = choices.length > 0 ? choices : /\b0 or 1\b/.test(description) && kind === "int" ? ["0", "1"] : [];
  const numbers = [...new Set(texts.map(Number))].filter((number) => Number.isFinite(number));
  if (numbers.length < 2 || numbers.length > MOST_CHOICES) return null;
  if (typeof value === "number" && !numbers.includes(value)) numbers.push(value);
  const written = numbers.map((number) =>
    kind === "float" && Number.isInteger(number) ? `${number}.0` : String(number),
  );
  return `${written.join(" | ")}${typeof value === "number" ? ` default ${value}` : ""}`;
}

function fromBounds(option: ProgramOption): string | null {
  const { bounds, default: value } = option;
  if (bounds === null || !bounds.every(Number.isFinite)) return null;
  const [low, high] = bounds;
  // A program that does not keep to its own bounds has stated something else.
  if (typeof value === "number" && (value < low || value > high)) return null;
  return rangeText({ low, high, scale: low > 0 && high / low >= 1000 ? "log" : "linear" }, option);
}
