import type { z } from "zod";
import { didYouMean } from "../../space/index.ts";
import { shownValue } from "../../space/shown-value.ts";
import { BadForm } from "./bad-form.ts";

/** What zod finds wrong, and with what. */
type Issue = z.core.$ZodIssue;

/**
 * What was given, checked, with its defaults.
 *
 * @throws BadForm that names the field, what it is and what it takes.
 */
export function readInput<I extends z.ZodObject>(operation: string, schema: I, given: unknown): z.output<I> {
  const read = schema.safeParse(given ?? {});
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const fields = read.error.issues.map(({ path }) => path.join("."));
  const message = `${operation}: ${sentenceOf(issue!, given, Object.keys(schema.shape))}`;
  throw new BadForm(message, { operation, fields: [...new Set(fields)] });
}

function sentenceOf(issue: Issue, given: unknown, fields: readonly string[]): string {
  const { path } = issue;
  const name = path.length === 0 ? "the input" : path.join(".");
  const value = path.reduce<unknown>(inside, given);
  if (issue.code === "unrecognized_keys") {
    const [key = ""] = issue.keys;
    const where = path.length === 0 ? "there is" : `${name} has`;
    const hint = path.length === 0 ? `${didYouMean(key, fields)} There are ${fields.join(", ")}.` : "";
    return `${where} no field ${JSON.stringify(key.slice(0, 100))}.${hint}`;
  }
  if (value === undefined) return `${name} is missing; give ${takesOf(issue)}.`;
  return `${name} is ${shownValue(value).slice(0, 200)}; give ${takesOf(issue)}.`;
}

function inside(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

function takesOf(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? issue.expected;
    case "too_small":
      return `${issue.inclusive ? "at least" : "more than"} ${issue.minimum}${lengthOf(issue.origin)}`;
    case "too_big":
      return `${issue.inclusive ? "at most" : "less than"} ${issue.maximum}${lengthOf(issue.origin)}`;
    case "invalid_value":
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "invalid_union":
      return unionTakes(issue);
    case "invalid_format":
      return `a text of the form ${issue.pattern ?? issue.format}`;
    default:
      return issue.message;
  }
}

function unionTakes({ errors }: Extract<Issue, { readonly code: "invalid_union" }>): string {
  const takes = errors.flatMap((issues) =>
    issues.slice(0, 1).map((issue) => (issue.path.length === 0 ? takesOf(issue) : "an object of another form")),
  );
  return [...new Set(takes)].join(", or ");
}

function lengthOf(origin: string): string {
  if (origin === "string") return " characters";
  return origin === "array" ? " items" : "";
}
