import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, type TestContext } from "vitest";
import { attune, folder, trials } from "./attune.ts";

const node = process.execPath;
const NODE_READER = `
import { readFileSync } from "node:fs";
const lr = Number(/lr: (\\S+)/.exec(readFileSync(process.argv[2], "utf8"))[1]);
console.log("loss=" + lr);
`;

/** An interpreter of Python 3.8 or later that has these packages. */
function pythonWith(context: TestContext, ...packages: readonly string[]): string {
  const check = `import sys, importlib.util as u; sys.exit(0 if sys.version_info >= (3, 8) and all(u.find_spec(p) for p in sys.argv[1:]) else 1)`;
  const { status } = spawnSync("python3", ["-c", check, ...packages]);
  if (status !== 0) context.skip(`there is no python3 with ${packages.join(", ") || "3.8"} here`);
  return "python3";
}

async function losses(cwd: string, study: string): Promise<readonly (readonly [unknown, unknown])[]> {
  return (await trials(cwd, study)).map(({ params, values }) => [params, values] as const);
}

describe("attune init reads config files", () => {
  it("and writes a template beside the study, which runs as it is", async () => {
    const cwd = folder({ "train.mjs": NODE_READER, "config.yaml": "model:\n  lr: 1e-2 # rate\n  act: relu\n" });
    const words = ["init", "-o", "study.yaml", "--", node, "train.mjs", "config.yaml"];
    const { code, err } = await attune(cwd, words);
    expect([code, err]).toEqual([0, expect.stringContaining("options found in the config file")]);
    expect(readFileSync(join(cwd, "config.yaml.attune"), "utf8")).toContain("  lr: ${model.lr} # rate\n  act: relu\n");
    expect((await attune(cwd, ["run", "study.yaml", "--trials", "3"])).code).toBe(0);
    for (const [params, values] of await losses(cwd, "train")) {
      expect((values as { loss: number }).loss).toBe((params as { "model.lr": number })["model.lr"]);
    }
    const again = await attune(cwd, ["init", "-o", "other.yaml", "--", node, "train.mjs", "config.yaml"]);
    expect([again.code, existsSync(join(cwd, "other.yaml"))]).toEqual([2, false]);
    expect(again.err).toContain("config.yaml.attune exists and is kept");
  });

  it("and constants that a script lets words replace", async (context) => {
    const interpreter = pythonWith(context);
    const body = `import sys\nfrom ast import literal_eval\nlearning_rate = 6e-4 # the rate\nn_layer = 2 * 2\nbias = False\napi_token = "abc-123"
for word in sys.argv[1:]:
    name, value = word[2:].split("=", 1)
    value = literal_eval(value)
    assert type(value) == type(globals()[name])
    globals()[name] = value
print("loss=" + repr(learning_rate * n_layer + bias))\nopen("made", "a")`;
    const cwd = folder({ "train.py": body });
    const { out, code } = await attune(cwd, ["init", "--", interpreter, "train.py"]);
    expect([code, existsSync(join(cwd, "made"))]).toEqual([0, false]);
    expect(out).toContain("(int, default 4)");
    expect(out).not.toContain("abc-123");
    writeFileSync(join(cwd, "study.yaml"), out);
    const run = await attune(cwd, ["run", "study.yaml", "--trials", "4"]);
    expect([run.code, run.err]).toEqual([0, expect.any(String)]);
    for (const [params, values] of await losses(cwd, "train")) {
      const { learning_rate: rate, n_layer: layers, bias } = params as Record<string, number | string>;
      expect((values as { loss: number }).loss).toBeCloseTo(
        Number(rate) * Number(layers) + (bias === "True" ? 1 : 0),
        9,
      );
    }
  });

  it("and constants at the top of a script, which it is not run for", async (context) => {
    const interpreter = pythonWith(context);
    const cwd = folder({
      "fit.py": 'LR = 0.1  # rate\nLAYERS = 3\nprint("loss=" + str(LR * LAYERS))\nopen("made", "w")\n',
    });
    expect((await attune(cwd, ["init", "-o", "study.yaml", "--", interpreter, "fit.py"])).code).toBe(0);
    expect(existsSync(join(cwd, "made"))).toBe(false);
    expect(readFileSync(join(cwd, "fit.py.attune"), "utf8")).toContain("LR = ${LR}  # rate\nLAYERS = ${LAYERS}\n");
    expect((await attune(cwd, ["run", "study.yaml", "--trials", "3"])).code).toBe(0);
    for (const [params, values] of await losses(cwd, "fit")) {
      const { LR, LAYERS } = params as Record<string, number>;
      expect((values as { loss: number }).loss).toBeCloseTo(LR! * LAYERS!, 9);
    }
  });

  it("and the config that Hydra prints, overridden in its own way", async (context) => {
    const interpreter = pythonWith(context, "hydra");
    const body = `import hydra\n@hydra.main(version_base=None, config_path="conf", config_name="config")\ndef main(cfg):\n    open("made", "w")\n    print("loss=" + str(cfg.opt.lr))\nmain()\n`;
    const cwd = folder({ "app.py": body });
    mkdirSync(join(cwd, "conf", "opt"), { recursive: true });
    writeFileSync(
      join(cwd, "conf", "config.yaml"),
      "defaults: [{opt: adam}, _self_]\nepochs: 3\nname: run-${opt.lr}\n",
    );
    writeFileSync(join(cwd, "conf", "opt", "adam.yaml"), "lr: 0.001\n");
    writeFileSync(join(cwd, "conf", "opt", "sgd.yaml"), "lr: 0.1\n");
    const { out } = await attune(cwd, ["init", "--", interpreter, "app.py"]);
    expect([existsSync(join(cwd, "made")), existsSync(join(cwd, "outputs"))]).toEqual([false, false]);
    expect(out).toContain('opt.lr: "1e-5..0.1 log default 0.001"');
    expect(out).toContain('# opt: "adam | sgd default adam"');
    expect(out).toContain("#   name (text, default run-${opt.lr}): follows another value");
    expect(out).toContain('- "opt.lr=${opt.lr}"');
  });

  it("and the config that jsonargparse prints, below the classes it names", async (context) => {
    const interpreter = pythonWith(context, "jsonargparse", "yaml");
    const body = `from jsonargparse import ArgumentParser\nclass Adam:\n    def __init__(self, lr: float = 0.1): pass
parser = ArgumentParser()\nparser.add_argument("--config", action="config")\nparser.add_subclass_arguments(Adam, "opt", default={"class_path": "__main__.Adam"})
parser.parse_args()\nopen("made", "w")\n`;
    const cwd = folder({ "app.py": body });
    const { out } = await attune(cwd, ["init", "--", interpreter, "app.py"]);
    expect(existsSync(join(cwd, "made"))).toBe(false);
    expect(out).toContain('- "--opt.init_args.lr=${opt.init_args.lr}"');
  });
});

describe("attune init --run", () => {
  it("runs a program that answers no question without a word, but no interpreter", async () => {
    const cwd = folder({
      solve: '#!/bin/sh\n[ $# = 0 ] && echo "  -lr RATE  the rate [default: 0.1]" || touch made\n',
    });
    chmodSync(join(cwd, "solve"), 0o755);
    expect((await attune(cwd, ["init", "--", "./solve"])).code).toBe(2);
    const { code, out } = await attune(cwd, ["init", "--run", "--", "./solve"]);
    expect([code, out]).toEqual([0, expect.stringContaining('lr: "0.001..1.0 log default 0.1"')]);
    writeFileSync(join(cwd, "work.sh"), "touch made-bare\n");
    expect((await attune(cwd, ["init", "--run", "--", "sh", "work.sh"])).code).toBe(2);
    expect(existsSync(join(cwd, "made-bare"))).toBe(false);
  });
});
