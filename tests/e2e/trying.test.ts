import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attune, folder } from "./attune.ts";

/** Reports by every way at once. */
const PROGRAM = `
for s in 1 2 3; do
  echo "step $s by_output=$s"
  echo "{\\"step\\": $s, \\"by_file\\": 1$s}" >> "$ATTUNE_REPORT_FILE"
done
echo '{"test": {"acc": 0.9}}' > results.json
echo "it took 7 s"
`;
const node = process.execPath;

describe("attune try", () => {
  const tried = (...options: string[]) =>
    attune(folder({ "program.sh": PROGRAM }), ["try", ...options, "--", "sh", "program.sh", "{x: 1..9}"]);

  it("shows what came by the file for reports without being asked", async () => {
    const { code, out } = await tried();
    expect(code).toBe(0);
    expect(out).toContain("metrics     by_file    13  (from ATTUNE_REPORT_FILE, reported 3 times)\n");
    expect(out).toContain("by_output  3  (line 3, reported 3 times: step 3 by_output=3)\n");
  });

  it.each([
    ["by_output", ["--value", "best"], "by_output  1  (line 3, reported 3 times: step 3 by_output=3)"],
    ["acc", ["--metric-file", "results.json", "--metric-path", "test.acc"], "acc        0.9  (from --metric-file)"],
    ["seconds", ["--metric-regex", "took ([0-9]+) s"], "seconds    7  (found in the output)"],
    ["answer", ["--metric-from", "last-number"], "answer     7  (the last number printed)"],
  ] as const)("finds %s by %j, and repeats the option for the run", async (metric, options, line) => {
    const { code, out, err } = await tried("--minimize", metric, ...options);
    expect(err).toBe("running…\n");
    expect(out).toContain(`${line}\n`);
    const [option, value] = [options[0], options[1]];
    const words = `${option} ${/^[\w.-]+$/.test(value) ? value : `'${value}'`}`;
    expect(out).toContain(`attune run --minimize ${metric} --trials 50 ${words}`);
    expect(code).toBe(0);
  });

  it("offers an expression for what is not read by its name, which a run takes as it stands", async () => {
    const cwd = folder({ "p.sh": "echo '  Time:    3 s'; echo '  Mean bitrate: 8.7 kb/s'" });
    const command = ["--", "sh", "p.sh", "{x: 1..9}"];
    const { code, out } = await attune(cwd, ["try", ...command]);
    expect(code).toBe(0);
    expect(out).toContain("metrics     Mean bitrate  8.7  (line 2: Mean bitrate: 8.7 kb/s)\n");
    expect(out).toContain("not read by its name: `8.7 kb/s`, a number with a unit that may mean several (kb)");
    const [, expression] = /^ {2}attune run --minimize 'Mean bitrate' --metric-regex '(.*?)' --trials/m.exec(out)!;
    const options = ["--study", "s", "--minimize", "Mean bitrate", "--trials", "2"];
    const refused = await attune(cwd, ["run", ...options, ...command]);
    expect(refused.out + refused.err).toContain(`is read by --metric-regex '${expression}'.`);
    const ran = await attune(cwd, ["run", ...options, "--study", "t", "--metric-regex", expression!, ...command]);
    expect([ran.code, ran.out]).toEqual([0, expect.stringContaining("8.7")]);
  });

  it.each([
    [
      "The answer came to 42 points",
      "or take a number from a line of its output, for instance by --metric-regex 'quality=The\\s+answer\\s+came\\s+to\\s+([-+.0-9eE]+)'.",
    ],
    ["found after 42 quality steps", "is read by --metric-regex 'quality=([-+.0-9eE]+)\\s+quality'."],
  ])("says of %j how its number is had", async (line, way) => {
    const cwd = folder({ "p.sh": `echo '${line}'` });
    const { code, out } = await attune(cwd, ["try", "--maximize", "quality", "--", "sh", "p.sh", "{x: 1..9}"]);
    expect(out).toContain(way);
    expect(code).toBe(1);
    const given = /--metric-regex '(.*?)'\. /.exec(out)![1]!;
    const words = ["try", "--maximize", "quality", "--metric-regex", given, "--", "sh", "p.sh", "{x: 1..9}"];
    expect((await attune(cwd, words)).out).toContain("quality  42  (found in the output)");
  });

  it("shows what came by HTTP", async () => {
    const post =
      "fetch(process.env.ATTUNE_REPORT_URL, { method: 'POST', body: JSON.stringify({ loss: 0.31, epoch: 4 }), " +
      "headers: { authorization: 'Bearer ' + process.env.ATTUNE_REPORT_TOKEN } })";
    const { code, out } = await attune(folder(), ["try", "--report-http", "--", node, "-e", post, "{x: 1..9}"]);
    expect(out).toContain("metrics     loss  0.31  (by HTTP)\n");
    expect(code).toBe(0);
  });

  it("lists what a run would find, the likeliest first, without what was put in and without colours", async () => {
    const program = [
      "echo 'eval_iters: 20'",
      "echo 'initial learning rate 0.1'",
      "echo 'epoch  train_loss  dur'",
      "echo '1      0.5         2.0'",
      "echo '2      0.25        2.1'",
      "printf '\\033[32mAccuracy on test set\\033[0m: \\033[1m0.75\\033[0m\\n'",
    ].join("\n");
    const words = ["try", "--", "sh", "program.sh", "--eval-iters", "20", "--lr", "{lr: 0.1..1}"];
    const { code, out } = await attune(folder({ "program.sh": program }), words);
    const metrics = out.slice(out.indexOf("metrics"), out.indexOf("\n\nto tune it"));
    expect(metrics.split("\n")).toEqual([
      "metrics     Accuracy on test set  0.75  (line 6: Accuracy on test set: 0.75)",
      "            train_loss            0.25  (line 5, reported 2 times: 2      0.25        2.1)",
      "            dur                   2.1  (line 5, reported 2 times: 2      0.25        2.1)",
    ]);
    expect(out).toContain("attune run --maximize 'Accuracy on test set' --trials 50 -- sh program.sh --eval-iters 20");
    expect(code).toBe(0);
  });

  it("names --metric-from last-number for a program that prints a bare number at its end", async () => {
    const cwd = folder({ "program.sh": "echo working on 3 parts\necho 0.125\necho 7 >&2\n", "quiet.sh": "echo 2.5\n" });
    const both = await attune(cwd, ["try", "--", "sh", "program.sh", "{x: 1..9}"]);
    expect(both.out).not.toContain("last-number");
    const { code, out } = await attune(cwd, ["try", "--", "sh", "quiet.sh", "{x: 1..9}"]);
    expect(out).toContain("metrics     result  2.5  (the last number printed)\n");
    expect(out).toContain(
      "to tune it:\n  attune run --minimize result --metric-from last-number --trials 50 -- sh quiet.sh '{x: 1..9}'\n" +
        "  (with --maximize result when more of it is better)\n",
    );
    expect(code).toBe(0);
    const run = await attune(cwd, [
      "run",
      "--minimize",
      "result",
      "--metric-from",
      "last-number",
      "--trials",
      "1",
      ...["--", "sh", "quiet.sh", "{x: 1..9}"],
    ]);
    expect(run.out).toContain("2.5");
  });

  it("says why a metric was not found", async () => {
    const { code, out } = await tried("--minimize", "acc", "--metric-file", "other.json");
    expect(code).toBe(1);
    expect(out).toContain("no metric `acc`");
    expect(out).toContain("other.json");
    expect(out).toContain("metrics     acc was not found");
    const nameless = await tried("--metric-file", "results.json");
    expect(nameless.code).toBe(2);
    expect(nameless.err).toContain("Say which metric that way brings: --minimize val_loss");
  });

  it.each([
    ["echo 'rmse 0.5'", "minimize: rmse\n"],
    ["echo 'val acc: 0.5'", 'maximize: "val acc"\n'],
    ["echo 'zork 3'", "minimize: zork  # maximize: zork, when more of it is better\n"],
  ])("says what a study file has to name for %s, and takes a space that lists nothing yet", async (script, line) => {
    const cwd = folder();
    writeFileSync(join(cwd, "run.sh"), script);
    const study = "minimize: loss\nspace:\n  {} # nothing yet\ncommand: [sh, run.sh]\n";
    writeFileSync(join(cwd, "draft.yaml"), study);
    const { code, out } = await attune(cwd, ["try", "draft.yaml"]);
    expect(code).toBe(1);
    expect(out).toContain(`write in draft.yaml, in place of \`minimize: loss\`:\n  ${line}`);
    expect(out).toContain("no parameter is declared yet; list one under space: in draft.yaml");
    const [, direction, name] = /^(\w+): (.*?)(?: {2}#.*)?$/.exec(line.trim())!;
    writeFileSync(join(cwd, "draft.yaml"), study.replace("minimize: loss", `${direction}: ${name}`));
    const named = await attune(cwd, ["try", "draft.yaml"]);
    expect(named.code).toBe(0);
    expect(named.out).not.toContain("in place of");
  });

  it("says what to name where a program prints no metric", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "draft.yaml"), "minimize: loss\nspace: {x: 1..9}\ncommand: [sh, -c, 'echo done ${x}']\n");
    const { code, out } = await attune(cwd, ["try", "draft.yaml"]);
    expect(code).toBe(1);
    expect(out).toContain("name in draft.yaml, in place of `minimize: loss`, a metric that the program prints");
  });
});
