import { execFileSync } from "node:child_process";
import { describe, expect, it, type TestContext } from "vitest";
import { attune, folder, trials } from "./attune.ts";

/** A config with strict types: a whole number is no float, and a float is no whole number. */
const STRICT = `
import argparse, ast, json, os, sys
def strict(name, value, kind):
    assert type(value) is kind, "%s is %r, no %s" % (name, value, kind.__name__)
def all_strict(values):
    strict("d", values["d"], float); strict("n", values["n"], int)
    strict("c", values["c"], float); strict("l", values["l"][0], float); strict("l", values["l"][1], int)
    strict("h", values["h"], float); strict("f", values["f"], float)
def floats(text):
    assert "." in text or "e" in text, "%r is no float" % text
    return float(text)
parser = argparse.ArgumentParser()
for name in "dchf":
    parser.add_argument("--" + name, type=floats, required=True)
parser.add_argument("--n", type=int, required=True)
parser.add_argument("--l", type=json.loads)
args, rest = parser.parse_known_args()
all_strict(vars(args))
all_strict(json.loads(os.environ["ATTUNE_PARAMS"]))
floats(os.environ["ATTUNE_PARAM_D"])
if os.environ.get("STDIN"): all_strict(json.load(sys.stdin))
for file in rest:
    text = open(file).read()
    if file.endswith(".json"): all_strict(json.loads(text))
    elif file.endswith(".py"):
        strict("d", ast.literal_eval(text.split("=")[1].strip()), float)
    elif file.endswith(".ini"): floats(text.split("=")[1])
print("loss=%r" % (args.d + args.c))
`;
const SPACE = `space:
  d: 0.0..1 step 1
  n: 0..1
  c: [0.0, 1e-0, 2.0]
  l: [[1.0, 1], [0.0, 2]]
  h: ":= d * 2"
  f: 3.0
`;
const PLACES = ["d", "n", "c", "l", "h", "f"].map((name) => `"--${name}=\${${name}}"`).join(", ");

function needs(program: string, context: TestContext, probe: readonly string[] = ["--version"]): void {
  try {
    execFileSync(program, probe, { stdio: "ignore" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || process.env.CI) throw error;
    context.skip(`there is no ${program} here`);
  }
}

describe("values in programs that mind types", () => {
  it.for([
    ["places", `command: [python3, t.py, ${PLACES}]`],
    ["a shell's places", `command: python3 t.py ${PLACES.replaceAll('"', "").replaceAll(", ", " ")} | cat`],
    ["all at once", "command: [python3, t.py, '${args}']"],
    ["all at once, apart", "args-style: space\ncommand: [python3, t.py]"],
    [
      "files and standard input",
      `params-file: p.json\ntemplate: [t.json.attune, s.py.attune, u.ini.attune]\nstdin: json\n` +
        `command: [python3, t.py, ${PLACES}, p.json, t.json, s.py, u.ini]`,
    ],
  ] satisfies [string, string][])("by %s", async ([, command], context) => {
    needs("python3", context);
    const text = '{"d": ${d}, "n": ${n}, "c": ${c}, "l": ${l}, "h": ${h}, "f": ${f}}';
    const files = { "t.json.attune": text, "s.py.attune": "d = ${d}\n", "u.ini.attune": "d=${d}\n" };
    const cwd = folder({
      "t.py": STRICT,
      "t.yaml": `minimize: loss\ntrials: 8\nseed: 2\n${SPACE}${command}\n`,
      ...files,
    });
    const env = command.includes("stdin") ? { STDIN: "1" } : undefined;
    const run = await attune(cwd, ["run", "t.yaml", "--workers", "2"], env);
    expect(run.err).not.toContain("failed");
    const all = await trials(cwd, "t");
    expect(all.map(({ state }) => state)).toEqual(Array.from({ length: 8 }, () => "complete"));
    expect(new Set(all.map(({ params }) => (params as { d: number }).d))).toEqual(new Set([0, 1]));
  });

  it("of a printed record, a command to paste and a question", async (context) => {
    needs("python3", context);
    const cwd = folder({
      "t.py": STRICT,
      "t.yaml": `maximize: loss\ntrials: 6\nseed: 2\n${SPACE}command: [python3, t.py, ${PLACES}]\n`,
    });
    await attune(cwd, ["run", "t.yaml"]);
    const best = (await attune(cwd, ["best", "t", "--json"])).out;
    expect(best).toMatch(/"params":\{"d":1\.0,"n":[01],"c":2\.0,"l":\[(?:1\.0,1|0\.0,2)\],"f":3\.0\}/);
    const { command, values } = JSON.parse(best) as { command: string; values: { loss: number } };
    expect(command).toContain("--d=1.0 ");
    expect(
      execFileSync("/bin/sh", ["-c", command], {
        cwd,
        encoding: "utf8",
        env: {
          ...process.env,
          ATTUNE_PARAMS: best.match(/"params":(\{.*?\})/)![1]!.replace("}", ',"h":2.0}'),
          ATTUNE_PARAM_D: "1.0",
        },
      }),
    ).toBe(`loss=${values.loss.toFixed(1)}\n`);
    expect((await attune(cwd, ["ask", "t", "--json"])).out).toMatch(/"d":[01]\.0,"n":[01],/);
    expect((await attune(cwd, ["export", "t"])).out).toMatch(
      /,1\.0,[01],2\.0,"\[1\.0,1\]"|,1\.0,[01],2\.0,"\[0\.0,2\]"/,
    );
    expect((await attune(cwd, ["trials", "t", "--json", "--columns", "d,c"])).out).toContain('{"d":1.0,"c":2.0}');
  });

  it("by strtod in C, large ones too", async (context) => {
    needs("cc", context);
    const program = `#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\nint main(int n, char **v) {\n  char *end; double x = strtod(v[1], &end);\n  if (*end || !strpbrk(v[1], ".e")) return 3;\n  printf("loss=%g\\n", x); return 0;\n}\n`;
    const cwd = folder({ "t.c": program });
    execFileSync("cc", ["t.c", "-o", "t"], { cwd });
    const space = "{d: 0.0..1e22 step 1e22}";
    const run = ["run", "--minimize", "loss", "--trials", "4", "--seed", "1"];
    expect((await attune(cwd, [...run, "--study", "c", "--", "./t", space])).code).toBe(0);
    const seen = (await trials(cwd, "c")).map(({ params }) => (params as { d: number }).d);
    expect(new Set(seen)).toEqual(new Set([0, 1e22]));
  });

  it("by the style of arguments where they are placed", async () => {
    const cwd = folder({ "t.mjs": "console.log(JSON.stringify(process.argv.slice(2))); console.log('loss=1');" });
    const given = async (style: string, words: readonly string[], name: string): Promise<unknown> => {
      const params = ["--param", "d=0.0..1:step:1", "--param", "o 'a b' | 'c d'", "--param", "b=true/false"];
      const run = ["run", "--minimize", "loss", "--trials", "1", "--seed", "4", "--args-style", style, "--study", name];
      const ended = await attune(cwd, [...run, ...params, "--", ...words]);
      expect([ended.code, ended.err]).toEqual([0, expect.any(String)]);
      const printed = (await attune(cwd, ["best", name, "--quiet"])).out;
      const line = (await attune(cwd, ["log", "0", name])).out.split("\n")[0]!;
      // What is pasted is what was run.
      expect(execFileSync("/bin/sh", ["-c", printed], { cwd, encoding: "utf8" })).toContain(line);
      return JSON.parse(line);
    };
    const node = [process.execPath, "t.mjs"];
    const words = [...node, "--d", "${d}", "--o=${o}", "--b=${b}", "out/${o}", "q='${o}'"];
    const values = /^(?:0|1)\.0$/;
    expect(await given("python", words, "p")).toEqual([
      "--d",
      expect.stringMatching(values),
      expect.stringMatching(/^--o="[ac] [bd]"$/),
      expect.stringMatching(/^--b=(?:True|False)$/),
      expect.stringMatching(/^out\/[ac] [bd]$/),
      expect.stringMatching(/^q='[ac] [bd]'$/),
    ]);
    const hydra = [...node, "d=${d}", "o=${o}", "l=[${b},${d}]"];
    expect(await given("hydra", hydra, "h")).toEqual([
      expect.stringMatching(/^d=[01]\.0$/),
      expect.stringMatching(/^o='[ac] [bd]'$/),
      expect.stringMatching(/^l=\[(?:true|false),[01]\.0\]$/),
    ]);
    expect(await given("equals", [...node, "--o=${o}", "${trial}"], "e")).toEqual([
      expect.stringMatching(/^--o=[ac] [bd]$/),
      "0",
    ]);
    expect(await given("python", [...node, "${trial}"], "a")).toHaveLength(4);
  });
});
