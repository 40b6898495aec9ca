import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { attune, folder } from "./attune.ts";

/** A program for each library that builds parsers: what it takes, and a file that must not appear. */
const PROGRAMS: readonly (readonly [
  library: string,
  program: string,
  words: readonly string[],
  found: readonly string[],
])[] = [
  [
    "click",
    `import click
@click.group()
@click.option("--momentum", type=float, default=0.9)
def tool(momentum): open("made", "w")
@tool.command()
@click.option("--lr", type=click.FloatRange(0, 1), default=0.1, show_default=True)
@click.option("--opt", type=click.Choice(["adam", "sgd"]), default="sgd")
@click.option("--nesterov/--plain", default=True)
@click.option("--amsgrad", is_flag=True)
def train(**_): open("made", "w")
tool()`,
    ["train"],
    [
      'lr: "0.001..1.0 log default 0.1"',
      'opt: "adam | sgd default sgd"',
      'nesterov: "\\"--nesterov\\" | \\"--plain\\" default \\"--nesterov\\""',
      'amsgrad: "true | false default false"',
      '  - "--momentum"\n  - "${momentum}"\n  - train\n',
    ],
  ],
  [
    "typer",
    `import enum, typer
class Opt(str, enum.Enum):
    adam = "adam"
    sgd = "sgd"
def train(lr: float = 0.1, layers: int = typer.Option(3, min=1, max=8), opt: Opt = Opt.sgd, bias: bool = True): open("made", "w")
typer.run(train)`,
    [],
    [
      'lr: "0.001..1.0 log default 0.1"',
      'layers: "1..6 default 3"',
      'opt: "adam | sgd default sgd"',
      "booleans: no-flag",
    ],
  ],
  [
    "fire",
    `import fire
def train(lr=0.1, layers: int = 3, bias=True): open("made", "w")
fire.Fire(train)`,
    [],
    ['  - "--lr=${lr}"', '  - "--layers=${layers}"', 'bias: "\\"True\\" | \\"False\\" default \\"True\\""'],
  ],
  [
    "absl",
    `from absl import app, flags
flags.DEFINE_float("lr", 0.1, "the rate")
flags.DEFINE_bool("bias", True, "with a bias")
flags.DEFINE_enum("opt", "sgd", ["adam", "sgd"], "how")
def main(_): open("made", "w")
app.run(main)`,
    [],
    [
      'lr: "0.001..1.0 log default 0.1"',
      'bias: "\\"--bias\\" | \\"--nobias\\" default \\"--bias\\""',
      'opt: "adam | sgd default sgd"',
    ],
  ],
  [
    "optparse",
    `from optparse import OptionParser
parser = OptionParser()
parser.add_option("--lr", type="float", default=0.1)
parser.add_option("--opt", type="choice", choices=["adam", "sgd"], default="sgd")
parser.add_option("--bias", action="store_true")
parser.parse_args()
open("made", "w")`,
    [],
    ['lr: "0.001..1.0 log default 0.1"', 'opt: "adam | sgd default sgd"', 'bias: "true | false default false"'],
  ],
];

it.for(PROGRAMS)("attune init asks a parser of %s", async ([library, program, words, found], context) => {
  const check =
    "import sys, importlib.util as u; sys.exit(sys.version_info < (3, 8) or u.find_spec(sys.argv[1]) is None)";
  if (spawnSync("python3", ["-c", check, library]).status !== 0)
    context.skip(`there is no python3 with ${library} here`);
  const cwd = folder({ "train.py": program });
  const { code, out, err } = await attune(cwd, ["init", "--", "python3", "train.py", ...words]);
  expect([code, err]).toEqual([0, expect.stringMatching(/parser|click/)]);
  for (const text of found) expect(out).toContain(text);
  expect(existsSync(join(cwd, "made"))).toBe(false);
});
