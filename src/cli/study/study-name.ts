import type { CommandTemplate } from "../../trial/study-definition.ts";

const ASSIGNMENT = /^[A-Za-z_]\w*=/;
/** Endings of names of programs; other ends belong to the name (`svm-train-3.2`). */
const ENDING =
  /(?<=.)\.(?:py[wcz]?|r|jl|m|[mc]?js|[mc]?ts|[jt]sx|rb|p[lm]|php|lua|(?:ba|z|k|fi)?sh|ps1|bat|cmd|exe|com|jar|class|dll|awk|ipynb|go|rs|cc?|cpp|f90|java|kts?|scala|groovy|tcl|csproj|fsproj|sbatch|slurm|appimage|bin|pex)$/i;
const SCRIPT = /\.(?:py[wcz]?|r|jl|m|[mc]?js|[mc]?ts|rb|pl|php|lua|sh|jar|ipynb|dll|exe|go)$/i;
/** What a shell does itself before it starts a program. */
const SHELL_WORDS = new Set(
  "cd export set unset source . ulimit umask mkdir echo printf true false test [ [[ module trap shopt alias for case select function done fi esac read sleep wait".split(
    " ",
  ),
);

/** Behind which a program stands. */
const LEADING_WORDS = new Set("if then else elif while until do ! { } time exec command nohup".split(" "));
/** Characters of a shell text that are looked into: the first program stands at its beginning. */
const MOST_LOOKED = 4096;
const QUOTED = String.raw`\\.|"(?:\\.|[^"\\])*"|'[^']*'`;
/** What stands between `;`, `|`, `&&` and their like, and a word of it; neither ends within quotes or within a place for a parameter. */
const SHELL_PART = new RegExp(String.raw`(?:${QUOTED}|\{\w+:[^}]*\}|[^&|;\n()])+`, "g");
const SHELL_WORD = new RegExp(String.raw`${QUOTED}|\{\w+:[^}]*\}|[^\s"']+`, "g");

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
    else return launcher.starts === "code" ? null : started(launcher, words.slice(at));
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
  for (const part of text.slice(0, MOST_LOOKED).match(SHELL_PART) ?? []) {
    const words = (part.match(SHELL_WORD) ?? []).map((word) => word.replace(/^(["'])(.*)\1$/s, "$2"));
    const at = words.findIndex((word) => !ASSIGNMENT.test(word) && !LEADING_WORDS.has(word));
    const program = words[at];
    if (program !== undefined && !SHELL_WORDS.has(program)) return nameOfWords(words.slice(at));
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

/** A program that starts another one. */
interface Launcher {
  /** Its own first words, when it starts something with these alone: `run`, of several one. */
  readonly words?: readonly string[];
  /** Options of its own that take the next word. */
  readonly valued?: readonly string[];
  /** How many words without a dash stand before what it starts (the seconds of `timeout`). */
  readonly before?: number;
  /**
   * What stands behind its options: any program; a script of its own language; a container's image and perhaps a program within; code.
   */
  readonly starts: "program" | "script" | "image" | "code";
  /** Options that name a module, the file or the class to start. */
  readonly module?: readonly string[];
  readonly file?: readonly string[];
  /** Options that hand over code: then it is named itself. */
  readonly code?: readonly string[];
}

const words = (text: string): readonly string[] => text.split(" ");
const program = (valued = "", more: Partial<Launcher> = {}): Launcher => ({
  valued: words(valued),
  starts: "program",
  ...more,
});
const script = (valued = "", more: Partial<Launcher> = {}): Launcher => ({
  valued: words(valued),
  starts: "script",
  ...more,
});

const PYTHON = script("-W -X -Q --check-hash-based-pycs", { module: ["-m"], code: ["-c"] });
const NODE = script("-r --require --import --loader --experimental-loader -C --conditions", {
  code: words("-e --eval -p --print"),
});
/** Its first word is code, unless it is given a file. */
const AWK: Launcher = { starts: "code", file: ["-f"], valued: words("-v -F") };
const SHELL = script("-o +o -O +O --rcfile --init-file");
const MPI = program(
  "-n -np -N -c -H -x -f -ppn --host --hosts --hostfile --map-by --bind-to -machinefile --mca -ppn -genv",
);
const CONTAINER_OPTIONS =
  "-e --env --env-file -v --volume -w --workdir -u --user -p --publish -m --memory -h --hostname -l --label --name --gpus --cpus " +
  "--network --net --mount --entrypoint --shm-size --ipc --device --platform --pull --add-host --cap-add --ulimit --runtime " +
  "--cpuset-cpus --restart --security-opt -B --bind -H --home --pwd --overlay";
const CONTAINER: Launcher = { words: ["run", "exec"], valued: words(CONTAINER_OPTIONS), starts: "image" };
const CONDA = program("-n --name -p --prefix --cwd", { words: ["run"] });
const RUN = (valued = ""): Launcher => program(valued, { words: ["run"] });
const EXEC = (valued = ""): Launcher => program(valued, { words: ["exec", "run", "dlx", "x"] });
const TORCH = script(
  "--nnodes --nproc_per_node --nproc-per-node --rdzv_backend --rdzv-backend --rdzv_endpoint --rdzv-endpoint --rdzv_id --rdzv-id " +
    "--rdzv_conf --rdzv-conf --max_restarts --max-restarts --node_rank --node-rank --master_addr --master-addr --master_port " +
    "--master-port --log_dir --log-dir --start_method --role -r --redirects -t --tee",
  { module: words("-m --module") },
);
const ACCELERATE = script(
  "--config_file --num_processes --num_machines --machine_rank --main_process_ip --main_process_port --mixed_precision --gpu_ids " +
    "--num_cpu_threads_per_process --dynamo_backend --deepspeed_config_file",
  { words: ["launch"], module: words("-m --module") },
);
const DEEPSPEED = script(
  "-H --hostfile -i --include -e --exclude --num_nodes --num_gpus --master_port --master_addr --launcher",
  { module: ["--module"] },
);

/** Programs by what their names look like, without their folder, `.exe` and version. */
const LAUNCHERS: ReadonlyMap<string, Launcher> = new Map<string, Launcher>([
  ["env", program("-u --unset -C --chdir")],
  ["nice", program("-n --adjustment")],
  ["ionice", program("-c --class -n --classdata")],
  ["nohup", program()],
  ["time", program("-f --format -o --output")],
  ["timeout", program("-s --signal -k --kill-after", { before: 1 })],
  ["stdbuf", program("-i --input -o --output -e --error")],
  ["setsid", program()],
  ["chrt", program("-T -P -D", { before: 1 })],
  ["taskset", program("", { before: 1 })],
  ["numactl", program("-N -m -C -p -i --cpunodebind --membind --physcpubind --preferred --interleave")],
  ["sudo", program("-u --user -g --group")],
  ["doas", program("-u")],
  ["unbuffer", program()],
  ["caffeinate", program("-t -w")],
  ["xvfb-run", program("-n --server-num -s --server-args -e --error-file -f --auth-file")],
  ["strace", program("-o -e -p -s")],
  ["valgrind", program()],
  ["perf", program("-e --event -o --output -r --repeat", { words: ["stat", "record"] })],
  [
    "srun",
    program(
      "-n -N -c -p -t -J -A -w -q -o -e --ntasks --nodes --cpus-per-task --partition --time --job-name --account",
    ),
  ],
  ["mpirun", MPI],
  ["mpiexec", MPI],
  ["horovodrun", MPI],
  ["exec", program()],
  ["command", program()],
  [
    "uv",
    program(
      "--with --python -p --extra --group --package --project --directory --env-file --index --with-requirements",
      {
        words: ["run"],
        module: words("-m --module"),
      },
    ),
  ],
  ["uvx", program("--from --with --python -p")],
  ["pipx", program("--spec --python", { words: ["run"] })],
  ["poetry", RUN("-C --directory -P --project")],
  ["pipenv", RUN()],
  ["pdm", RUN("-p --project")],
  ["hatch", RUN("-e --env")],
  ["rye", RUN()],
  ["pixi", RUN("-e --environment --manifest-path")],
  ["conda", CONDA],
  ["mamba", CONDA],
  ["micromamba", CONDA],
  ["npx", program("-p --package")],
  ["npm", EXEC("-w --workspace --prefix")],
  ["pnpm", EXEC("-C --dir --filter")],
  ["yarn", EXEC("--cwd")],
  ["bundle", EXEC()],
  ["docker", CONTAINER],
  ["podman", CONTAINER],
  ["singularity", CONTAINER],
  ["apptainer", CONTAINER],
  ["python", PYTHON],
  ["pythonw", PYTHON],
  ["pypy", PYTHON],
  ["py", PYTHON],
  ["ipython", script("--profile", { module: ["-m"], code: ["-c"] })],
  ["coverage", script("--rcfile --source --omit --include --data-file", { words: ["run"], module: ["-m"] })],
  ["kernprof", script("-o --outfile -s --setup")],
  ["torchrun", TORCH],
  ["accelerate", ACCELERATE],
  ["accelerate-launch", { ...ACCELERATE, words: [] }],
  ["deepspeed", DEEPSPEED],
  [
    "composer",
    script("-n --nproc --world_size --node_rank --master_addr --master_port", { module: words("-m --module_mode") }),
  ],
  [
    "spark-submit",
    script(
      "--master --deploy-mode --name --jars --packages --py-files --conf --driver-memory --executor-memory --num-executors",
      {
        file: ["--class"],
      },
    ),
  ],
  ["papermill", script("-p --parameters -f -k --kernel")],
  ["rscript", script("", { code: ["-e"] })],
  ["r", script("-d --debugger -g --gui", { file: ["-f", "--file"], code: ["-e"] })],
  [
    "julia",
    script("-t --threads -p --procs -L --load -J --sysimage -C --cpu-target -H --home", {
      code: words("-e --eval -E --print"),
    }),
  ],
  ["node", NODE],
  ["nodejs", NODE],
  ["tsx", NODE],
  ["ts-node", NODE],
  ["bun", { ...NODE, words: ["run", ""] }],
  ["deno", { ...NODE, words: ["run"] }],
  ["ruby", script("-I -r -C", { code: ["-e"] })],
  ["perl", script("-I", { code: words("-e -E") })],
  ["php", script("-d -c", { file: ["-f"], code: ["-r"] })],
  ["lua", script("-l", { code: ["-e"] })],
  ["luajit", script("-l", { code: ["-e"] })],
  ["octave", script("-p --path", { code: ["--eval"] })],
  ["octave-cli", script("-p --path", { code: ["--eval"] })],
  ["awk", AWK],
  ["gawk", AWK],
  ["mawk", AWK],
  ["java", script("-cp -classpath --class-path -p --module-path --add-modules", { file: words("-jar -m --module") })],
  ["dotnet", script("-c --configuration -f --framework", { words: ["run", "exec", ""], file: ["--project"] })],
  ["mono", script()],
  ["wine", program()],
  ["wine64", program()],
  [
    "cargo",
    script("-p --package --features --profile --target --manifest-path", {
      words: ["run"],
      file: ["--bin", "--example"],
    }),
  ],
  ["go", script("-C -tags", { words: ["run"] })],
  ["pwsh", script("-ExecutionPolicy", { file: ["-File"], code: ["-Command", "-c"] })],
  ["powershell", script("-ExecutionPolicy", { file: ["-File"], code: ["-Command", "-c"] })],
  ["cmd", program()],
  ...words("sh bash zsh dash ksh ash fish").map((name): [string, Launcher] => [name, SHELL]),
]);

/** Modules that `python -m` starts to start another script. */
const LAUNCHING_MODULES: ReadonlyMap<string, Launcher> = new Map<string, Launcher>([
  ["torch.distributed.run", TORCH],
  ["torch.distributed.launch", TORCH],
  ["accelerate.commands.launch", { ...ACCELERATE, words: [] }],
  ["accelerate", ACCELERATE],
  ["deepspeed.launcher.runner", DEEPSPEED],
  ["coverage", script("--rcfile --source", { words: ["run"], module: ["-m"] })],
  ["cProfile", script("-o -s", { module: ["-m"] })],
  ["pdb", script("-c", { module: ["-m"] })],
  ["kernprof", script("-o")],
]);
