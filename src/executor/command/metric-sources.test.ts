import { existsSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { MetricSettings } from "../../protocol/metric-settings.ts";
import { NEWEST_READER } from "../../protocol/reader-version.ts";
import { ReportServer } from "../../protocol/report-server.ts";
import { openMetrics } from "./open-metrics.ts";

const MEBIBYTE = 1_048_576;

async function open(settings: Partial<MetricSettings> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "attune-sources-"));
  const reportFile = join(folder, "reports");
  const { sources } = await openMetrics({
    plan: { settings: { reader: NEWEST_READER, ...settings }, smaller: new Set(), patterns: [] },
    metrics: ["loss"],
    units: new Map(),
    cwd: folder,
    values: {
      parameters: new Set(),
      params: {},
      seed: 1,
      trial: 0,
      fold: null,
      filePath: (name) => name,
    },
    reportFile,
    server: new ReportServer(),
    onReport: () => undefined,
    room: () => null,
    onWait: () => undefined,
    quote: (line) => line,
  });
  return { folder, reportFile, sources };
}

/** Bytes that this process has read so far, of whatever. */
function bytesRead(): number {
  return Number(/rchar: (\d+)/.exec(readFileSync("/proc/self/io", "utf8"))![1]);
}

it.runIf(existsSync("/proc/self/io"))("leaves out at once what is too much to be read at the end", async () => {
  const { reportFile, sources } = await open();
  writeFileSync(reportFile, "");
  truncateSync(reportFile, 900_000 * MEBIBYTE);
  const before = bytesRead();
  await sources.end(true);
  expect(sources.endless).toBe(true);
  expect(bytesRead() - before).toBeLessThan(16 * MEBIBYTE);
});

it("reads as much as is not too much to its end", async () => {
  const { reportFile, sources } = await open();
  writeFileSync(reportFile, "");
  truncateSync(reportFile, 20 * MEBIBYTE);
  await sources.end(true);
  expect(sources.endless).toBe(false);
});
