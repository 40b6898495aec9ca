import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MetricReader } from "./metric-reader.ts";

interface Heard {
  readonly values: Record<string, number>;
  readonly seen: readonly string[];
  readonly reports: readonly (readonly [number, Record<string, number>])[];
}

function read(output: string | readonly Buffer[], metrics: readonly string[] = ["val_loss"]): Heard {
  const reports: [number, Record<string, number>][] = [];
  const reader = new MetricReader({ metrics, onReport: (step, values) => reports.push([step, { ...values }]) });
  for (const chunk of typeof output === "string" ? [Buffer.from(output)] : output) reader.push("stdout", chunk);
  reader.end();
  return { values: Object.fromEntries(reader.values), seen: reader.seen, reports };
}
const value = (line: string, metric = "val_loss") => read(line, [metric]).values[metric];

describe("MetricReader", () => {
  it("takes nothing said of a metric with other words where its own came with a list, before or behind", () => {
    const [list, best] = ["val_loss: [0.1, 0.2]", "best val_loss: 0.05"];
    expect(value(best)).toBe(0.05);
    expect(value(`${list}\n${best}`)).toBeUndefined();
    expect(value(`${best}\n${list}`)).toBeUndefined();
    expect(value(`val_loss: 0.3\n${list}\n${best}`)).toBe(0.3);
    expect(value(`${list}\n${best}\nval_loss: 0.3`)).toBe(0.3);
  });

  it("says why a value that came by another way is none, as far as it is sure to be the metric's", () => {
    const reader = new MetricReader({ metrics: ["loss", "acc"] });
    const fault = { text: "1,5", why: "a number with a decimal comma", sure: true };
    reader.take("metric-file", null, {}, { refused: { loss: fault, acc: { ...fault, sure: false } } });
    reader.push("stdout", Buffer.from("loss=0.5 acc=0.9\n"));
    reader.end();
    expect(reader.values.get("loss")).toBeUndefined();
    expect(reader.values.get("acc")).toBe(0.9);
    expect([...reader.refused.keys()]).toEqual(["loss"]);
    expect(reader.refused.get("loss")).toContain("1,5");
  });

  it("takes a group's value where it has one part of the data alone, whichever part that is", () => {
    const parts = ["train", "val", "test", "eval", "dev", "holdout", "oob", "cv"];
    for (const part of parts) {
      expect(value(`accuracy: (${part}=0.8)`, "accuracy"), part).toBe(0.8);
      const other = part === "test" ? "train" : "test";
      expect(value(`accuracy: (${part}=0.9, ${other}=0.8)`, "accuracy"), part).toBeUndefined();
      expect(value(`accuracy: (${other}=0.9, ${part}=0.8)`, "accuracy"), part).toBeUndefined();
    }
  });

  it.each([
    ["val_loss=0.31", 0.31],
    ["val_loss: 0.31", 0.31],
    ["val_loss = 0.31", 0.31],
    ["val_loss : -3", -3],
    ["val_loss:.5,", 0.5],
    ["val_loss=1e-3", 1e-3],
    ["val_loss=+1.5E+10", 1.5e10],
    ["val_loss=1.", 1],
    ["val_loss: 0.31.", 0.31],
    ["[INFO] epoch 3/10 - loss: 0.5 - val_loss: 0.31 - 12s", 0.31],
    ["{'val_loss': 0.31, 'epoch': 1.0}", 0.31],
    ['{"val_loss": 0.31, "step": 3}', 0.31],
    ['  {"a": {"val_loss": 2}, "val_loss": 0.31}  ', 0.31],
    ['{"val_loss": "0.31"}', 0.31],
    ['{"val_loss": NaN}', Number.NaN],
    ['2024-01-01 10:00 {"val_loss": 0.31}', 0.31],
    ["val_loss=nan", Number.NaN],
    ["val_loss=NaN", Number.NaN],
    ["val_loss=inf", Number.POSITIVE_INFINITY],
    ["val_loss=-inf", Number.NEGATIVE_INFINITY],
    ["val_loss=-Infinity", Number.NEGATIVE_INFINITY],
    ["val_loss=0.9 val_loss=0.31", 0.31],
    ["val_loss=0.9\nval_loss=0.31\nloss=1", 0.31],
    ["val_loss=0.9\rval_loss=0.31\r", 0.31],
    ["val_loss=0.31\r\n", 0.31],
    ["\x1b[1mval_loss\x1b[0m: \x1b[32m0.31\x1b[0m", 0.31],
    ["...val_loss=0.31", 0.31],
    ["(val_loss=0.31)", 0.31],
    ["val_loss=0.31 my_val_loss=0.5 val_loss_ema=0.7", 0.31],
    ["val_loss=0.31+-0.02", 0.31],
    ["val_loss 0.31", 0.31],
    ["VAL_LOSS=0.31", 0.31],
    ["Val loss: 0.31", 0.31],
    ["val-loss .... 0.31", 0.31],
    ["val_loss is 0.31", 0.31],
    ["val_loss tensor(0.31, device='cuda:0')", 0.31],
    ["{'val_loss': np.float64(0.31)}", 0.31],
    ["val_loss = Array(0.31, dtype=float32)", 0.31],
    ["val_loss = [0.31]", 0.31],
    ["val_loss: 31 %", 31],
    ["val_loss: 31.5%", 31.5],
    ["val_loss: 1234/5000 (25%)", 24.68],
    ["val_loss = 0.31f0", 0.31],
    ["val_loss = 0.31D+02", 31],
    ["| val_loss | 0.31 |", 0.31],
    ["val_loss (mean): 0.31", 0.31],
    ["best val_loss: 0.31", 0.31],
    ["val_loss=0.31\nbest val_loss: 0.2", 0.31],
    ["Val loss: 0.2\nval_loss=0.31\nVal loss: 0.2", 0.31],
    ["epoch,val_loss\n1,0.5\n2,0.31", 0.31],
    ["val_loss  acc\n0.31  0.9", 0.31],
  ])("finds the value in %j", (line, expected) => {
    expect(value(line)).toBe(expected);
  });

  it.each([
    "my_val_loss=0.31",
    "old-val_loss=0.31",
    "train/val_loss=0.31",
    "a.val_loss=0.31",
    "--val_loss=0.31",
    "xval_loss: 1",
    "val_loss_ema=0.31",
    "val_loss2=0.31",
    "val_losses: 0.31",
    "best_val_loss=0.31",
    "val_losses 0.31",
    "val_loss  50%|#####     | 1/2",
    "monitor=val_loss 0.31",
    "early stopping on val_loss, patience 3",
    "val_loss improved from 0.5 to 0.31",
    "val_loss [0.31, 0.5]",
    "val_loss=high",
    "val_loss=0x1F",
    "val_loss=1.2.3",
    "val_loss=12:30",
    "val_loss=3/10",
    "val_loss=1,234",
    "val_loss=nano",
    "val_loss=infinite",
    "val_loss==0.31",
    "val_loss=",
    '{"my_val_loss": 0.31}',
    '{"metrics": {"val_loss": 0.31}}',
    '{"val_loss": true}',
    '{"val_loss": null, "note": "val_loss=3"}',
  ])("finds nothing in %j", (line) => {
    expect(read(line).values).toEqual({});
  });

  it("reads metrics whose names hold dots, slashes or letters of any script", () => {
    expect(value("test.acc=0.5", "test.acc")).toBe(0.5);
    expect(value("eval/loss: 0.5", "eval/loss")).toBe(0.5);
    expect(value('{"eval\\/loss": 0.5}', "eval/loss")).toBe(0.5);
    expect(value('{"gr\\u00f6\\u00dfe": 0.5}', "größe")).toBe(0.5);
    expect(value("größe=0.5", "größe")).toBe(0.5);
    expect(value("acc@5: 0.5", "acc@5")).toBe(0.5);
    expect(value("valxacc=0.5", "val.acc")).toBeUndefined();
  });

  it("reads an object within a line of JSON by a path with dots, and tells such paths as names", () => {
    expect(value('{"test": {"acc": 0.9}}', "test.acc")).toBe(0.9);
    expect(value('{"Test": {"acc": 0.9}}', "test.acc")).toBeUndefined();
    expect(value('{"folds": [{"acc": 0.9}]}', "folds.0.acc")).toBe(0.9);
    expect(value('{"test.a": {"b": 0.9}}', "test.a.b")).toBe(0.9);
    expect(read('{"epoch": 2, "test": {"acc": 0.9, "by": ["a"]}}').seen).toEqual(["epoch", "test.acc"]);
  });

  it("does not care how the bytes are cut, UTF-8 included", () => {
    const text = 'größe=1\nepoch 1 größe=漢\n\x1b[32mgröße\x1b[0m: 2.5\r{"größe": 3}\n';
    const whole = read(text, ["größe"]);
    expect(whole.values).toEqual({ größe: 3 });
    const bytes = Buffer.from(text);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 8 }), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const chunks = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
        expect(read(chunks, ["größe"])).toEqual(whole);
      }),
    );
  });

  it("keeps standard output and error apart", () => {
    const reader = new MetricReader({ metrics: ["loss"] });
    reader.push("stdout", Buffer.from("lo"));
    reader.push("stderr", Buffer.from("warning\n"));
    reader.push("stdout", Buffer.from("ss=0.5"));
    reader.end();
    expect(reader.values.get("loss")).toBe(0.5);
  });

  it.each([
    ["epoch 3/10 val_loss=0.5", 3],
    ["Epoch [3/10], val_loss: 0.5", 3],
    ["step=7 val_loss=0.5", 7],
    ["epoch: 2 step: 700 val_loss: 0.5", 700],
    ["iter 12 | val_loss=0.5", 12],
    ["{'val_loss': 0.5, 'epoch': 2.0}", 2],
    ['{"val_loss": 0.5, "epoch": 2, "step": 40}', 40],
    ['{"val_loss": 0.5, "global_step": 40}', 40],
  ])("finds the step in %j", (line, step) => {
    expect(read(line).reports).toEqual([[step, { val_loss: 0.5 }]]);
  });

  it.each([
    "steps: 100 val_loss=0.5",
    "{'epoch': 0.25, 'val_loss': 0.5}",
    "timestep_size=3 val_loss=0.5",
    "epochs=10 val_loss=0.5",
  ])("finds no step in %j", (line) => {
    expect(read(`${line}\n${line}`).reports.map(([step]) => step)).toEqual([1, 2]);
  });

  it("takes a value printed once without a step as the end, not as a report", () => {
    expect(read("loss=1\nval_loss=0.5\n")).toMatchObject({ values: { val_loss: 0.5 }, reports: [] });
  });

  it("counts steps from 1 where none are given, metrics on several lines together", () => {
    const metrics = ["loss", "acc"];
    expect(read("loss=3\nacc=1\nloss=2\nacc=2\nloss=1\n", metrics).reports).toEqual([
      [1, { loss: 3, acc: 1 }],
      [2, { loss: 2, acc: 2 }],
      [3, { loss: 1 }],
    ]);
    expect(read("loss=3\nstep 5 loss=2\nloss=1\n", metrics).reports).toEqual([
      [1, { loss: 3 }],
      [5, { loss: 2 }],
      [5, { loss: 1 }],
    ]);
  });

  it("takes the step from the heading above", () => {
    const output = "Epoch 1/2\n loss: 0.9 val_loss: 0.5\nEpoch 2/2\n loss: 0.8 val_loss: 0.4\n";
    expect(read(output).reports).toEqual([
      [1, { val_loss: 0.5 }],
      [2, { val_loss: 0.4 }],
    ]);
  });

  it("counts nothing of a name that stands for two parts of the data", () => {
    const reader = new MetricReader({ metrics: ["acc"] });
    reader.push("stdout", Buffer.from("train acc: 0.99\ntest acc: 0.8\n"));
    reader.end();
    expect(reader.values.size).toBe(0);
    expect(reader.ambiguous).toEqual(new Map([["acc", ["train", "test"]]]));
    expect(read("train acc: 0.99\ntest acc: 0.8\n", ["test_acc"]).values).toEqual({ test_acc: 0.8 });
    expect(read("train acc: 0.99\ntest acc: 0.8\nacc: 0.7", ["acc"]).values).toEqual({ acc: 0.7 });
  });

  it("gathers names that look like metrics", () => {
    const { seen } = read(
      'lr: 0.1\nTime 12:30:05\nloss=3 train/acc: 0.5 \'f1\': 0.2 x==3\n{"auc": 0.9, "note": "a"}\n',
      ["no"],
    );
    expect(seen).toEqual(["lr", "loss", "train/acc", "f1", "auc"]);
  });

  it("reads lines of any length in bounded pieces, and numbers at their seams", () => {
    const filler = "x".repeat(9);
    const long = `${`${filler} `.repeat(6553)}val_loss=0.12345 ${`${filler} `.repeat(20_000)}val_loss=0.31`;
    expect(long.length).toBeGreaterThan(3 * 65_536);
    const bytes = Buffer.from(long);
    expect(read([bytes]).reports).toEqual(read(Array.from(bytes, (_, i) => bytes.subarray(i, i + 1))).reports);
    expect(read([bytes]).values).toEqual({ val_loss: 0.31 });
    expect(read([bytes]).reports[0]).toEqual([1, { val_loss: 0.12345 }]);
  });

  it("finds a metric anywhere in a large output, however the bytes are cut", () => {
    const filler = "epoch 1 loss: 0.5 some text\n".repeat(60_000);
    const bytes = Buffer.from(
      `${filler}step 1 val_loss=1\r\n${filler}step 2 val_loss=2\n${filler}step 3 val_loss=0.31`,
    );
    for (const size of [bytes.length, 65_536, 8_191, 500]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect(read(chunks).reports.map(([step, values]) => [step, values.val_loss])).toEqual([
        [1, 1],
        [2, 2],
        [3, 0.31],
      ]);
    }
  });

  it("takes time in proportion to the output, whatever stands in it", () => {
    const patterns = [
      "val_loss",
      "val_loss=",
      "a",
      " ",
      "=",
      ":",
      "1",
      "-",
      "{",
      "\x1b[",
      "val_loss ",
      "a=1 ",
      "1:",
      "'",
      "\x1b]",
      "epoch ",
    ];
    // A reader that looks at each character again from each other one would need hours for these 16 MB.
    for (const pattern of patterns) read(`${pattern.repeat(Math.ceil(1_000_000 / pattern.length))}\nval_loss=0.31\n`);
    expect(value(`${"a=1 ".repeat(300_000)}\nval_loss=0.31\n`)).toBe(0.31);
  });

  it("reads binary noise without a value and without an error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(read([Buffer.from(bytes)]).values).toEqual({});
      }),
    );
  });

  it("converts quantities, and says into what", () => {
    const of = (text: string, name = "elapsed") => {
      const reader = new MetricReader({ metrics: [name] });
      reader.push("stdout", Buffer.from(text));
      reader.end();
      return [reader.values.get(name), reader.units.get(name), reader.refused.get(name)];
    };
    expect(of("elapsed 115 ms\n")).toEqual([0.115, "s", undefined]);
    expect(of("elapsed: 2 s\nelapsed: 500 ms\n")).toEqual([0.5, "s", undefined]);
    expect(of("| elapsed | 12.3ms |\n")).toEqual([0.0123, "s", undefined]);
    expect(of('{"elapsed": "115 ms"}\n')).toEqual([0.115, "s", undefined]);
    expect(of("took 3m12s in all\n", "took")).toEqual([192, "s", undefined]);
    expect(of("elapsed=115\n")).toEqual([115, undefined, undefined]);
    expect(of("elapsed: 31 %\n")).toEqual([31, undefined, undefined]);
    expect(of("elapsed 3.2 M\n")[2]).toMatch(/may mean several/);
    expect(of("elapsed=2 s\nelapsed=3\n")).toEqual([
      undefined,
      "s",
      expect.stringMatching(/without a unit here, and in seconds elsewhere/),
    ]);
    expect(of("elapsed=2 s\nelapsed=3 MiB\n")[2]).toMatch(/in bytes here, and in seconds elsewhere/);
    expect(of("elapsed=2 s/step\nelapsed=3 s\n")[2]).toMatch(/in seconds here, and in seconds per step elsewhere/);
  });

  it("holds values to the unit of the study's", () => {
    const units = new Map([["elapsed", "s"]]);
    const reader = new MetricReader({ metrics: ["elapsed"], units });
    reader.push("stdout", Buffer.from("elapsed=3\n"));
    reader.end();
    expect(reader.values.has("elapsed")).toBe(false);
    expect(reader.refused.get("elapsed")).toMatch(/without a unit here, and in seconds in trials before/);
  });

  it("reads quantities and grouped numbers in tables, and refuses there what it refuses on lines", () => {
    const of = (text: string, name: string) => {
      const reader = new MetricReader({ metrics: [name] });
      reader.push("stdout", Buffer.from(text));
      reader.end();
      return [reader.values.get(name), reader.units.get(name), reader.refused.get(name)];
    };
    expect(of("| epoch | time |\n| 1 | 12.3ms |\n| 2 | 1.2 s |\n", "time")).toEqual([1.2, "s", undefined]);
    expect(of("epoch  loss  time\n1  0.5  12.3ms\n", "time")).toEqual([0.0123, "s", undefined]);
    expect(of("epoch loss acc\n1 1\u00a0234.5 0.7\n", "loss")).toEqual([1234.5, undefined, undefined]);
    for (const cell of ["0,4", "1.234,5", "1+2j", "1,234", "0x1F"]) {
      expect(of(`epoch loss acc\n1 0.5 0.7\n2 ${cell} 0.8\n`, "loss")).toEqual([
        undefined,
        undefined,
        expect.stringContaining(`\`${cell}\``),
      ]);
    }
  });
});
