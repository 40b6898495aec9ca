import { Argument, type Command } from "commander";
import { completionScript, SHELLS, type Shell } from "../completion/completion-scripts.ts";
import type { CliContext } from "../context.ts";
import { plainLine } from "../render/plain-line.ts";

const HELP = `
Completes commands, options, the studies of the storage, samplers and figures.

Examples:
  eval "$(attune completion bash)"                                  # in ~/.bashrc
  source <(attune completion zsh)                                   # in ~/.zshrc, after compinit
  attune completion fish > ~/.config/fish/completions/attune.fish`;

/** `attune completion`: the script for a shell, and the words that it asks for. */
export function configure(command: Command, context: CliContext): void {
  const { output } = context;
  command
    .addArgument(new Argument("<shell>", "bash, zsh or fish").choices([...SHELLS, "words"]))
    .argument("[words...]", "for the scripts: the words typed so far")
    .addHelpText("after", HELP)
    .action(async (shell: Shell | "words", words: readonly string[]) => {
      if (shell !== "words") {
        output.out(completionScript(shell));
        return;
      }
      const { completeWords } = await import("../completion/complete-words.ts");
      for (const { word, about } of await completeWords(words, context)) output.out(`${word}\t${plainLine(about)}`);
    });
}
