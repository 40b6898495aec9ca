import type { JsonValue } from "../../space/json.ts";
import type { CommandInput } from "../../trial/command-input.ts";
import type { GivenSetting } from "./given-setting.ts";

/** Part of a JSON Schema. */
export type Schema = Readonly<Record<string, JsonValue>>;

/** What a schema takes from the rooms below, which are loaded for it alone. */
interface SchemaParts {
  readonly samplers: readonly string[];
  readonly schedulers: readonly string[];
  readonly space: Schema;
}

/** Where the words come from that a value is completed with. */
export type WordSource = "studies" | "samplers" | "schedulers" | "figures";

/** What a value may be: how the help shows it, how it is read, what its schema and its completion are. */
export interface ValueKind<V> {
  /** As the help shows it, `<number>`; empty for a flag. */
  readonly form: string;
  /** @throws AttuneError that says what was given and what is allowed. */
  readonly read: (given: GivenSetting) => V;
  readonly schema: Schema | ((parts: SchemaParts) => Schema);
  /** What completes it; else files do. */
  readonly words?: WordSource | readonly string[];
  /** What the word of an option stands for, where it is not the value that a study file would have. */
  readonly ofOption?: (given: GivenSetting) => GivenSetting | Promise<GivenSetting>;
}

/**
 * All that is said of one setting: `--name` for the commands that take it, the key `name` of a study file, the schema, completion, help and
 * guide of both, and what it says.
 */
export interface SettingDeclaration<N extends string = string, V = unknown, S extends object = object> {
  readonly name: N;
  readonly value: ValueKind<V>;
  /** What it says. */
  readonly read: (given: GivenSetting) => S;
  /** The option's values that say the same again, for a line to paste; undefined when the settings do not say it. */
  readonly again?: ((settings: Partial<S>) => string | readonly string[] | boolean | undefined) | undefined;
  /** One letter. */
  readonly short?: string;
  /** One line for the help, without default and full stop; `helpIn` for commands where it means something more special. */
  readonly help: string;
  readonly helpIn?: Readonly<Record<string, string>>;
  /** What the help calls the default, in the words of the option where it is a value. */
  readonly default?: string;
  /** The commands with the option. */
  readonly commands: readonly string[];
  /** Whether the option may be given again. */
  readonly repeatable?: boolean;
  /** The key of a study file, where it is not the option's name: a list of what an option says one of. */
  readonly key?: string;
  /** False for an option that study files have no key for. */
  readonly inFile?: boolean;
  /** A sentence for editors; default: the help. */
  readonly describe?: string;
  /** What the guide says of the option and of the key, in Markdown; default: the help. */
  readonly guide?: string;
  readonly keyGuide?: string;
  /** What the key's default is called, when that is another. */
  readonly keyDefault?: string;
  /** The version that had it first, when that is not 0.1. */
  readonly since?: string;
}

/** `idleTimeout` for `idle-timeout`, as commander and the settings call it. */
export type Camel<N extends string> = N extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : N;

/** A declaration as it is written; without `into` the value is said under the setting's own name, `idleTimeout` for `idle-timeout`. */
type WrittenDeclaration<N extends string, V, S extends object> = Omit<SettingDeclaration<N, V, S>, "read"> & {
  readonly into?: (value: V, given: GivenSetting) => S;
};

/** Declares a setting. */
export function setting<const N extends string, V, S extends object = Readonly<Record<Camel<N>, V>>>({
  into,
  ...written
}: WrittenDeclaration<N, V, S>): SettingDeclaration<N, V, S> {
  const { name, value } = written;
  const say = into ?? ((said: V) => ({ [camelCase(name)]: said }) as S);
  return { ...written, read: (given) => say(value.read(given), given) };
}

/** What a study file calls a setting. */
export function keyOf({ name, key = name }: SettingDeclaration): string {
  return key;
}

/** {@link Camel} of a name. */
export function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** What settings of these lists may say together. */
export type Said<L extends readonly SettingDeclaration[]> = Readonly<Partial<Together<SaidBy<L[number]>>>>;

type SaidBy<D> = D extends { readonly read: (given: GivenSetting) => infer S } ? S : never;

type Together<U> = (U extends unknown ? (said: U) => void : never) extends (said: infer I) => void ? I : never;

/** The schemas of the settings' keys. */
export function keySchemas(
  settings: readonly SettingDeclaration[],
  parts: SchemaParts,
): Readonly<Record<string, Schema>> {
  return Object.fromEntries(
    settings.filter(({ inFile }) => inFile !== false).map((declared) => [keyOf(declared), schemaOf(declared, parts)]),
  );
}

function schemaOf({ value, describe, help }: SettingDeclaration, parts: SchemaParts): Schema {
  const schema = typeof value.schema === "function" ? value.schema(parts) : value.schema;
  const description = describe ?? schema.description ?? `${help.charAt(0).toUpperCase()}${help.slice(1)}.`;
  return { ...schema, description };
}

/** Settings with later ones put over them; the ways in are taken one by one. */
export function mergeSettings<S extends { readonly input?: CommandInput }>(settings: S, later: S): S {
  const both = { ...settings, ...later };
  const { input } = settings;
  return input === undefined || later.input === undefined ? both : { ...both, input: { ...input, ...later.input } };
}
