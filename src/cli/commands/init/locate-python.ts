import { constants } from "node:fs";
import { access, open, stat } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { runQuietly } from "./watched-run.ts";

/** Programs that start what stands behind their own options, as it is. */
const PREFIXES = new Set(
  "env nice ionice nohup time timeout taskset numactl stdbuf setsid chrt xvfb-run catchsegv mpirun mpiexec mpiexec.hydra srun horovodrun".split(
    " ",
  ),
);
/** Python programs that run a script in their place, with words of their own before it. */
const LAUNCHERS = new Map<string, readonly string[]>([
  ["torchrun", []],
  ["accelerate", ["launch"]],
  ["accelerate-launch", []],
  ["deepspeed", []],
  ["coverage", ["run"]],
  ["kernprof", []],
  ["ipython", []],
  ["composer", []],
]);
const LAUNCHING_MODULES =
  /^(?:torch\.distributed\.(?:run|launch)|accelerate\.commands\.(?:launch|accelerate_cli)|accelerate|coverage|pdb|cProfile|deepspeed\.launcher\.runner)$/;
/** Keepers of environments: what interpreter they start is asked from themselves. */
const MANAGERS = new Set("uv poetry pipenv pdm hatch rye pixi conda mamba micromamba".split(" "));

/** Follows a command to the Python program that it runs; null when it runs none, or none that can be told. */
export async function locatePython(argv: readonly string[]): Promise<PythonProgram | null> {
  return await located(argv, {}, null, process.env.PATH ?? "");
}

type Env = Readonly<Record<string, string>>;

async function located(
  argv: readonly string[],
  env: Env,
  launcher: string | null,
  path: string,
): Promise<PythonProgram | null> {
  const [program = "", ...rest] = argv;
  const name = program.split("/").at(-1)!;
  if (PREFIXES.has(name)) return await behindPrefix(name, rest, env, path);
  if (MANAGERS.has(name)) return await inEnvironment(argv, env, path);
  if (isPythonName(program)) return await behindPython(program, [], rest, env, launcher);
  const file = await findExecutable(program, path);
  if (file === null) return null;
  const started = interpreterOf(await headOf(file));
  if (started === null) return null;
  const launching = LAUNCHERS.get(name);
  if (launching?.every((word, at) => rest[at] === word)) {
    return await behindLauncher(started.interpreter, rest.slice(launching.length), env, name);
  }
  const kind = file.endsWith(".py") ? ("script" as const) : ("entry" as const);
  return { ...started, kind, target: file, words: rest, env, launcher };
}

async function behindPython(
  interpreter: string,
  before: readonly string[],
  words: readonly string[],
  env: Env,
  launcher: string | null,
): Promise<PythonProgram | null> {
  const read = readPythonWords([...before, ...words]);
  if (read === null) return null;
  if (read.kind === "module" && LAUNCHING_MODULES.test(read.target)) {
    const own = /^(?:accelerate|coverage)$/.test(read.target) ? read.words.slice(1) : read.words;
    return await behindLauncher(interpreter, own, env, read.target);
  }
  return { interpreter, ...read, env, launcher };
}

/** The script behind a launcher's own options: the first word that is a Python file, or the module behind `-m`. */
async function behindLauncher(interpreter: string, words: readonly string[], env: Env, launcher: string) {
  for (const [at, word] of words.entries()) {
    if (/^(?:-m|--module)$/.test(word) && words[at + 1] !== undefined) {
      const rest = { kind: "module" as const, target: words[at + 1]!, words: words.slice(at + 2) };
      return { interpreter, flags: [], ...rest, isolated: false, env, launcher };
    }
    if (word.endsWith(".py") && (await isFile(word))) {
      const rest = { kind: "script" as const, target: word, words: words.slice(at + 1) };
      return { interpreter, flags: [], ...rest, isolated: false, env, launcher };
    }
  }
  return null;
}

async function behindPrefix(
  name: string,
  words: readonly string[],
  env: Env,
  path: string,
): Promise<PythonProgram | null> {
  const set: Record<string, string> = { ...env };
  for (const [at, word] of words.entries()) {
    const assigned = name === "env" ? /^(\w+)=(.*)$/s.exec(word) : null;
    if (assigned !== null) set[assigned[1]!] = assigned[2]!;
    else if (isPythonName(word) || LAUNCHERS.has(word) || PREFIXES.has(word) || (await startsPython(word, path)))
      return await located(words.slice(at), set, name, path);
  }
  return null;
}

async function startsPython(word: string, path: string): Promise<boolean> {
  if (word.startsWith("-") || /^\d/.test(word)) return false;
  const file = await findExecutable(word, path);
  return file !== null && interpreterOf(await headOf(file)) !== null;
}

/** `uv run …`, `poetry run …`: asks the environment's interpreter for its place, then goes on with that. */
async function inEnvironment(argv: readonly string[], env: Env, path: string): Promise<PythonProgram | null> {
  const run = argv.indexOf("run");
  if (run < 1) return null;
  for (let at = run + 1; at < argv.length; at++) {
    const word = argv[at]!;
    if (word.startsWith("-")) continue;
    const isScript = word.endsWith(".py") && (await isFile(word));
    const isModule = /^(?:-m|--module)$/.test(argv[at - 1]!);
    if (!isScript && !isModule && !isPythonName(word) && at + 1 < argv.length && argv[at - 1]!.startsWith("-"))
      continue;
    const before = argv.slice(0, isModule ? at - 1 : at);
    const asked = await runQuietly([...before, "python", "-c", "import sys; print(sys.executable)"], {
      env: { UV_OFFLINE: "1", UV_NO_SYNC: "1" },
    });
    const interpreter = asked.out.trim().split("\n").at(-1)?.trim() ?? "";
    if (!(await isFile(interpreter))) return null;
    const words = isModule ? ["-m", ...argv.slice(at)] : isPythonName(word) ? argv.slice(at + 1) : argv.slice(at);
    if (isScript || isModule || isPythonName(word)) return await behindPython(interpreter, [], words, env, argv[0]!);
    return await located(argv.slice(at), env, argv[0]!, `${dirname(interpreter)}:${path}`);
  }
  return null;
}

/** The interpreter of a file's first line; also behind `/bin/sh`, as installers write it for long paths. */
function interpreterOf(head: string): { interpreter: string; flags: readonly string[]; isolated: boolean } | null {
  const [first = "", second = ""] = head.split("\n");
  const long = first.startsWith("#!/bin/sh") ? /^'''exec' "?([^"\s]+)"?/.exec(second)?.[1] : undefined;
  const words = long === undefined ? (/^#!\s*(.*)$/.exec(first)?.[1] ?? "").trim().split(/\s+/) : [long];
  const own = /(?:^|\/)env$/.test(words[0]!) ? words.slice(1).filter((word) => word !== "-S") : words;
  const [interpreter = "", ...flags] = own;
  if (!isPythonName(interpreter)) return null;
  return { interpreter, flags, isolated: flags.some((flag) => /^-[a-zA-Z]*[IES]/.test(flag)) };
}

/** The file that a program's name stands for: itself when it is a path, else found on the PATH; null when there is none. */
async function findExecutable(name: string, path: string = process.env.PATH ?? ""): Promise<string | null> {
  if (name.includes("/")) return (await isFile(name)) ? name : null;
  for (const folder of path.split(delimiter).filter((folder) => folder !== "")) {
    const file = join(folder, name);
    if (!(await isFile(file))) continue;
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return file;
  }
  return null;
}

/** Whether a path names a file. */
export async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** The first bytes of a file as text, enough for its `#!` line; empty when it cannot be read. */
export async function headOf(path: string, bytes = 4096): Promise<string> {
  const file = await open(path).catch(() => null);
  if (file === null) return "";
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** What stands behind an interpreter's name. */
interface PythonWords {
  readonly flags: readonly string[];
  readonly kind: PythonTarget;
  readonly target: string;
  readonly words: readonly string[];
  readonly isolated: boolean;
}

/** Whether a word names a Python interpreter: `python`, `python3.12`, `/opt/env/bin/python3`, `pypy3`. */
function isPythonName(word: string): boolean {
  return /(?:^|[/\\])(?:python|pypy)[\d.]*(?:\.exe)?$/.test(word);
}

/** Reads the words behind `python`: its options, then a script, `-m module` or `-c text`; null when it would read from a terminal. */
function readPythonWords(words: readonly string[]): PythonWords | null {
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

/** What a Python interpreter runs: a script, the entry point of an installed program, a module (`-m`) or a text (`-c`). */
type PythonTarget = "script" | "entry" | "module" | "code";

/** A Python program behind whatever launches it. */
export interface PythonProgram {
  /** The interpreter, a path or a name on the PATH. */
  readonly interpreter: string;
  /** Its own options: `-u`, `-X dev`. */
  readonly flags: readonly string[];
  readonly kind: PythonTarget;
  /** The script's path, the module's name or the text. */
  readonly target: string;
  /** The words behind it. */
  readonly words: readonly string[];
  /** True when the interpreter does not look at the environment (`-I`, `-E`, `-S`). */
  readonly isolated: boolean;
  /** Variables that a launcher sets (`env A=1 python …`). */
  readonly env: Readonly<Record<string, string>>;
  /** The launcher that was followed to the script, null for none. */
  readonly launcher: string | null;
}
