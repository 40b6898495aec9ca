import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createStudy, int, openStudy } from "../../src/index.ts";
import { attune, folder, start, trials } from "./attune.ts";

const PRINT_LINES = fileURLToPath(new URL("../../bench/cases/print-lines.ts", import.meta.url));

/** Reports by every way at once, and differently, so that one can tell which counted. */
const PROGRAM = `
for s in 1 2 3; do
  echo "step $s by_output=$s shared=$s"
  echo "{\\"step\\": $s, \\"by_file\\": 1$s, \\"shared\\": $s, \\"extra\\": 5}" >> "$ATTUNE_REPORT_FILE"
done
mkdir -p runs/$ATTUNE_TRIAL
printf 'epoch,by_csv\\n1,30\\n2,32\\n' > runs/$ATTUNE_TRIAL/log.csv
echo "it took 7 s, answer 42"
`;

describe("ways a metric comes", () => {
  const words = (metric: string, ...options: string[]) => {
    const run = ["run", "--study", "s", "--minimize", metric, "--trials", "1", "--sampler", "random", ...options];
    return [...run, "--", "sh", "program.sh", "{x: 1..9}"];
  };

  it.each([
    ["by_output", [], 3],
    ["by_output", ["--value", "best"], 1],
    ["by_output", ["--value", "mean:2"], 2.5],
    ["by_file", [], 13],
    ["shared", ["--value", "mean:3"], 2],
    ["by_csv", ["--metric-file", "runs/${trial}/log.csv"], 32],
    ["loss", ["--metric-file", "runs/${trial}/log.csv", "--metric-path", "by_csv", "--value", "best"], 30],
    ["seconds", ["--metric-regex", "seconds=took ([0-9]+) s"], 7],
    ["answer_by_any_name", ["--metric-from", "last-number"], 42],
  ] as const)("%s %j", async (metric, options, value) => {
    const cwd = folder({ "program.sh": PROGRAM });
    const run = await attune(cwd, words(metric, ...options));
    expect(run.err).not.toMatch(/failed/);
    const [trial] = await trials(cwd, "s");
    expect(trial).toMatchObject({ outcome: "ok", values: { [metric]: value, extra: 5 } });
  });

  it("by HTTP, with the token of the trial", async () => {
    const post =
      "fetch(process.env.ATTUNE_REPORT_URL, { method: 'POST', body: JSON.stringify({ loss: 0.31, epoch: 4 }), " +
      "headers: { authorization: 'Bearer ' + process.env.ATTUNE_REPORT_TOKEN } })";
    const cwd = folder();
    const options = ["--study", "s", "--minimize", "loss", "--trials", "1", "--sampler", "random", "--report-http"];
    await attune(cwd, ["run", ...options, "--", process.execPath, "-e", post, "{x: 1..9}"]);
    expect(await trials(cwd, "s")).toMatchObject([{ outcome: "ok", values: { loss: 0.31 } }]);
  });

  it("are kept with the study, and cannot be changed once there are values", async () => {
    const cwd = folder({ "program.sh": PROGRAM });
    await attune(cwd, words("by_output", "--value", "best", "--keep", "shared"));
    expect((await attune(cwd, ["run", "s", "--trials", "2"])).code).toBe(0);
    const values = (await trials(cwd, "s")).map((trial) => trial.values);
    expect(values).toEqual(Array(2).fill(expect.objectContaining({ by_output: 1, shared: 3 })));
    const other = await attune(cwd, words("by_output", "--value", "last"));
    expect(other.err).toMatch(/its metric is read in another way/);
    const byName = await attune(cwd, ["run", "s", "--value", "last"]);
    expect(byName.err).toMatch(/reads its metrics in another way/);
    expect(existsSync(join(cwd, "attune.db.files", "1", "trial-0", "attempt-0.reports"))).toBe(false);
  });

  it("are read by the rules a study began with once it has values, and by the newest before", async () => {
    const cwd = folder({ "program.sh": PROGRAM });
    const storage = join(cwd, "attune.db");
    const command = { argv: ["sh", "program.sh", "{x: 1..9}"] };
    // As a version of Attune made it that kept no version of the rules.
    const old = await createStudy({ name: "old", minimize: "by_output", space: { x: int(1, 9) }, command, storage });
    await old.close();
    const reader = async (name: string) => {
      const study = await openStudy({ name, storage });
      const { metrics } = study.settings.extra;
      await study.close();
      return metrics;
    };
    expect(await reader("old")).toBeUndefined();
    const asked = await openStudy({ name: "old", storage });
    await asked.tell(await asked.ask(), 3);
    await asked.close();
    const run = (...more: string[]) => attune(cwd, ["run", "--trials", "2", ...more]);
    expect((await run("old")).code).toBe(0);
    expect((await run("--study", "old", "--minimize", "by_output", "--", ...command.argv)).code).toBe(0);
    expect(await reader("old")).toBeUndefined();
    const { out } = await attune(cwd, ["show", "old"]);
    const [, anew] = /reader +output is read by version 1 of the rules.* To begin one: (attune run .*)$/m.exec(out)!;
    expect(anew).toBe("attune run --study old-2 --minimize by_output -- sh program.sh '{x: 1..9}'");

    const young = await createStudy({
      name: "young",
      minimize: "by_output",
      space: { x: int(1, 9) },
      command,
      storage,
    });
    await young.close();
    expect((await run("young")).code).toBe(0);
    expect(await reader("young")).toEqual({ reader: 2 });
    expect((await attune(cwd, ["show", "young"])).out).not.toMatch(/reader/);
    // What the older rules read otherwise they go on reading so.
    writeFileSync(join(cwd, "program.sh"), 'echo "by_output=1\'234.5"');
    expect((await attune(cwd, ["run", "old", "--trials", "3"])).code).toBe(0);
    expect((await attune(cwd, ["run", "young", "--trials", "3"])).code).toBe(0);
    expect((await trials(cwd, "old")).at(-1)).toMatchObject({ values: { by_output: 1 } });
    expect((await trials(cwd, "young")).at(-1)).toMatchObject({ values: { by_output: 1234.5 } });
    await attune(cwd, words("by_output"));
    expect(await reader("s")).toEqual({ reader: 2 });
  });

  it("lose no line of programs that print thousands at once", async () => {
    const cwd = folder();
    const program = [process.execPath, PRINT_LINES, "4000", "1", "0", "{x: 1..9}"];
    const options = [
      "--study",
      "s",
      "--minimize",
      "val_loss",
      "--trials",
      "3",
      "--workers",
      "3",
      "--sampler",
      "random",
    ];
    await attune(cwd, ["run", ...options, "--", ...program]);
    const study = await openStudy({ name: "s", storage: join(cwd, "attune.db") });
    const reports = study
      .trials()
      .map((trial) => trial.reports.filter(({ step, values }) => values.val_loss === 1 / step));
    await study.close();
    expect(reports.map(({ length }) => length)).toEqual([4000, 4000, 4000]);
  });

  it.each([
    ["loss=-1.#IND", [], "nan", /reported loss as NaN/],
    ["loss=1'234.5", [], "ok", 1234.5],
    ["loss=1\u00a0234.5", [], "ok", 1234.5],
    [
      "loss=0,5",
      [],
      "no-metric",
      /`loss` is no number that could be used: `0,5`, a number with a decimal comma.*write 0\.5/,
    ],
    ["loss=1.234,5", [], "no-metric", /`1.234,5`, a number with points between thousands/],
    ["loss=0.5\nloss=1+2j", [], "no-metric", /`1\+2j`, a complex number/],
    ["loss=1+2j\nloss=0.5", [], "ok", 0.5],
    ["loss=1+2j\nloss=0.5", ["--value", "best"], "no-metric", /complex/],
    ["loss 3/10 done\nloss=0.5", ["--value", "best"], "ok", 0.5],
    ["loss 3/10 done", [], "no-metric", /`3\/10`, a fraction/],
    [
      "loss=12.5",
      ["--metric-regex", "loss=([0-9]+)"],
      "no-metric",
      /`12.5`, a number of which the expression's group takes only a part/,
    ],
    ["loss=1e-5", ["--metric-regex", "loss=([0-9.]+)"], "no-metric", /`1e-5`, a number of which/],
    [
      "loss=good",
      ["--metric-regex", "loss=loss=(\\S+)"],
      "no-metric",
      /`good`, what the expression's group took, and no number/,
    ],
    ["result 0,5", ["--metric-from", "last-number"], "no-metric", /`0,5`, a number with a decimal comma/],
    ['{"loss": "0,5"}', [], "no-metric", /decimal comma/],
  ] as const)("%j %j: %s", async (output, options, outcome, is) => {
    const cwd = folder({ "output.txt": `${output}\n` });
    const run = ["run", "--study", "s", "--minimize", "loss", "--trials", "1", "--sampler", "random", ...options];
    await attune(cwd, [...run, "--", "sh", "-c", "cat output.txt", "{x: 1..9}"]);
    const [trial] = await trials(cwd, "s");
    expect(trial).toMatchObject({ outcome });
    if (typeof is === "number") expect(trial).toMatchObject({ values: { loss: is } });
    else expect(trial!.message).toMatch(is);
  });

  it.each([
    ["best", "epoch 1 loss=0.9\nepoch 2 loss=0.2\nloss=0.8\n", 0.2],
    ["mean:2", "epoch 1 loss=0.9\nepoch 2 loss=0.2\nloss=0.8\n", 0.5],
    ["last", "epoch 1 loss=0.9\nepoch 2 loss=0.2\nloss=0.8\n", 0.8],
    ["best", "epoch 1 loss=0.1\nloss=0.9\nepoch 2 loss=0.05\nloss=0.8\n", 0.8],
  ])("--value %s of %j is %d", async (rule, output, value) => {
    const cwd = folder({ "output.txt": output });
    const options = ["--study", "s", "--minimize", "loss", "--value", rule, "--trials", "1", "--sampler", "random"];
    await attune(cwd, ["run", ...options, "--", "sh", "-c", "cat output.txt", "{x: 1..9}"]);
    expect(await trials(cwd, "s")).toMatchObject([{ outcome: "ok", values: { loss: value } }]);
  });

  it.each([
    ["printf 'loss=0.5\\nloss=0.'", "ok", 0],
    ["printf 'loss=0.5\\nloss=0.'; kill -9 $$", "signal", 0.5],
    ["sh -c 'printf \"loss=0.5\\nloss=0.\"; kill -9 $$'; exit", "exit-code", 0.5],
    ["printf 'loss=0.5\\nloss=0.1'; kill -TERM $$", "signal", 0.5],
    ["printf 'loss\\n0.5\\n4.5' > r.csv; kill -9 $$", "signal", 0.5, ["--metric-file", "r.csv"]],
    ["printf 'loss\\n0.5\\n4.5' > r.csv", "ok", 4.5, ["--metric-file", "r.csv"]],
  ] as const)(
    "a last line without its end, of %s",
    async (program, outcome, value, options: readonly string[] = []) => {
      const cwd = folder();
      const run = ["run", "--study", "s", "--minimize", "loss", "--trials", "1", "--sampler", "random", ...options];
      await attune(cwd, [...run, "--", "sh", "-c", program, "{x: 1..9}"]);
      expect(await trials(cwd, "s")).toMatchObject([{ outcome, values: { loss: value } }]);
    },
  );

  it("takes no half-written row of a results file for a report", async () => {
    // The row stays half written until the run has looked at the file.
    const program =
      'printf "epoch,loss\\n1,3\\n2,4.5" > r.csv; echo written; while [ ! -e go ]; do sleep 0.05; done; printf "e-05\\n" >> r.csv';
    const cwd = folder();
    const options = ["--study", "s", "--minimize", "loss", "--value", "best", "--trials", "1", "--sampler", "random"];
    const run = start(cwd, ["run", ...options, "--metric-file", "r.csv", "--", "sh", "-c", program, "{x: 1..9}"]);
    const storage = join(cwd, "attune.db");
    const reported = async (): Promise<number> => {
      const study = await openStudy({ name: "s", storage });
      const { length } = study.trials()[0]?.reports ?? [];
      await study.close();
      return length;
    };
    while (!existsSync(join(cwd, "r.csv")) || (await reported()) === 0) await new Promise((go) => setTimeout(go, 20));
    writeFileSync(join(cwd, "go"), "");
    await run.ended;
    expect(await trials(cwd, "s")).toMatchObject([{ outcome: "ok", values: { loss: 4.5e-5 } }]);
    const study = await openStudy({ name: "s", storage });
    expect(study.trials()[0]!.reports.map(({ values }) => values.loss)).toEqual([3, 4.5e-5]);
    await study.close();
  });

  it.each([
    ["elapsed", "elapsed 115 ms", 0.115, "in seconds"],
    ["latency", "latency 12.3ms", 0.0123, "in seconds"],
    ["real", "real\\t0m2.814s", 2.814, "in seconds"],
    ["took", "took 3m12s", 192, "in seconds"],
    ["size", "size: 3.2 MiB", 3_355_443.2, "in bytes"],
    ["rate", "rate 2 MB/s", 2e6, "in bytes per s"],
  ])("%s of %j is converted, and it is said", async (metric, output, value, words) => {
    const cwd = folder();
    const program = ["--", "sh", "-c", `printf '${output}\\n'`, "{x: 1..9}"];
    const tried = await attune(cwd, ["try", "--minimize", metric, ...program]);
    expect(tried.out).toMatch(new RegExp(`${metric} .*${words}`));
    await attune(cwd, [
      "run",
      "--study",
      "s",
      "--minimize",
      metric,
      "--trials",
      "1",
      "--sampler",
      "random",
      ...program,
    ]);
    expect(await trials(cwd, "s")).toMatchObject([{ outcome: "ok", values: { [metric]: expect.closeTo(value, 9) } }]);
    expect((await attune(cwd, ["show", "s"])).out).toContain(`${metric} ${words}, converted`);
  });

  it("convert nothing that an expression of the user's took", async () => {
    const cwd = folder();
    const options = ["--metric-regex", "elapsed=elapsed ([0-9]+) ms", "--trials", "1", "--sampler", "random"];
    const program = ["--", "sh", "-c", "echo elapsed 115 ms", "{x: 1..9}"];
    await attune(cwd, ["run", "--study", "s", "--minimize", "elapsed", ...options, ...program]);
    expect(await trials(cwd, "s")).toMatchObject([{ outcome: "ok", values: { elapsed: 115 } }]);
  });

  it("fail a trial whose metric comes in another unit, also one that ran beside the first", async () => {
    // The first two wait for each other, so that neither could know of the other's unit as it began.
    const program = `
touch begun-$ATTUNE_TRIAL
if [ $ATTUNE_TRIAL -lt 2 ]; then while [ ! -e begun-0 ] || [ ! -e begun-1 ]; do sleep 0.05; done; fi
case $ATTUNE_TRIAL in 0|2) echo "elapsed 115 ms";; 1|3) echo "elapsed=0.2";; 4) echo "elapsed 3 MiB";; 5) echo "elapsed 3 s";; esac
`;
    const cwd = folder({ "program.sh": program });
    const options = ["--study", "s", "--minimize", "elapsed", "--sampler", "random"];
    await attune(cwd, ["run", ...options, "--workers", "2", "--trials", "2", "--", "sh", "program.sh", "{x: 1..9}"]);
    await attune(cwd, ["run", "s", "--trials", "6", "--keep-going"]);
    const all = await trials(cwd, "s");
    const timed = all.filter(({ outcome }) => outcome === "ok").map(({ number }) => number);
    expect([
      [0, 2, 5],
      [1, 3],
    ]).toContainEqual(timed);
    for (const { outcome, message } of all.filter(({ number }) => !timed.includes(number))) {
      expect(outcome).toBe("no-metric");
      expect(message).toMatch(/`elapsed`.* which cannot be compared; (?:let the program )?print it in one unit always/);
    }
  });

  it("say what they looked at in vain", async () => {
    const cwd = folder({ "program.sh": PROGRAM });
    const run = await attune(cwd, words("loss", "--metric-file", "none.json"));
    expect(run.err).toMatch(/no metric `loss`.*The program did not write .*none\.json/s);
  });

  it("tells where in a study file an expression is wrong", async () => {
    const study = "minimize: loss\nspace: {x: 1..9}\ncommand: echo hi\nmetric-regex: loss=([0-9]+\n";
    const run = await attune(folder({ "s.yaml": study }), ["run", "s.yaml"]);
    expect(run.err).toMatch(/s\.yaml:4:15: .*none that RE2 takes/);
  });
});
