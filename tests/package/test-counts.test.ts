import { describe, expect, it } from "vitest";
import { countTests, failedTests, filesToRepeat, mergeReports, type TestReport } from "../../scripts/test-counts.mjs";

type File = TestReport["testResults"][number];

/** A file of tests by their marks: `+` passed, `-` failed, `o` skipped. */
function fileOf(name: string, marks: string, status = marks.includes("-") ? "failed" : "passed"): File {
  const statuses = { "+": "passed", "-": "failed", o: "pending" } as const;
  const test = (mark: string, at: number): File["assertionResults"][number] => ({
    fullName: `test ${at}`,
    status: statuses[mark as "+" | "-" | "o"],
  });
  return { name, status, assertionResults: [...marks].map(test) };
}

const reportOf = (...testResults: readonly File[]): TestReport => ({ testResults });

describe("the counts of a run of tests", () => {
  it("are of tests, with one for a file that came to no end", () => {
    const report = reportOf(fileOf("a", "++-o"), fileOf("b", "+", "failed"), fileOf("c", "", "failed"));
    expect(countTests(report)).toEqual({ passed: 3, failed: 3, skipped: ["a: test 3"] });
    expect(failedTests(report)).toEqual(["a: test 2"]);
  });

  it("hold the second results of what was repeated, also where they are worse", () => {
    const first = reportOf(fileOf("a", "+-"), fileOf("b", "+++"));
    expect(countTests(mergeReports(first, reportOf(fileOf("a", "++"))))).toMatchObject({ passed: 5, failed: 0 });
    expect(countTests(mergeReports(first, reportOf(fileOf("a", "--"))))).toMatchObject({ passed: 3, failed: 2 });
  });
});

describe("what is repeated", () => {
  it("are files without an end, and those of a few failed tests", () => {
    const report = reportOf(fileOf("a", "+-"), fileOf("b", "+"), fileOf("c", "+", "failed"), fileOf("d", "--"));
    expect(filesToRepeat(report, 3)).toEqual(["a", "c", "d"]);
  });

  it("is nothing where more failed, or where failed tests are not to be repeated", () => {
    const report = reportOf(fileOf("a", "+-"), fileOf("c", "+", "failed"), fileOf("d", "--"));
    expect(filesToRepeat(report, 2)).toEqual([]);
    expect(filesToRepeat(reportOf(fileOf("a", "-")), 0)).toEqual([]);
    expect(filesToRepeat(reportOf(fileOf("c", "+", "failed")), 0)).toEqual(["c"]);
  });
});
