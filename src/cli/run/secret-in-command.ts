import { AttuneError } from "../../errors.ts";
import { holdsSecret, variableWithin } from "../../executor/command/command-secrets.ts";
import { REDACTED } from "../../executor/command/secret-patterns.ts";
import { printableCommand } from "../../protocol/index.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";

/** Where a secret of a command is, and how to keep it out; null where the command holds none. */
export function secretNotice(
  command: CommandTemplate,
  location: string,
  environment: NodeJS.ProcessEnv,
): string | null {
  if (!holdsSecret(command, environment)) return null;
  return (
    `the command holds a secret. It is kept in ${location}, which you alone can read, and printed as ${REDACTED}; to keep it out, ` +
    `let the program's shell put it in at run time, by a text command in a study file: ${wayOut(command, environment)}`
  );
}

function wayOut(command: CommandTemplate, environment: NodeJS.ProcessEnv): string {
  const name = variableWithin(command, environment) ?? "DB_PASSWORD";
  return `command: my-program --password "$${name}"`;
}

/**
 * Refuses a command that was copied from what was printed.
 *
 * @throws AttuneError `invalid-argument`.
 */
export function refuseRedacted(command: CommandTemplate): void {
  if (!printableCommand(command).includes(REDACTED)) return;
  throw new AttuneError(
    "invalid-argument",
    `The command has ${REDACTED} in place of a secret; write the secret itself, or "$DB_PASSWORD" in a text command, whose shell puts the variable in.`,
  );
}
