import { Argument, type Command } from "commander";
import { hasHidden } from "../../protocol/hidden-characters.ts";
import { completionScript, SHELLS, type Shell } from "../completion/completion-scripts.ts";
import type { CliContext } from "../context.ts";
import { plainLine } from "../render/plain-line.ts";
import { visibleText } from "../render/visible-text.ts";

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
        output.out(completionScript(shell), "exact");
        return;
      }
      const { completeWords } = await import("../completion/complete-words.ts");
      for (const { word, about } of await completeWords(words, context))
        if (!hasHidden(word)) output.out(`${word}\t${visibleText(plainLine(about))}`, "exact");
    });
}
