export interface TestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Names of the test files that did not get to their end, and of those of up to `atMost` failed tests; none where more failed. */
export function filesToRepeat(report: TestReport, atMost: number): readonly string[];

/** The failed tests, as `file: title`. */
export function failedTests(report: TestReport): readonly string[];

/** The report with the results of `again` in the place of those of the same files. */
export function mergeReports(report: TestReport, again: TestReport): TestReport;

/** Counts the tests; a file that failed without a failed test in it counts as one failure. */
export function countTests(report: TestReport): {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
};
