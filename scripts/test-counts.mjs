/** Names of the test files that did not get to their end: they failed, and no test in them did. */
export function unfinishedFiles(report) {
  const failed = ({ assertionResults }) => assertionResults.some(({ status }) => status === "failed");
  return report.testResults.filter((file) => file.status === "failed" && !failed(file)).map(({ name }) => name);
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
