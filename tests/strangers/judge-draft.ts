import { type Parameter, parseParameterText } from "../../src/space/index.ts";
import type { TunableOption } from "./program-cases.ts";

/** `absent`: neither tuned nor offered. */
export type OptionVerdict = "right" | "absent" | "wrong type" | "wrong default";

interface Drafted {
  readonly parameter: Parameter;
  readonly flag: string;
}

/** How a draft of `attune init` has one option; what it offers behind a # counts as what it tunes. */
export function judgeOption(draft: string, option: TunableOption): OptionVerdict {
  const found = find(draft, option);
  if (found === null) return "absent";
  if (!hasType(found.parameter, option)) return "wrong type";
  return hasDefault(found, option) ? "right" : "wrong default";
}

function find(draft: string, option: TunableOption): Drafted | null {
  const parameters = drafted(draft);
  for (const flag of [option.flag, ...(option.aliases ?? [])]) {
    const behind = nameBehind(draft, flag);
    const parameter = parameters.find(({ name }) => name === behind || plain(name) === plain(flag));
    if (parameter !== undefined) return { parameter, flag };
  }
  return null;
}

const plain = (name: string): string => name.replace(/^-+/, "").replace(/[^\p{L}\p{N}]/gu, "_");

/** The parameter whose place stands behind a flag in the drafted command. */
function nameBehind(draft: string, flag: string): string | undefined {
  const words = Array.from(draft.matchAll(/^\s*(?:# )?- (.*)$/gm), ([, word]) => word!.replace(/^["']|["']$/g, ""));
  const at = words.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
  const place = /\$\{([^}]+)\}/;
  return place.exec(words[at] ?? "")?.[1] ?? place.exec(words[at + 1] ?? "")?.[1];
}

function drafted(draft: string): readonly Parameter[] {
  const space = /^space:\n([\s\S]*?)(?=^\S*command:|(?![\s\S]))/m.exec(draft)?.[1] ?? "";
  return Array.from(space.matchAll(/^\s*(?:# )?"?([\p{L}\p{N}_][\p{L}\p{N}_./-]*)"?: (.+)$/gmu)).flatMap(
    ([, name, text]) => {
      try {
        return [parseParameterText(unquoted(text!), name!)];
      } catch {
        return [];
      }
    },
  );
}

function unquoted(text: string): string {
  const quoted = /^"(?:[^"\\]|\\.)*"/.exec(text)?.[0];
  if (quoted !== undefined) return JSON.parse(quoted) as string;
  return /^'([^']*)'/.exec(text)?.[1] ?? text.replace(/ +#.*$/, "");
}

function valuesOf(parameter: Parameter): readonly unknown[] | null {
  if (parameter.type === "categorical") return parameter.choices;
  return parameter.type === "ordinal" ? parameter.values : null;
}

function hasType(parameter: Parameter, { type, choices = [] }: TunableOption): boolean {
  const values = valuesOf(parameter);
  switch (type) {
    case "float":
      return parameter.type === "float" || (values?.every((value) => typeof value === "number") ?? false);
    case "int":
      return parameter.type === "int" || (values?.every((value) => Number.isInteger(value)) ?? false);
    case "bool":
      return parameter.type === "boolean" || values?.length === 2;
    case "choice":
      // Where all choices are numbers, a range of whole numbers or a boolean may stand for 0 and 1.
      if (choices.every((choice) => /^\d+$/.test(choice)) && ["int", "boolean"].includes(parameter.type)) return true;
      return values !== null && values.length > 1 && values.every((value) => choices.includes(String(value)));
  }
}

function hasDefault({ parameter, flag }: Drafted, option: TunableOption): boolean {
  const { default: given } = parameter;
  const wanted = option.default;
  if (wanted === null) return true;
  if (given === undefined) return false;
  if (typeof wanted === "number") return Number(given) === wanted;
  if (typeof wanted === "boolean") return isOn(given, flag) === (isNegation(flag, option) ? !wanted : wanted);
  return String(given) === wanted || (typeof given === "boolean" && String(Number(given)) === wanted);
}

function isNegation(flag: string, option: TunableOption): boolean {
  return flag.startsWith("--no") && !option.flag.startsWith("--no");
}

/** A flag is on where it is itself the value; every other flag, such as its `--no-` form, is off. */
function isOn(value: unknown, flag: string): boolean {
  if (typeof value === "string" && value.startsWith("-")) return value.split(/[= ]/)[0] === flag;
  return !/^(?:false|0|no|off|none|)$/i.test(String(value));
}
