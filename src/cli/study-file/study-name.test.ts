import { describe, expect, it } from "vitest";
import { defaultStudyName } from "./study-name.ts";

describe("defaultStudyName", () => {
  const isFile = (path: string): boolean => ["train.py", "code/fit.jl", "./data.csv"].includes(path);

  it.each([
    [["python", "train.py", "--lr", "1"], "train"],
    [["julia", "--project", "code/fit.jl", "./data.csv"], "fit"],
    [["./bin/solver.sh", "--x", "3"], "solver"],
    [["echo", "loss=1"], "echo"],
  ])("names %j %s", (argv, name) => {
    expect(defaultStudyName({ argv }, isFile)).toBe(name);
  });

  it("looks into a shell text too", () => {
    expect(defaultStudyName({ shell: "python train.py | tee log" }, isFile)).toBe("train");
  });
});
