import { AttuneError } from "../../errors.ts";
import { ARGS_STYLES, BOOLEAN_FORMS, type CommandInput, PARAMS_FORMATS } from "../../trial/command-input.ts";
import { setting, type ValueKind } from "./declaration.ts";
import { readParamsFile, readTemplates, word } from "./value-kinds.ts";

/** How parameters reach the program; ways in are taken one by one. */
interface Said {
  readonly input: CommandInput;
}

const PARAMETERS: ValueKind<readonly DeclaredParameter[]> = {
  form: "<parameter>",
  read: ({ value }) => (value as readonly string[]).map(readDeclaredParameter),
  schema: {},
};

const PARAMS_FILE: ValueKind<string> = { form: "<file>", read: readParamsFile, schema: { type: "string" } };

const TEMPLATES: ValueKind<readonly string[]> = {
  form: "<file>",
  read: readTemplates,
  schema: { anyOf: [{ type: "string" }, { type: "array", minItems: 1, items: { type: "string" } }] },
};

/** Parameters one by one, and how they reach the program. */
export const INPUT_SETTINGS = [
  setting({
    name: "param",
    value: PARAMETERS,
    into: (declared) => ({ declared }),
    again: ({ declared = [] }) => declared.map(({ name, text }) => `${name} ${text}`),
    help: 'declare a parameter: lr=1e-5..1e-1:log or "lr 1e-5..1e-1 log"',
    repeatable: true,
    inFile: false,
    commands: ["run", "try"],
    guide: "declares a parameter outside the command, without characters special to a shell: `lr=1e-5..1e-1:log`",
  }),
  setting({
    name: "args-style",
    value: word("<style>", ARGS_STYLES),
    into: (argsStyle): Said => ({ input: { argsStyle } }),
    again: ({ input }) => input?.argsStyle,
    help: "how ${args} and values at places are written: equals, space, python, hydra",
    default: "equals",
    commands: ["run", "try", "confirm"],
    describe: "How ${args} and values at places are written.",
    guide:
      "how `${args}` and values at places are written: `equals`, `space`, `python`, `hydra`; see [Parameters in](parameters-in.md)",
  }),
  setting({
    name: "booleans",
    value: word("<form>", BOOLEAN_FORMS),
    into: (booleans): Said => ({ input: { booleans } }),
    again: ({ input }) => input?.booleans,
    help: "a boolean behind a flag is a value, a flag (or nothing), or --flag/--no-flag: value, flag, no-flag",
    commands: ["run", "try", "confirm"],
    describe: "How a boolean behind a flag is written.",
    guide: "a boolean behind a flag: `value`, `flag`, `no-flag`",
  }),
  setting({
    name: "params-file",
    value: PARAMS_FILE,
    into: (paramsFile): Said => ({ input: { paramsFile } }),
    again: ({ input }) => input?.paramsFile,
    help: "write all parameters to this file for each trial: config.json, .yaml or .toml",
    commands: ["run", "try", "confirm"],
    describe: "A file with all parameters, written for each trial: params.json, .yaml, .toml.",
    guide: "a file with all parameters, written for each trial: `config.json`, `.yaml`, `.toml`",
  }),
  setting({
    name: "template",
    value: TEMPLATES,
    into: (templates): Said => ({ input: { templates } }),
    again: ({ input }) => input?.templates,
    help: "fill this file for each trial: config.yaml.attune makes config.yaml",
    repeatable: true,
    commands: ["run", "try", "confirm"],
    describe: "A file to fill for each trial, or a list of them: config.yaml.attune.",
    guide: "a config file of yours to fill for each trial: `config.yaml.attune` makes `config.yaml`",
    keyGuide: "a file to fill for each trial, or a list: `config.yaml.attune` makes `config.yaml`",
  }),
  setting({
    name: "stdin",
    value: word("<format>", PARAMS_FORMATS),
    into: (stdin): Said => ({ input: { stdin } }),
    again: ({ input }) => input?.stdin,
    help: "all parameters on standard input: json, yaml or toml",
    commands: ["run", "try", "confirm"],
    describe: "All parameters on standard input.",
    guide: "all parameters on standard input: `json`, `yaml`, `toml`",
  }),
] as const;

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
