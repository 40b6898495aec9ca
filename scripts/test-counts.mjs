const failedOf = ({ assertionResults }) => assertionResults.filter(({ status }) => status === "failed");

/**
 * Names of the test files that did not get to their end: they failed, and no test in them did. With them those of up to `atMost`
 * failed tests; none at all where more failed.
 */
export function filesToRepeat(report, atMost) {
  const failed = report.testResults.filter(({ status }) => status === "failed");
  const count = failed.reduce((sum, file) => sum + failedOf(file).length, 0);
  if (count > atMost) return [];
  return failed.map(({ name }) => name);
}

/** The failed tests, as `file: title`. */
export function failedTests(report) {
  return report.testResults.flatMap((file) => failedOf(file).map(({ fullName }) => `${file.name}: ${fullName}`));
}

/** The report with the results of `again` in the place of those of the same files. */
export function mergeReports(report, again) {
  const names = new Set(again.testResults.map(({ name }) => name));
  return { testResults: [...report.testResults.filter(({ name }) => !names.has(name)), ...again.testResults] };
}

/** Counts the tests of a vitest JSON report; a file that failed without a failed test in it counts as one failure. */
export function countTests(report) {
  const counts = { passed: 0, failed: 0, skipped: [] };
  for (const file of report.testResults) {
    const failedBefore = counts.failed;
    for (const test of file.assertionResults) {
      if (test.status === "passed") counts.passed += 1;
      else if (test.status === "failed") counts.failed += 1;
      else counts.skipped.push(`${file.name}: ${test.fullName}`);
    }
    if (file.status === "failed" && counts.failed === failedBefore) counts.failed += 1;
  }
  return counts;
}
