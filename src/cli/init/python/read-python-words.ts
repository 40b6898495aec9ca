import type { PythonTarget } from "./python-program.ts";

/** What stands behind an interpreter's name. */
export interface PythonWords {
  readonly flags: readonly string[];
  readonly kind: PythonTarget;
  readonly target: string;
  readonly words: readonly string[];
  readonly isolated: boolean;
}

/** Whether a word names a Python interpreter: `python`, `python3.12`, `/opt/env/bin/python3`, `pypy3`. */
export function isPythonName(word: string): boolean {
  return /(?:^|[/\\])(?:python|pypy)[\d.]*(?:\.exe)?$/.test(word);
}

/** Reads the words behind `python`: its options, then a script, `-m module` or `-c text`; null when it would read from a terminal. */
export function readPythonWords(words: readonly string[]): PythonWords | null {
  const flags: string[] = [];
  let isolated = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (!word.startsWith("-")) return { flags, kind: "script", target: word, words: words.slice(at + 1), isolated };
    if (word === "-") return null;
    if (word.startsWith("--")) {
      flags.push(word);
      if (word === "--check-hash-based-pycs") flags.push(words[++at] ?? "");
      continue;
    }
    // Letters may be joined: `-um train` is `-u -m train`, `-Wignore` has its value at once.
    const valued = /[mcWX]/.exec(word);
    const letters = valued === null ? word : word.slice(0, valued.index);
    isolated ||= /[IES]/.test(letters);
    if (letters.length > 1) flags.push(letters);
    if (valued === null) continue;
    const value = word.slice(valued.index + 1) || (words[++at] ?? "");
    if (valued[0] === "W" || valued[0] === "X") flags.push(`-${valued[0]}`, value);
    else {
      const kind = valued[0] === "m" ? "module" : "code";
      return value === "" ? null : { flags, kind, target: value, words: words.slice(at + 1), isolated };
    }
  }
  return null;
}
