import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, type TestContext } from "vitest";
import { attune, type Ended, folder, trials } from "./attune.ts";

const PYTHON = spawnSync(
  "python3",
  ["-c", "import sys; print(sys.executable) if sys.version_info >= (3, 8) else sys.exit(1)"],
  {
    encoding: "utf8",
  },
);
const python = PYTHON.status === 0 ? PYTHON.stdout.trim() : null;

function needsPython(context: TestContext): string {
  if (python === null) context.skip("there is no Python 3.8 or later here");
  return python!;
}

/** Work that leaves a trace in every way that comes to mind. */
const WORK = `
import os, socket, subprocess, sys
def attempt(name, work):
    try:
        work()
        print("did", name)
    except OSError as error:
        print("refused", name, error.errno)
attempt("open", lambda: open("made-open", "w"))
attempt("append", lambda: open("made-append", "a"))
attempt("os.open", lambda: os.open("made-os", os.O_CREAT | os.O_WRONLY))
attempt("mkdir", lambda: os.makedirs("made-dir/deep"))
attempt("mkfifo", lambda: os.mkfifo("made-fifo"))
attempt("rename", lambda: os.rename("kept", "made-renamed"))
attempt("remove", lambda: os.remove("kept"))
attempt("link", lambda: os.symlink("kept", "made-link"))
attempt("truncate", lambda: os.truncate("kept", 0))
attempt("subprocess", lambda: subprocess.run(["touch", "made-process"]))
attempt("shell", lambda: subprocess.run("touch made-shell", shell=True))
attempt("system", lambda: os.system("touch made-system"))
attempt("fork", lambda: os._exit(0) if os.fork() == 0 else None)
attempt("spawn", lambda: os.posix_spawn("/bin/touch", ["touch", "made-spawn"], {}))
attempt("socket", lambda: socket.create_connection(("127.0.0.1", 9), 1))
open("/dev/null", "w").write("x")
import tempfile
with tempfile.NamedTemporaryFile() as file: file.write(b"x")
with tempfile.TemporaryDirectory() as place: open(os.path.join(place, "x"), "w").close()
`;
const AFTER = `
open("made-after", "w")
print("loss=" + str((args.lr - 0.01) ** 2))
`;
const PARSER = `
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=1e-3, help="step of the search")
parser.add_argument("--layers", type=int, default=2)
parser.add_argument("--opt", choices=["adam", "sgd"], default="adam")
parser.add_argument("--nesterov", action="store_true")
parser.add_argument("--epochs", type=int, default=3)
`;

const made = (cwd: string): string =>
  execFileSync("sh", ["-c", "ls -d made* 2>/dev/null; if [ -s kept ]; then echo kept; fi"], { cwd, encoding: "utf8" });

async function init(cwd: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return await attune(cwd, ["init", "-o", "study.yaml", "--force", "--", ...words], env);
}

async function drafted(
  cwd: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { code, err } = await init(cwd, words, env);
  expect([code, err]).toEqual([0, expect.any(String)]);
  return execFileSync("cat", ["study.yaml"], { cwd, encoding: "utf8" });
}

describe("attune init asks the parser of a Python program", () => {
  it("and nothing that stands before or behind it leaves a trace", async (context) => {
    const interpreter = needsPython(context);
    const cwd = folder({ kept: "kept\n", "train.py": `${WORK}${PARSER}\nargs = parser.parse_args()${AFTER}` });
    const text = await drafted(cwd, [interpreter, "train.py"]);
    expect(made(cwd)).toBe("kept\n");
    expect(text).toContain('lr: "1e-5..0.1 log default 0.001"');
    expect(text).toContain(
      "# --lr: a learning rate: on the logarithm around its default (float, default 0.001); step of the search",
    );
    expect(text).toContain('opt: "adam | sgd default adam"');
    expect(text).toContain("#   --epochs (int, default 3): the length of training");
  });

  it("and the draft runs as it is, with flags as the program takes them", async (context) => {
    const interpreter = needsPython(context);
    const body = `${PARSER}\nparser.add_argument("--bias", dest="bias", action="store_true")\nparser.add_argument("--no-bias", dest="bias", action="store_false")
parser.set_defaults(bias=True)\nargs = parser.parse_args()\nprint(args.nesterov, args.bias, sep="/")\nprint("loss=" + str(args.lr + args.nesterov))`;
    const cwd = folder({ "train.py": body });
    const first = await attune(cwd, ["init", "--", interpreter, "train.py"]);
    writeFileSync(join(cwd, "study.yaml"), first.out);
    const run = await attune(cwd, ["run", "study.yaml", "--trials", "8", "--seed", "1"]);
    expect([run.code, run.err]).toEqual([0, expect.any(String)]);
    const done = await trials(cwd, "train");
    for (const { params, values } of done) {
      const { lr, nesterov } = params as { lr: number; nesterov: boolean };
      expect((values as { loss: number }).loss).toBeCloseTo(lr + (nesterov ? 1 : 0), 9);
    }
    expect(new Set(done.map(({ params }) => (params as { nesterov: boolean }).nesterov)).size).toBe(2);
    expect(new Set(done.map(({ params }) => (params as { bias: unknown }).bias)).size).toBe(2);
  });

  it("goes on behind a first parser that takes what it knows, and merges what all ask", async (context) => {
    const interpreter = needsPython(context);
    const first = `import argparse\nfirst = argparse.ArgumentParser()\nfirst.add_argument("--dropout", type=float, default=0.1)
known, rest = first.parse_known_args()\nassert rest[-1] == "--help" and known.dropout == 0.4`;
    const cwd = folder({ "train.py": `${first}${PARSER}\nargs = parser.parse_args(rest)${AFTER}` });
    const text = await drafted(cwd, [interpreter, "train.py", "--dropout", "0.4"]);
    expect(made(cwd)).toBe("");
    expect(text).toContain("#   --dropout (float, default 0.1): you gave it in the command");
    expect(text).toContain("lr: ");
  });

  it("lets a first parser answer to a --help of its own", async (context) => {
    const interpreter = needsPython(context);
    const first = `import argparse\nfirst = argparse.ArgumentParser(add_help=False)\nfirst.add_argument("--help", action="store_true")
known, rest = first.parse_known_args()\nif not known.help:\n    raise SystemExit(1)`;
    const cwd = folder({ "train.py": `${first}${PARSER}\nargs = parser.parse_args()${AFTER}` });
    expect(await drafted(cwd, [interpreter, "train.py"])).toContain("lr: ");
    expect(made(cwd)).toBe("");
  });

  it("gives one that cannot do without writing a passing place, and keeps nothing of it", async (context) => {
    const interpreter = needsPython(context);
    const before = `import logging, os, pathlib\nos.makedirs("made-logs/deep", exist_ok=True)\npathlib.Path("made-more").mkdir()
logging.basicConfig(filename="made-logs/deep/run.log")\nlogging.error("begun")\nassert open("made-logs/deep/run.log").read() != ""`;
    const cwd = folder({ "train.py": `${before}${PARSER}\nargs = parser.parse_args()${AFTER}` });
    expect(await drafted(cwd, [interpreter, "train.py"])).toContain("lr: ");
    expect(made(cwd)).toBe("");
  });

  it("takes the only call that parses for the last, though it takes only what it knows", async (context) => {
    const interpreter = needsPython(context);
    const cwd = folder({ "train.py": `${PARSER}\nargs, rest = parser.parse_known_args()${AFTER}` });
    expect(await drafted(cwd, [interpreter, "train.py"])).toContain("lr: ");
    expect(made(cwd)).toBe("");
  });

  it.for(["-I", "-E", "-Iu", "-S"])(
    "also under python %s, which does not look at the environment",
    async (flag, context) => {
      const interpreter = needsPython(context);
      const cwd = folder({ kept: "kept\n", "train.py": `${WORK}${PARSER}\nargs = parser.parse_args()${AFTER}` });
      expect(await drafted(cwd, [interpreter, flag, "train.py"])).toContain("lr: ");
      expect(made(cwd)).toBe("kept\n");
    },
  );

  it("counts the chosen subcommand, and puts what stands above it before its name", async (context) => {
    const interpreter = needsPython(context);
    const body = `${PARSER}
commands = parser.add_subparsers()
commands.add_parser("other").add_argument("--depth", type=int, default=3)
train = commands.add_parser("train")
train.add_argument("--dropout", type=float, default=0.1)
train.add_argument("data")
args = parser.parse_args()${AFTER}`;
    const cwd = folder({ "tool.py": body });
    const text = await drafted(cwd, [interpreter, "tool.py", "train", "x.csv"]);
    expect(text).not.toContain("--depth");
    expect(text).toMatch(/- "\$\{lr\}"[\s\S]*- train\n {2}- x\.csv\n {2}- "--dropout"/);
    const none = await init(cwd, [interpreter, "tool.py"]);
    expect(none.err).toContain("It has subcommands with options of their own: other, train.");
    expect(made(cwd)).toBe("");
  });

  it("follows launchers and modules to the program", async (context) => {
    const interpreter = needsPython(context);
    const cwd = folder({ "train.py": `${PARSER}\nargs = parser.parse_args()${AFTER}` });
    mkdirSync(join(cwd, "pkg", "inner"), { recursive: true });
    writeFileSync(join(cwd, "pkg", "__init__.py"), "");
    writeFileSync(join(cwd, "pkg", "inner", "__init__.py"), "");
    writeFileSync(join(cwd, "pkg", "inner", "run.py"), `${PARSER}\nargs = parser.parse_args()${AFTER}`);
    mkdirSync(join(cwd, "bin"));
    for (const name of ["torchrun", "accelerate", "prog"]) {
      const own = name === "prog" ? `${PARSER}\nargs = parser.parse_args()${AFTER}` : 'open("made-launcher", "w")';
      writeFileSync(join(cwd, "bin", name), `#!${interpreter}\n${own}`);
      chmodSync(join(cwd, "bin", name), 0o755);
    }
    const PATH = `${join(cwd, "bin")}:${process.env.PATH}`;
    const commands = [
      ["torchrun", "--nproc_per_node", "2", "train.py"],
      ["accelerate", "launch", "--num_processes", "2", "train.py"],
      [interpreter, "-m", "torch.distributed.run", "--nproc_per_node=2", "train.py"],
      ["env", "A=1", "nice", interpreter, "-u", "train.py"],
      [interpreter, "-um", "pkg.inner.run"],
      ["torchrun", "-m", "pkg.inner.run"],
      ["prog"],
      ["sh", "-c", `exec ${interpreter} train.py "$@"`, "x"],
    ];
    for (const command of commands) {
      const text = await drafted(cwd, command, { PATH });
      expect([command, text]).toEqual([command, expect.stringContaining('lr: "1e-5..0.1 log default 0.001"')]);
    }
    expect(made(cwd)).toBe("");
  });

  it("does not run a script without a sign of a parser, and says so", async (context) => {
    const interpreter = needsPython(context);
    const cwd = folder({ "train.py": 'import helper\nopen("made", "w")\n', "helper.py": "import math\n" });
    const { code, err } = await init(cwd, [interpreter, "train.py"]);
    expect([code, made(cwd)]).toEqual([2, ""]);
    expect(err).toContain("train.py shows no sign of an option parser");
    expect(err).toContain("was not run");
    writeFileSync(join(cwd, "helper.py"), `def options():\n    ${"from optparse import OptionParser"}\n`);
    expect((await init(cwd, [interpreter, "train.py"])).err).toContain("before that it wanted to write made");
    expect(made(cwd)).toBe("");
  });

  it("names a script or a module that is not there, and options without which nothing runs", async (context) => {
    const interpreter = needsPython(context);
    const cwd = folder({ "train.py": `${PARSER}\nparser.add_argument("--data", required=True)\nparser.parse_args()` });
    const gone = await init(cwd, [interpreter, "gone.py"]);
    expect([gone.code, gone.err]).toEqual([2, expect.stringContaining("gone.py is not there")]);
    const module = await init(cwd, [interpreter, "-m", "gone.away"]);
    expect([module.code, module.err]).toEqual([2, expect.stringContaining("-m gone.away is not there")]);
    expect((await init(cwd, [interpreter, "train.py"])).err).toContain("The program does not run without --data");
  });

  it("lets the user's own sitecustomize in, watched as well", async (context) => {
    const interpreter = needsPython(context);
    const cwd = folder({
      "train.py": `${PARSER}\nimport builtins\nparser.add_argument("--dropout", type=float, default=builtins.OWN)\nargs = parser.parse_args()`,
    });
    mkdirSync(join(cwd, "site"));
    const own = 'import builtins\nbuiltins.OWN = 0.25\ntry:\n    open("made-site", "w")\nexcept OSError:\n    pass\n';
    writeFileSync(join(cwd, "site", "sitecustomize.py"), own);
    const text = await drafted(cwd, [interpreter, "train.py"], { PYTHONPATH: join(cwd, "site") });
    expect(text).toContain('dropout: "0.0..0.5 default 0.25"');
    expect(made(cwd)).toBe("");
  });

  it("prints no secret, wherever it stands", async (context) => {
    const interpreter = needsPython(context);
    const more = `import os\nparser.add_argument("--api-key", default="abc-123")\nparser.add_argument("--name", default=os.environ["MY_TOKEN"])`;
    const cwd = folder({ "train.py": `${PARSER}${more}\nargs = parser.parse_args()` });
    const { err } = await init(cwd, [interpreter, "train.py"], { MY_TOKEN: "hush-hush" });
    const text = execFileSync("cat", ["study.yaml"], { cwd, encoding: "utf8" });
    expect(text).toContain("#   --api-key (text): a secret");
    expect(`${text}${err}`).not.toMatch(/abc-123|hush-hush/);
    expect(existsSync(join(cwd, "made-after"))).toBe(false);
  });
});
