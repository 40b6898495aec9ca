import { printableCommand } from "../../protocol/index.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";
import { isSecretName, REDACTED } from "./secret-patterns.ts";
import { SecretRedactor } from "./secret-redactor.ts";
import { mergeSpans, type SecretSpan, withoutSpans } from "./secret-span.ts";

/** Last words of options that take a secret: `--db-password`, `--api-key`. A number behind the second kind is a count. */
const PASSWORD = /(?:^|[-_.])(?:passw(?:or)?d|passphrase|pwd)$/i;
const TOKEN = /(?:^|[-_.])(?:token|secret|pass|(?:api|access|auth|account|secret|private)[-_]?key)$/i;
/** A word of a POSIX shell, with its quotes and what the shell puts in. */
const WORD = `(?:\\$\\([^)]*\\)|\`[^\`]*\`|'[^']*'|"(?:[^"\\\\]|\\\\[\\s\\S])*"|\\\\[\\s\\S]|[^\\s'"\\\\;|&<>()])+`;
const NAME = "-{0,2}[A-Za-z_][\\w.-]*";
/** `--password word`, `--password=word`, `db.password=word`, `NAME=word`, `"--password", "word"`; and as a whole in quotes, where it goes on to their end. */
const NAMED = new RegExp(
  `(?<=')(${NAME})(=)((?:[^']|'\\\\'')+)(?=')|(?<=")(${NAME})(=)((?:[^"\\\\]|\\\\[\\s\\S])+)(?=")|(?<=^|[\\s'"({;|&])(${NAME})(=|[ \\t]+|["']?,[ \\t]*)(${WORD})`,
  "g",
);
const SETTING = new RegExp(`^(${NAME})=([\\s\\S]+)$`);
/** What the program's shell puts in as it runs, and places of parameters, are no secrets. */
const PUT_IN = /^["']?(?:\$[A-Za-z_]\w*|\$\{[^}]*\}|\$\([\s\S]*\)|`[\s\S]*`|\{[\s\S]*\})["']?$/;
const NUMBER = /^[+-]?[\d.]+$/;
const FLAG = /^--?[A-Za-z]/;
/** A shorter value, or a word of letters alone, stands in too many other texts. */
const SHORTEST = 6;

/** Where secrets stand behind options and names in a command line (POSIX quoting). */
function namedSpans(line: string): readonly SecretSpan[] {
  const spans: SecretSpan[] = [];
  NAMED.lastIndex = 0;
  for (let match = NAMED.exec(line); match !== null; match = NAMED.exec(line)) {
    const [name = "", between = "", word = ""] = match.slice(1).filter((part) => part !== undefined);
    const from = match.index + name.length + between.length;
    if (takesSecret(name, between, unquoted(word)) && !PUT_IN.test(word)) {
      spans.push({ start: match.index, from, to: from + word.length });
    } else NAMED.lastIndex = from;
  }
  return spans;
}

function takesSecret(name: string, between: string, value: string): boolean {
  const isOption = name.startsWith("-");
  if (value === "" || (between !== "=" && (!isOption || FLAG.test(value)))) return false;
  if (PASSWORD.test(name)) return true;
  if (NUMBER.test(value)) return false;
  return TOKEN.test(name) || (!isOption && name === name.toUpperCase() && isSecretName(name));
}

/** The text of a word as the shell gives it to the program. */
function unquoted(word: string): string {
  return word.replace(
    /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g,
    (_all, single?: string, double?: string, escaped?: string) =>
      single ?? double?.replace(/\\([$`"\\])/g, "$1") ?? escaped ?? "",
  );
}

/** A command line without the secrets that stand behind its options (`--password …`, `API_KEY=…`), of whatever form. */
export function withoutNamedSecrets(line: string): string {
  return withoutSpans(line, mergeSpans(namedSpans(line)));
}

/** The secret of a word, behind the word before it (`--password`) or its own name (`--password=…`), and where it begins; or null. */
function secretOfWord(
  word: string,
  before: string | undefined,
): { readonly secret: string; readonly at: number } | null {
  if (PUT_IN.test(word)) return null;
  if (before !== undefined && takesSecret(before, " ", word)) return { secret: word, at: 0 };
  const [, name = "", value = ""] = SETTING.exec(word) ?? [];
  if (PUT_IN.test(value) || !takesSecret(name, "=", value)) return null;
  return { secret: value, at: name.length + 1 };
}

/** A command without the secrets that stand behind its options, each word for itself. */
export function withoutCommandSecrets(command: CommandTemplate): CommandTemplate {
  if ("shell" in command) return { ...command, shell: withoutNamedSecrets(command.shell) };
  const argv = command.argv.map((word, place) => {
    const found = secretOfWord(word, command.argv[place - 1]);
    return found === null ? word : word.slice(0, found.at) + REDACTED;
  });
  return { ...command, argv };
}

/**
 * The secrets that stand behind a command's options, which other texts may quote; none that is shorter than 6 characters or a
 * word of small letters alone, which would blot out what is no secret.
 */
export function commandSecrets(command: CommandTemplate): readonly string[] {
  const secrets =
    "argv" in command
      ? command.argv.map((word, place) => secretOfWord(word, command.argv[place - 1])?.secret ?? "")
      : namedSpans(command.shell).map(({ from, to }) => unquoted(command.shell.slice(from, to)));
  return [...new Set(secrets)].filter((secret) => secret.length >= SHORTEST && !/^[a-z]+$/.test(secret));
}

/** Whether a command holds a secret: behind an option, by its form, or the value of a variable of the environment. */
export function holdsSecret(command: CommandTemplate, environment: NodeJS.ProcessEnv): boolean {
  const line = printableCommand(command);
  return namedSpans(line).length > 0 || new SecretRedactor(environment).clean(line) !== line;
}

/** A variable of the environment whose value, a secret, stands in a command; null where none does. */
export function variableWithin(command: CommandTemplate, environment: NodeJS.ProcessEnv): string | null {
  const line = printableCommand(command);
  const found = Object.entries(environment).find(
    ([name, value]) => isSecretName(name) && new SecretRedactor({ [name]: value }).finds(line),
  );
  return found?.[0] ?? null;
}
