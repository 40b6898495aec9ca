import { AttuneError } from "../../errors.ts";

/** A parameter that an option declared, in the text form. */
export interface DeclaredParameter {
  readonly name: string;
  readonly text: string;
}

const NAMED = /^\s*([\p{L}\p{N}_.-]+)(\s*=|\s+)\s*(.*)$/su;

/** What tells a range, choices or an order from one value. */
const SEVERAL = /\.\.|[|<]/;

/**
 * Reads `--param "NAME SPEC"` or `--param NAME=SPEC`. A spec without blanks is the form that no shell disturbs: in it `:`
 * stands for a blank and `/` for `|` (`lr=1e-5..1e-1:log`, `optimizer=adam/sgd`). `epochs = 20` is the text form of a fixed value.
 *
 * @throws AttuneError `invalid-argument` when it has no name.
 */
export function readDeclaredParameter(option: string): DeclaredParameter {
  const match = NAMED.exec(option);
  const [, name = "", separator = "", spec = ""] = match ?? [];
  if (match === null || spec.trim() === "") {
    const message = `--param is ${JSON.stringify(option)}; write --param lr=1e-5..1e-1:log, or in quotes --param "lr 1e-5..1e-1 log".`;
    throw new AttuneError("invalid-argument", message);
  }
  const text = spec.trim();
  if (/^\s+=/.test(separator) && !SEVERAL.test(text)) return { name, text: `= ${text}` };
  return { name, text: /\s/.test(text) ? text : text.replaceAll(":", " ").replaceAll("/", " | ") };
}
