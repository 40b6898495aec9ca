import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attune, folder, trials } from "./attune.ts";

/** A program with the help of commander, and a loss that is least at its defaults. */
const TRAIN = `
const words = process.argv.slice(2);
if (words.includes("--help")) {
  console.log("Usage: train [options]\\n\\nOptions:\\n  --lr <number>      learning rate (default: 0.01)\\n  --layers <int>     layers (default: 3)\\n  --epochs <int>     passes (default: 2)\\n  --seed <int>       seed (default: 0)\\n  --quiet            say less\\n  -h, --help         display help for command");
  process.exit(0);
}
const value = (name, other) => (words.includes("--" + name) ? Number(words[words.indexOf("--" + name) + 1]) : other);
const loss = Math.abs(Math.log10(value("lr", 0.01)) + 2) + Math.abs(value("layers", 3) - 3);
for (const epoch of [1, 2]) console.log("epoch " + epoch + "/2 train_loss=" + (loss + 1) + " val_loss=" + (loss + epoch / 10));
`;
const node = process.execPath;

describe("attune init, try and run", () => {
  it("lead from a program's help to a tuned study", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    const init = await attune(cwd, ["init", "-o", "study.yaml", "--", node, "train.mjs"]);
    expect(init.code).toBe(0);
    expect(init.err).toContain("2 to tune");
    const text = readFileSync(join(cwd, "study.yaml"), "utf8");
    expect(text).toContain('lr: "1e-4..1.0 log default 0.01"');
    expect(text).toContain("#   --epochs (int, default 2): the length of training: costs time, so it stays fixed");

    const first = await attune(cwd, ["try", "study.yaml"]);
    expect(first.code).toBe(1);
    expect(first.out).toContain("loss was not found");
    expect(first.out).toContain("val_loss    0.2  (line 2, reported 2 times: epoch 2/2 train_loss=1 val_loss=0.2)");
    const [, line = ""] = /to tune it:\n {2}attune (.*)/.exec(first.out) ?? [];
    expect(line).toBe("run study.yaml --minimize val_loss");

    const run = await attune(cwd, [...line.split(" "), "--trials", "3"]);
    expect(run.code).toBe(0);
    for (const { state, params, values } of await trials(cwd, "train")) {
      const { lr, layers } = params as { lr: number; layers: number };
      const loss = Math.abs(Math.log10(lr) + 2) + Math.abs(layers - 3) + 0.2;
      expect(state).toBe("complete");
      expect((values as { val_loss: number }).val_loss).toBeCloseTo(loss, 9);
    }
  });

  it("shows what a command line would do, and the line that tunes it", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    const words = ["try", "--minimize", "val_loss", "--param", "layers=1..5", "--", node, "train.mjs"];
    const tried = await attune(cwd, [...words, "--lr", "{lr: 1e-4..1.0 log default 0.1}", "--layers", "${layers}"]);
    expect(tried.code).toBe(0);
    expect(tried.out).toContain(`command     ${node} train.mjs --lr 0.1 --layers 3\n`);
    expect(tried.out).toMatch(/layers +3\n/);
    expect(tried.out).toMatch(/lr +0\.1 {2}\(its default\)\n/);
    expect(tried.out).toMatch(/time +\d/);
    expect(tried.out).toContain(
      `attune run --minimize val_loss --trials 50 --param 'layers 1..5' -- ${node} train.mjs --lr '{lr: 1e-4..1.0 log default 0.1}' --layers '\${layers}'`,
    );
  });

  it("tries a program that declares nothing, and one that fails", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    const plain = await attune(cwd, ["try", "--", node, "train.mjs"]);
    expect(plain.code).toBe(0);
    expect(plain.out).toContain("none declared");
    expect(plain.out).toContain(`attune init -o study.yaml -- ${node} train.mjs`);
    const failing = await attune(cwd, ["try", "--", node, "-e", "console.error('boom'); process.exit(3)", "{x: 1..3}"]);
    expect(failing.code).toBe(1);
    expect(failing.out).toContain("exit code 3");
    expect(failing.out).toContain("boom");
    expect(failing.out).not.toContain("to tune it");
  });

  it("never overwrites a file unasked, and reads a help text from a file", async () => {
    const cwd = folder({ "study.yaml": "mine\n", "help.txt": "  -c cost : set the parameter C (default 1)\n" });
    const words = ["init", "-o", "study.yaml", "--help-text", "help.txt"];
    const kept = await attune(cwd, [...words, "--", "svm-train"]);
    expect([kept.code, readFileSync(join(cwd, "study.yaml"), "utf8")]).toEqual([2, "mine\n"]);
    expect(kept.err).toContain("study.yaml exists and is kept");
    expect((await attune(cwd, [...words, "--force", "--", "svm-train"])).code).toBe(0);
    expect(readFileSync(join(cwd, "study.yaml"), "utf8")).toContain('c: "0.001..1000.0 log default 1"');
  });

  it("says what is missing", async () => {
    const cwd = folder({ "quiet.mjs": "" });
    const [none, nothing, empty] = await Promise.all([
      attune(cwd, ["init"]),
      attune(cwd, ["try"]),
      attune(cwd, ["init", "--", node, "quiet.mjs"]),
    ]);
    expect([none.code, nothing.code, empty.code]).toEqual([2, 2, 2]);
    expect(none.err).toContain("Give the program behind --");
    expect(nothing.err).toContain("Say what to try");
    expect(empty.err).toContain("quiet.mjs mentions no options and no --help, and was not run");
  });
});
