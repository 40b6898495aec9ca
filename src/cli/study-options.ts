import type { Command } from "commander";

/** Declares what every command about one study takes: `[study]`, `--study`, `--storage`. */
export function addStudyTarget(command: Command): Command {
  return command
    .argument("[study]", "the study's name or its study file; may be left out when the storage holds one study")
    .option("--study <name>", "the same as an option")
    .option("--storage <file-or-url>", "where studies are kept (default: ATTUNE_STORAGE or attune.db)");
}

/** Declares how parameters reach a program, and parameters themselves. */
export function addInputOptions(command: Command): Command {
  return addWayInOptions(
    command.option(
      "--param <parameter>",
      'declare a parameter: lr=1e-5..1e-1:log or "lr 1e-5..1e-1 log"; may be given again',
      collect,
    ),
  );
}

/** Declares how parameters reach a program. */
export function addWayInOptions(command: Command): Command {
  return command
    .option(
      "--args-style <style>",
      "how ${args} and values at places are written: equals, space, python, hydra (default: equals)",
    )
    .option(
      "--booleans <form>",
      "a boolean behind a flag is a value, a flag (or nothing), or --flag/--no-flag: value, flag, no-flag",
    )
    .option("--params-file <file>", "write all parameters to this file for each trial: config.json, .yaml or .toml")
    .option(
      "--template <file>",
      "fill this file for each trial: config.yaml.attune makes config.yaml; may be given again",
      collect,
    )
    .option("--stdin <format>", "all parameters on standard input: json, yaml or toml");
}

/** Declares what every command that may begin a study takes. */
export function addCreationOptions(command: Command): Command {
  return command
    .option("--study <name>", "name of the study (default: from the study file or the program)")
    .option("--storage <file-or-url>", "where studies are kept (default: ATTUNE_STORAGE or attune.db)")
    .option("--minimize <metric>", "the metric to make small")
    .option("--maximize <metric>", "the metric to make large")
    .option("--where <expression>", "a constraint, such as 'batch * layers <= 256'; may be given again", collect)
    .option("--was <value>", "what trials without a new parameter count as: dropout=0 (else its default)", collect)
    .option(
      "--sampler <sampler>",
      "auto, gp, tpe, qmc, grid, random, or with options: '{name: grid, points: {lr: 7}}' (default: auto)",
    )
    .option("--think <time>", "time a suggestion of gp or auto may take: 10ms, 50ms, 1s (default: no such limit)")
    .option("--seed <number>", "seed of the suggestions (default: drawn, stored and printed)");
}

/** Gathers the values of an option that may be given again. */
export function collect(expression: string, before: readonly string[] = []): readonly string[] {
  return [...before, expression];
}
