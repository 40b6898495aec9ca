import { describe, expect, it } from "vitest";
import { collectSettings } from "./collect-settings.ts";
import { readStudyText } from "./read-study-file.ts";
import { keptMetricSettings } from "./reading-of-study.ts";

const kept = async (options: Parameters<typeof collectSettings>[2]) =>
  keptMetricSettings(await collectSettings([], ["t"], options), [{ name: "loss" }]);

describe("keptMetricSettings", () => {
  it("says nothing when nothing was said", async () => {
    expect(await kept({ trials: "3" })).toBeUndefined();
  });

  it("is the same from options and from a study file", async () => {
    const options = {
      value: "mean:3",
      keep: "acc, f1,loss",
      metricFile: "runs/${trial}/a.json",
      metricPath: ["test.loss", "acc=test.acc"],
      tensorboard: "tb/${trial}",
      metricRegex: ["f1=F1 (\\S+)"],
      metricFrom: "last-number",
      reportHttp: true,
      workers: "2",
    };
    const file = `
value: mean:3
keep: [acc, f1]
metric-file: runs/\${trial}/a.json
metric-path: {loss: test.loss, acc: test.acc}
tensorboard: tb/\${trial}
metric-regex: {f1: 'F1 (\\S+)'}
metric-from: last-number
report-http: true
workers: 2
`;
    const expected = {
      value: "mean:3",
      keep: ["acc", "f1"],
      file: "runs/${trial}/a.json",
      paths: { loss: "test.loss", acc: "test.acc" },
      tensorboard: "tb/${trial}",
      patterns: { f1: "F1 (\\S+)" },
      lastNumber: true,
      http: true,
    };
    expect(await kept(options)).toEqual(expected);
    expect(keptMetricSettings(readStudyText(file, "a.yaml"), [{ name: "loss" }])).toEqual(expected);
  });

  it("takes an expression with = in it for the study's own metric", async () => {
    expect((await kept({ metricRegex: ["(?i)loss=(.*)"] }))?.patterns).toEqual({ loss: "(?i)loss=(.*)" });
  });

  it.each([
    [{ value: "first" }, '--value is "first"; give last, best, or mean:N'],
    [{ metricPath: ["a"] }, "name the file by --metric-file"],
    [{ metricFile: "a.json", metricPath: ["acc=b"] }, "add --keep acc"],
    [{ metricFrom: "x" }, "give name (as usual), or last-number"],
    [{ metricFile: "a.json", workers: "2" }, "2 trials at a time would all write a.json"],
  ])("refuses %j", async (options, message) => {
    await expect(kept(options)).rejects.toThrow(message);
  });
});
