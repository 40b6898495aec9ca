import { existsSync } from "node:fs";
import { Argument, Command, type Option } from "commander";
import { AttuneError } from "../../errors.ts";
import { hasHidden } from "../../protocol/hidden-characters.ts";
import { plainLine } from "../../record/plain-line.ts";
import { storageFile } from "../../record/study-files.ts";
import { COMMANDS } from "../command-table.ts";
import type { CliContext } from "../context.ts";
import { visibleText } from "../render/text.ts";
import type { WordSource } from "../settings/declaration.ts";
import { DeclaredOption } from "../settings/table.ts";
import { storageLocation } from "../study/storage-location.ts";

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
      for (const { word, about } of await completeWords(words, context))
        if (!hasHidden(word)) output.out(`${word}\t${visibleText(plainLine(about))}`, "exact");
    });
}

/** The shells that completion is written for. */
const SHELLS = ["bash", "zsh", "fish"] as const;

type Shell = (typeof SHELLS)[number];

const BASH = `# Completion of attune for bash: eval "$(attune completion bash)"
_attune() {
  local line word
  COMPREPLY=()
  while IFS= read -r line; do
    printf -v word '%q' "\${line%%$'\\t'*}"
    COMPREPLY+=("$word")
  done < <(attune completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _attune attune`;

const ZSH = `#compdef attune
# Completion of attune for zsh: source <(attune completion zsh), after compinit
_attune() {
  local -a items
  local line name
  for line in "\${(@f)$(attune completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] || continue
    name=\${line%%$'\\t'*}
    items+=("\${name//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( $#items )); then _describe -t words attune items; else _files; fi
}
if [[ $funcstack[1] == _attune ]]; then _attune "$@"; else compdef _attune attune; fi`;

const FISH = `# Completion of attune for fish: attune completion fish | source
function __attune_words
  set -l before (commandline -opc)
  attune completion words -- $before[2..] (commandline -ct) 2>/dev/null
end
complete -c attune -n 'test (count (commandline -opc)) -lt 2' -f -a '(__attune_words)'
complete -c attune -n 'test (count (commandline -opc)) -ge 2' -a '(__attune_words)'`;

/** The script that teaches a shell to complete attune's commands, options, studies and samplers. */
function completionScript(shell: Shell): string {
  return { bash: BASH, zsh: ZSH, fish: FISH }[shell];
}

/** One way to go on with a command line. */
interface CompletedWord {
  readonly word: string;
  /** A few words about it, or empty. */
  readonly about: string;
}

/** Names of arguments that stand for a study. */
const STUDY_ARGUMENTS = ["study", "name", "words", "values", "trials"];

/**
 * What may stand at the last of these words, which may be unfinished or empty; none where a file may stand or nothing is known.
 */
export async function completeWords(words: readonly string[], context: CliContext): Promise<readonly CompletedWord[]> {
  const before = words.slice(0, -1);
  const current = words.at(-1) ?? "";
  if (before.includes("--")) return [];
  return (await candidates(before, current, context)).filter(({ word }) => word.startsWith(current));
}

async function candidates(
  before: readonly string[],
  current: string,
  context: CliContext,
): Promise<readonly CompletedWord[]> {
  const [name] = before;
  if (name === undefined || (name === "help" && before.length === 1)) return commandWords();
  const entry = COMMANDS.find((known) => known.name === name);
  if (entry === undefined) return [];
  const command = new Command(name);
  (await entry.load()).configure(command, context);
  const inner = command.commands.find((sub) => sub.name() === before[1]) ?? command;
  const option = optionBefore(before, inner);
  if (option !== null) return await optionValues(option, before, context);
  if (current.startsWith("-")) return optionWords(inner.options);
  if (command.commands.length > 0 && inner === command) {
    return command.commands.map((sub) => ({ word: sub.name(), about: sub.description() }));
  }
  const [choices] = inner.registeredArguments
    .map(({ argChoices }) => argChoices)
    .filter((found) => found !== undefined);
  if (choices !== undefined) {
    // What only the shells' scripts say is not offered.
    return choices.filter((word) => word !== "words").map((word) => ({ word, about: "" }));
  }
  const place = countArguments(before.slice(inner === command ? 1 : 2), inner);
  const argument = inner.registeredArguments[place] ?? inner.registeredArguments.at(-1);
  if (argument?.name() === "figure") return (await knownWords("figures")).map((word) => ({ word, about: "" }));
  return argument !== undefined && STUDY_ARGUMENTS.includes(argument.name()) ? await studyWords(before, context) : [];
}

function commandWords(): readonly CompletedWord[] {
  return COMMANDS.map(({ name, summary }) => ({ word: name, about: summary }));
}

function optionWords(options: readonly Option[]): readonly CompletedWord[] {
  const own = options.map(({ long, description }) => ({ word: long ?? "", about: description }));
  return [...own, { word: "--help", about: "print this help" }].filter(({ word }) => word !== "");
}

/** The option whose value is due, or null. */
function optionBefore(before: readonly string[], command: Command): Option | null {
  const last = before.at(-1);
  if (last === undefined) return null;
  return command.options.find(({ long, short, required }) => required && (last === long || last === short)) ?? null;
}

async function optionValues(
  option: Option,
  before: readonly string[],
  context: CliContext,
): Promise<readonly CompletedWord[]> {
  const { words = [] } = option instanceof DeclaredOption ? option.details : {};
  if (words === "studies") return await studyWords(before, context);
  const known = typeof words === "string" ? await knownWords(words) : words;
  return known.map((word) => ({ word, about: "" }));
}

async function knownWords(source: Exclude<WordSource, "studies">): Promise<readonly string[]> {
  switch (source) {
    case "samplers":
      return (await import("../../sampler/registry.ts")).samplerNames();
    case "schedulers":
      return (await import("../../scheduler/registry.ts")).schedulerNames();
    case "figures":
      return (await import("../../plot/index.ts")).FIGURE_NAMES;
  }
}

/** How many arguments these words hold, options and their values aside. */
function countArguments(words: readonly string[], command: Command): number {
  return words.filter((word, place) => !word.startsWith("-") && optionBefore(words.slice(0, place), command) === null)
    .length;
}

/** Names of the studies in the storage that the words name, else the usual one. */
async function studyWords(before: readonly string[], { environment }: CliContext): Promise<readonly CompletedWord[]> {
  const given = before[before.lastIndexOf("--storage") + 1];
  const location = storageLocation(before.includes("--storage") ? given : undefined, environment);
  const file = storageFile(location);
  if (file !== null && !existsSync(file)) return [];
  const { openStorage } = await import("../../storage/registry.ts");
  try {
    const storage = await openStorage(location);
    try {
      return (await storage.listStudies()).map(({ name }) => ({ word: name, about: "study" }));
    } finally {
      await storage.close();
    }
  } catch (error) {
    // A storage that cannot be read has nothing to offer; the command itself will say why.
    if (error instanceof AttuneError) return [];
    throw error;
  }
}
