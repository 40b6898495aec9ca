import type { Command } from "commander";

/** Declares what every command about one study takes: `[study]`, `--study`, `--storage`. */
export function addStudyTarget(command: Command): Command {
  return command
    .argument("[study]", "the study's name or its study file; may be left out when the storage holds one study")
    .option("--study <name>", "the same as an option")
    .option("--storage <file-or-url>", "where studies are kept (default: ATTUNE_STORAGE or attune.db)");
}

/** Declares what every command that may begin a study takes. */
export function addCreationOptions(command: Command): Command {
  return command
    .option("--study <name>", "name of the study (default: from the study file or the program)")
    .option("--storage <file-or-url>", "where studies are kept (default: ATTUNE_STORAGE or attune.db)")
    .option("--minimize <metric>", "the metric to make small")
    .option("--maximize <metric>", "the metric to make large")
    .option("--where <expression>", "a constraint, such as 'batch * layers <= 256'; may be given again", collect)
    .option(
      "--sampler <sampler>",
      "tpe, gp, qmc, grid, random, or with options: '{name: grid, points: {lr: 7}}' (default: tpe)",
    )
    .option("--seed <number>", "seed of the suggestions (default: drawn, stored and printed)");
}

function collect(expression: string, before: readonly string[] = []): readonly string[] {
  return [...before, expression];
}
