import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ProgramOption } from "./program-option.ts";
import { readHelp } from "./read-help.ts";

const fixtures = new URL("fixtures/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, fixtures), "utf8");
/** Real help texts (of 2025 versions from PyPI and Debian), each with its numeric options labelled by hand from text and manual. */
const programs = readdirSync(fixtures).flatMap((file) => (file.endsWith(".help.txt") ? [file.slice(0, -9)] : []));

interface Labelled {
  readonly option: string;
  readonly type: "int" | "float";
  readonly default: number | null;
}

const isNumeric = ({ kind }: ProgramOption): boolean => kind === "int" || kind === "float";
const labelled = (name: string): readonly Labelled[] => JSON.parse(read(`${name}.numeric.json`)) as Labelled[];

describe("readHelp", () => {
  it("finds at least 90 % of the numeric options of 22 programs with type and default", () => {
    let [right, all] = [0, 0];
    for (const name of programs) {
      const options = new Map(readHelp(read(`${name}.help.txt`)).map((option) => [option.flag, option]));
      for (const wanted of labelled(name)) {
        const found = options.get(wanted.option);
        all++;
        if (found?.kind === wanted.type && found.default === wanted.default) right++;
      }
    }
    expect(programs).toHaveLength(22);
    expect(all).toBeGreaterThanOrEqual(239);
    expect(right / all).toBeGreaterThanOrEqual(0.9);
  });

  it("takes hardly anything else for a number", () => {
    const wrong = programs.flatMap((name) => {
      const wanted = new Set(labelled(name).map(({ option }) => option));
      const found = readHelp(read(`${name}.help.txt`)).filter(isNumeric);
      return found.filter(({ flag }) => !wanted.has(flag)).map(({ flag }) => `${name} ${flag}`);
    });
    expect(wrong.length).toBeLessThanOrEqual(4);
  });

  it.each([
    ["argparse", "  --lr LR               learning rate (default: 0.001)\n", "--lr", "float", 0.001],
    ["argparse, short first", "  -j N, --jobs N        jobs (default: 4)\n", "--jobs", "int", 4],
    [
      "argparse, description below",
      "  --learning-rate LEARNING_RATE\n                        rate. (default: 1e-05)\n",
      "--learning-rate",
      "float",
      1e-5,
    ],
    ["argparse, choices", "  --opt {adam,sgd}      optimizer (default: sgd)\n", "--opt", "choice", "sgd"],
    ["argparse, both ways", "  --amp, --no-amp       mixed precision (default: True)\n", "--amp", "boolean", true],
    ["click", "  -l, --line-length INTEGER   How many.  [default: 88]\n", "--line-length", "int", 88],
    ["click, a range", "  --n INTEGER RANGE    Rounds.  [default: 3; 1<=x<=10]\n", "--n", "int", 3],
    ["click, choices", "  --kind [fast|slow]  Kind.  [default: fast]\n", "--kind", "choice", "fast"],
    ["typer", "│ --dropout        FLOAT    Dropout. [default: 0.1]            │\n", "--dropout", "float", 0.1],
    [
      "absl",
      "    --batch_size: Examples a step.\n      (default: '128')\n      (an integer)\n",
      "--batch_size",
      "int",
      128,
    ],
    ["absl, a float", "    --momentum: Momentum.\n      (default: '1')\n      (a number)\n", "--momentum", "float", 1],
    ["absl, a switch", "    --[no]use_bn: Batch norm.\n      (default: 'true')\n", "--use_bn", "boolean", true],
    ["commander", "  -r, --rate <number>  sampling rate (default: 0.5)\n", "--rate", "float", 0.5],
    ["commander, choices", '  --mode <mode>  how (choices: "a", "b", default: "b")\n', "--mode", "choice", "b"],
    ["clap", "  -t, --threads <THREADS>  Threads [default: 8]\n", "--threads", "int", 8],
    [
      "clap, long",
      "      --alpha <ALPHA>\n          Strength\n\n          [default: 0.25]\n",
      "--alpha",
      "float",
      0.25,
    ],
    ["getopt", "  -c cost : set the parameter C (default 1)\n", "-c", "float", 1],
    ["getopt_long", "  -T, --threads=NUM   use NUM threads; the default is 1\n", "--threads", "int", 1],
    ["single-dash long", "  -wordNgrams         max length of word ngram [1]\n", "-wordNgrams", "int", 1],
    [
      "bowtie2, the default at the end",
      "  -L <int>           length of seeds; must be >3, <32 (22)\n",
      "-L",
      "int",
      22,
    ],
    ["glpsol, n for digits", "   --memlim nnn      limit to nnn megabytes\n", "--memlim", "int", null],
    ["choices in words", "  --norm NAME  one of l1, l2 or max (default: l2)\n", "--norm", "choice", "l2"],
    ["choices with bars", "  --opt adam|sgd    optimizer (default: Adam)\n", "--opt", "choice", "adam"],
    ["a text's default", "  --name TEXT  a name [default: run]\n", "--name", "text", "run"],
    ["zstd, a number in the flag", "  -T#   Spawn # threads. [Default: 1]\n", "-T#", "int", 1],
    ["optparse of R", "\t--kernel=KERNEL\n\t\tkernel [default radial]\n", "--kernel", "text", "radial"],
    ["optparse of R, a number", "\t-c COST, --cost=COST\n\t\tcost of errors [default 1]\n", "--cost", "float", 1],
    ["boost", "  -l [ --rate ] arg (=0.5)     learning rate\n", "--rate", "float", 0.5],
    ["boost, alone", "  --power_t arg (=0.5)   power of time\n", "--power_t", "float", 0.5],
    ["mlpack", "  --num_trees (-N) [int]   Trees. Default value 10.\n", "--num_trees", "int", 10],
    [
      "mlpack, a text",
      "  --kernel (-k) [string]   Kernel. Default value 'gaussian'.\n",
      "--kernel",
      "text",
      "gaussian",
    ],
    ["mlpack, a flag", "  --verbose (-v)   Say more.\n", "--verbose", "boolean", false],
    ["OpenCV", "  [-minHitRate <min_hit_rate = 0.995>]\n", "-minHitRate", "float", 0.995],
    ["gflags", "    -lr (the rate) type: double default: 0.1\n", "-lr", "float", 0.1],
    ["gflags, below", "    -n (count) type: int32\n      default: 3\n", "-n", "int", 3],
    ["gflags, a boolean", "    -amp (use) type: bool default: true\n", "-amp", "boolean", true],
    ["gflags, a text", '    -opt (which) type: string default: "adam"\n', "-opt", "text", "adam"],
    ["Weka", "-C <pruning confidence>\n\tSet confidence threshold.\n\t(default 0.25)\n", "-C", "float", 0.25],
    ["HMMER", "  --EmL <n>      : length of sequences  [200]  (n>0)\n", "--EmL", "int", 200],
    ["HMMER, a share", "  --Eft <x>      : tail mass  [0.04]  (0<x<1)\n", "--Eft", "float", 0.04],
    ["HMMER, a text", "  -n <s> : name the model <s>\n", "-n", "text", null],
    ["boost, a value that may be left out", "  --steps [=arg(=3)] (=10)  steps\n", "--steps", "int", 10],
    ["boost, left out without default", "  --rounds [=arg(=3)]       rounds\n", "--rounds", "int", null],
    ["cmdline.h", "  -u, --limit     in percent (0~100). Default 40 means 40% (int [=40])\n", "--limit", "int", 40],
    ["cmdline.h, none", "  -i, --in1       input file name (string [=])\n", "--in1", "text", null],
    ["cmdline.h, a float", "      --rate      the rate, 0.5 by default. (double [=0.5])\n", "--rate", "float", 0.5],
    ["a sentence's end", "  -l, --required N   reads shorter are dropped, default is 15.\n", "--required", "int", 15],
    ["a number's own point", "  --scale X   scale (default: 1.)\n", "--scale", "float", 1],
    ["a slash between spellings", "  -5/--trim5 <int>   trim bases from the end (0)\n", "--trim5", "int", 0],
    ["a slip", "  --nbest NUM   Number of best trees (defaut: 5)\n", "--nbest", "int", 5],
    ["a zero with a point", "   -s\tlength difference cutoff, default 0.0\n", "-s", "float", 0],
    [
      "fractions",
      " -q, --quality   between -1 (low) and 10, fractional too\n  The default quality level is 3.\n",
      "--quality",
      "float",
      3,
    ],
    ["another's default", "  --implicit   use implicit mode (default port is 990)\n", "--implicit", "boolean", false],
    ["values below", "-w n   : Weighting\n     0 or nw: none\n     1 or gr: by gain (default)\n", "-w", "int", 1],
    ["words below", "-d val  : neighbours\n     Z   : equal (default)\n     ID  : inverse\n", "-d", "choice", "Z"],
    ["a sentence", "  --rule=RULE   variance, extra or beta [default variance]\n", "--rule", "choice", "variance"],
    [
      "a name in the usage line",
      "use: p [-c numberOfKinds]\n\n  -c      Specify kinds\n\n          DEFAULT: 25\n",
      "-c",
      "int",
      25,
    ],
    ["a name with a threshold", "use: p [-G placementThreshold]\n\n  -G      Specify it\n", "-G", "float", null],
    ["a default behind", "  --speed N   trade-off. 1=slow, 4=default, 11=fast\n", "--speed", "int", 4],
    ["places of digits", " -R ##    : Maximum ratio. Default: 1.0.\n", "-R", "float", 1],
    ["types, not choices", "  --level <integer|float>   level\n", "--level", "float", null],
    ["a function", "  --n-ceil <func>    func for max # of them (L,0,0.15)\n", "--n-ceil", "text", "L,0,0.15"],
    ["the flag in force", "  --fast  : by columns  [default]\n", "--fast", "boolean", false],
    ["Go", "  -lr float\n    \tlearning rate (default 0.1)\n", "-lr", "float", 0.1],
    ["JCommander", "    --rate\n      The rate\n      Default: 0.1\n", "--rate", "float", 0.1],
    ["vw", "    --l2 arg   L_2 lambda (type: float, default: 0)\n", "--l2", "float", 0],
    ["colours", "  \u001b[1m--lr\u001b[0m FLOAT  rate [default: 0.1]\n", "--lr", "float", 0.1],
  ])("reads the form of %s", (_, text, flag, kind, value) => {
    expect(readHelp(text)).toEqual([expect.objectContaining({ flag, kind, default: value })]);
  });

  it("reads defaults in brackets at the end where a program names no values", () => {
    const text =
      "  -lr    rate [0.1]\n  -loss  loss {ns, hs} [hs]\n  -label  prefix [__x__]\n  -qout  classifier is quantized [false]\n  -v  say more\n";
    expect(readHelp(text).map(({ flag, kind, default: value }) => [flag, kind, value])).toEqual([
      ["-lr", "float", 0.1],
      ["-loss", "choice", "hs"],
      ["-label", "text", "__x__"],
      ["-qout", "boolean", false],
      ["-v", "boolean", false],
    ]);
  });

  it("tells of each option what the heading says of all", () => {
    const text =
      "General:\n -d N  resolution (1)\n\nFast options (only when d = 1):\n -b N  min mass (3)\n\nOther:\n -c N  c (2)\n";
    expect(readHelp(text).map(({ default: value, description }) => [value, description])).toEqual([
      [1, "resolution (1)"],
      [3, "only when d = 1: min mass (3)"],
      [2, "c (2)"],
    ]);
  });

  it("takes a preset for no number", () => {
    const [option] = readHelp("  --sensitive     -D 15 -i S,1,1.15 (default)\n");
    expect(option).toMatchObject({ flag: "--sensitive", kind: "boolean" });
  });

  it("calls a letter by the value behind it", () => {
    const [option] = readHelp("-s svm_type : set type of SVM (default 0)\n    0 -- C-SVC\n    1 -- nu-SVC\n");
    expect(option).toMatchObject({
      called: "svm_type",
      kind: "int",
      default: 0,
      numbered: [
        [0, "C-SVC"],
        [1, "nu-SVC"],
      ],
    });
  });

  it("keeps to options: a flag inside a description is none, and a bound is told", () => {
    const text = "  --a N    first, see\n           --b of the other\n  --q <int>  quality (0..100), default=75\n";
    expect(readHelp(text).map(({ flag, bounds }) => [flag, bounds])).toEqual([
      ["--a", null],
      ["--q", [0, 100]],
    ]);
  });
});
