/** How `${args}` and places write a parameter: `--name=value`, `--name value`, `--name=` with a Python literal, or Hydra's `name=value`. */
export const ARGS_STYLES = ["equals", "space", "python", "hydra"] as const;
/** What a boolean is as an argument: a value, `--flag` or nothing, `--flag` or `--no-flag`. */
export const BOOLEAN_FORMS = ["value", "flag", "no-flag"] as const;
/** The formats a set of parameters can be written in. */
export const PARAMS_FORMATS = ["json", "yaml", "toml"] as const;

export type ArgsStyle = (typeof ARGS_STYLES)[number];
export type BooleanForm = (typeof BOOLEAN_FORMS)[number];
export type ParamsFormat = (typeof PARAMS_FORMATS)[number];

/** How parameters reach a program besides the places in its command; what is left out is not used. */
export interface CommandInput {
  /** Default `equals`. */
  readonly argsStyle?: ArgsStyle;
  /** Default `value`. */
  readonly booleans?: BooleanForm;
  /** A file with all parameters, written for each trial; its ending says the format. Relative to the working folder. */
  readonly paramsFile?: string;
  /** The user's files `NAME.attune`, from which `NAME` is written for each trial. Relative to the working folder. */
  readonly templates?: readonly string[];
  /** All parameters on standard input, in this format. */
  readonly stdin?: ParamsFormat;
}
