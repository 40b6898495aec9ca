import type { Command, Option } from "commander";
import { DeclaredOption, optionOf } from "./settings/options.ts";
import { STUDY_SETTINGS } from "./settings/study-settings.ts";

/** Declares what every command about one study takes: `[study]`, `--study`, `--storage`. */
export function addStudyTarget(command: Command): Command {
  return command
    .argument("[study]", "the study's name or its study file; may be left out when the storage holds one study")
    .addOption(studyOption("the same as an option"))
    .addOption(storageOption());
}

/** `--study`, for a command whose words say more than the study. */
export function studyOption(about = "the study (may be left out when the storage holds one)"): Option {
  return new DeclaredOption("--study <name>", about, { words: "studies" });
}

/** `--storage`. */
export function storageOption(about?: string): Option {
  const storage = STUDY_SETTINGS.find(({ name }) => name === "storage")!;
  return optionOf(about === undefined ? storage : { ...storage, help: about, guide: about }, "");
}

/** Gathers the values of an option that may be given again. */
export function collect(expression: string, before: readonly string[] = []): readonly string[] {
  return [...before, expression];
}
