import type { CommandTemplate } from "../../trial/study-definition.ts";
import { LAUNCHERS, LAUNCHING_MODULES, type Launcher } from "./launchers.ts";

const ASSIGNMENT = /^[A-Za-z_]\w*=/;
/** Endings of names of programs; other ends belong to the name (`svm-train-3.2`). */
const ENDING =
  /(?<=.)\.(?:py[wcz]?|r|jl|m|[mc]?js|[mc]?ts|[jt]sx|rb|p[lm]|php|lua|(?:ba|z|k|fi)?sh|ps1|bat|cmd|exe|com|jar|class|dll|awk|ipynb|go|rs|cc?|cpp|f90|java|kts?|scala|groovy|tcl|csproj|fsproj|sbatch|slurm|appimage|bin|pex)$/i;
const SCRIPT = /\.(?:py[wcz]?|r|jl|m|[mc]?js|[mc]?ts|rb|pl|php|lua|sh|jar|ipynb|dll|exe|go)$/i;
/** What a shell does itself before it starts a program. */
const SHELL_WORDS = new Set(
  "cd export set unset source . ulimit umask mkdir echo true test [ module trap shopt alias".split(" "),
);

/**
 * The name of a study that was given none: that of the program which does the work, behind the interpreter, launcher or
 * container that starts it, without folder and ending: `train` for `python train.py` and for `torchrun --nproc-per-node 2
 * train.py`, `svm-train` for `svm-train bc.svm`.
 */
export function defaultStudyName(command: CommandTemplate): string {
  const name = "argv" in command ? nameOfWords(command.argv) : nameOfShell(command.shell);
  return name === null || name === "" ? "study" : name;
}

function nameOfWords(argv: readonly string[]): string | null {
  const at = argv.findIndex((word) => !ASSIGNMENT.test(word));
  const program = argv[at];
  if (program === undefined) return null;
  const own = stem(program);
  const launcher = LAUNCHERS.get(own.toLowerCase().replace(/^(python|pypy|lua|julia|octave)w?-?\d[\d.]*$/, "$1"));
  return (launcher === undefined ? null : behind(launcher, argv.slice(at + 1), isShell(own))) ?? own;
}

/** The name of what a launcher starts; null when that has none. */
function behind(launcher: Launcher, words: readonly string[], shell = false): string | null {
  const { words: own = [], valued = [], module = [], file = [], code = [] } = launcher;
  const first = words[0] ?? "";
  if (own.length > 0 && !own.includes(first) && !own.includes("")) return null;
  let left = launcher.before ?? 0;
  for (let at = own.includes(first) && first !== "" ? 1 : 0; at < words.length; at++) {
    const word = words[at]!;
    const next = words[at + 1];
    const [option, attached] = parted(word);
    if (word === "--") continue;
    if (shell && /^-[a-z]*c$/.test(word)) return next === undefined ? null : nameOfShell(next);
    if (code.includes(word)) return null;
    if (module.includes(option)) return nameOfModule(attached ?? next ?? "", words.slice(at + (attached ? 1 : 2)));
    if (file.includes(option)) return stem(attached ?? next ?? "").replace(/^.*[./](?=\w)/, "");
    if (valued.includes(option)) at += attached === undefined ? 1 : 0;
    else if (isOption(word) || ASSIGNMENT.test(word)) continue;
    else if (left > 0) left--;
    else return started(launcher, words.slice(at));
  }
  return null;
}

function started({ starts }: Launcher, words: readonly string[]): string | null {
  const [word = "", ...rest] = words;
  if (starts === "program") return nameOfWords(words);
  if (starts === "image") return inImage(word, rest);
  // An option's value that nobody told of may come before the script.
  const script = SCRIPT.test(word) || !/^[\d,.:]+$/.test(word) ? word : words.find((one) => SCRIPT.test(one));
  const name = stem(script ?? word);
  return /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(name) ? name.split(".").at(-1)! : name;
}

/** A program within the image, where one is started by name; else the image without registry and tag. */
function inImage(image: string, words: readonly string[]): string {
  const [first = ""] = words;
  const isProgram =
    LAUNCHERS.has(
      stem(first)
        .toLowerCase()
        .replace(/\d[\d.]*$/, ""),
    ) || /^\.{0,2}\//.test(first);
  const named = isProgram || SCRIPT.test(first) ? nameOfWords(words) : null;
  return named ?? stem(image.replace(/[:@][^/]*$/, "").replace(/\.(?:sif|simg)$/, ""));
}

function nameOfModule(module: string, words: readonly string[]): string | null {
  const launcher = LAUNCHING_MODULES.get(module);
  const parts = module.split(".").filter((part) => part !== "__main__" && part !== "");
  return (launcher === undefined ? null : behind(launcher, words)) ?? parts.at(-1) ?? null;
}

/** The first program that a shell text starts. */
function nameOfShell(text: string): string | null {
  for (const part of text.split(/&&|\|\||[;&|\n()]/)) {
    const words = (part.match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? []).map((word) => word.replace(/^(["'])(.*)\1$/s, "$2"));
    const program = words.find((word) => !ASSIGNMENT.test(word));
    if (program !== undefined && !SHELL_WORDS.has(program)) return nameOfWords(words);
  }
  return null;
}

function isShell(name: string): boolean {
  return /^(?:ba|z|da|k|a|fi)?sh$/.test(name);
}

function isOption(word: string): boolean {
  return /^[-+]./.test(word) || /^\/[a-zA-Z]$/.test(word);
}

/** `--python=3.12` in its two parts. */
function parted(word: string): readonly [string, string | undefined] {
  const sign = word.startsWith("-") ? word.indexOf("=") : -1;
  return sign < 0 ? [word, undefined] : [word.slice(0, sign), word.slice(sign + 1)];
}

/** The last part of a path of either kind, without the ending of a program. */
function stem(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== "" && part !== "." && part !== "...");
  return (parts.at(-1) ?? "").replace(ENDING, "");
}
