import { commandSecrets, withoutCommandSecrets, withoutNamedSecrets } from "../executor/command/command-secrets.ts";
import type { StudyReader } from "../study/study-reader.ts";
import type { CommandTemplate } from "../trial/study-definition.ts";
import { hideSecrets, withoutSecrets } from "./without-secrets.ts";

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
