import { SecretRedactor } from "../executor/command/secret-redactor.ts";

/** Texts up to this length come again and again (choices, names) and are remembered. */
const SHORT = 200;

const known = new Set<string>();
let redactor: SecretRedactor | null = null;

/** From now on these are taken out of all that this process prints. */
export function hideSecrets(secrets: Iterable<string>): void {
  for (const secret of secrets) known.add(secret);
  redactor = null;
}

/** A text without the secrets it quotes: those known by their form, of this process's environment, and of commands. */
export function withoutSecrets(text: string): string {
  redactor ??= new SecretRedactor(process.env, [...known]);
  if (text.length <= SHORT && redactor.isFree(text)) return text;
  return redactor.clean(text);
}
