import { commandSecrets, withoutCommandSecrets, withoutNamedSecrets } from "../executor/command/command-secrets.ts";
import { SecretRedactor } from "../executor/command/secret-redactor.ts";
import type { StudyReader } from "../study/study-reader.ts";
import type { CommandTemplate } from "../trial/study-definition.ts";

/** Texts up to this length come again and again (choices, names) and are remembered. */
const SHORT = 200;

const known = new Set<string>();
let redactor: SecretRedactor | null = null;

/** From now on these are taken out of all that this process prints. */
function hideSecrets(secrets: Iterable<string>): void {
  const before = known.size;
  for (const secret of secrets) known.add(secret);
  if (known.size > before) redactor = null;
}

/** A text without the secrets it quotes: those known by their form, of this process's environment, and of commands. */
export function withoutSecrets(text: string): string {
  redactor ??= new SecretRedactor(process.env, [...known]);
  if (text.length <= SHORT && redactor.isFree(text)) return text;
  return redactor.clean(text);
}

/** The same of every text within a value of JSON: itself where there are no secrets, for it may be large. */
export function withoutSecretsInside(value: unknown): unknown {
  if (typeof value === "string") return withoutSecrets(value);
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? cleanList(value) : cleanObject(value as Readonly<Record<string, unknown>>);
}

function cleanList(value: readonly unknown[]): readonly unknown[] {
  let clean: unknown[] | null = null;
  for (const [place, inner] of value.entries()) {
    const own = withoutSecretsInside(inner);
    if (clean === null && !Object.is(own, inner)) clean = value.slice(0, place);
    clean?.push(own);
  }
  return clean ?? value;
}

function cleanObject(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  let clean: [string, unknown][] | null = null;
  const keys = Object.keys(value);
  for (const [place, key] of keys.entries()) {
    const inner = value[key];
    const own = [withoutSecrets(key), withoutSecretsInside(inner)] as [string, unknown];
    if (clean === null && (own[0] !== key || !Object.is(own[1], inner)))
      clean = keys.slice(0, place).map((before) => [before, value[before]]);
    clean?.push(own);
  }
  return clean === null ? value : Object.fromEntries(clean);
}

/** From now on the secrets that a command holds are taken out of all that this process prints. */
export function learnSecrets(command: CommandTemplate | null | undefined): void {
  if (command === null || command === undefined) return;
  hideSecrets(commandSecrets(command));
}

/** The same of all commands that a study keeps. */
export function learnStudySecrets({ settings, heldOut }: Pick<StudyReader, "settings" | "heldOut">): void {
  learnSecrets(settings.command);
  for (const { command } of heldOut) learnSecrets(command);
}

/** A command line without the secrets it holds, also those that only their option tells. */
export function printedCommand(line: string): string {
  return withoutSecrets(withoutNamedSecrets(line));
}

/** The same of a command that is no line yet. */
export function printedTemplate(command: CommandTemplate): CommandTemplate {
  const named = withoutCommandSecrets(command);
  if ("shell" in named) return { ...named, shell: withoutSecrets(named.shell) };
  return { ...named, argv: named.argv.map(withoutSecrets) };
}

/** A program's words without the secrets they hold. */
export function wordsWithoutSecrets(argv: readonly string[]): readonly string[] {
  const command = printedTemplate({ argv });
  return "argv" in command ? command.argv : argv;
}
