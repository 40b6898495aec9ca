import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ReportServer } from "../../protocol/report-server.ts";
import { type OpenMetricsSetup, openMetrics } from "./open-metrics.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-metrics-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function opened(room: OpenMetricsSetup["room"] = () => null) {
  const reports: number[] = [];
  const waits: string[] = [];
  const { reader, sources } = await openMetrics({
    plan: undefined,
    metrics: ["loss"],
    units: new Map(),
    said: new Map(),
    cwd: folder,
    values: { params: {}, job: {} } as unknown as OpenMetricsSetup["values"],
    reportFile: join(folder, "reports.jsonl"),
    server: new ReportServer(),
    onReport: (step) => reports.push(step),
    room,
    onWait: (reason, wait) => waits.push(`${reason} ${wait}`),
    quote: (line) => line,
  });
  return { reader, sources, reports, waits };
}

const COUNT = 150_000;

/** More than is read in one go. */
function report(): void {
  const lines = Array.from({ length: COUNT }, (_, k) => `{"step": ${k + 1}, "loss": ${k}}\n`);
  writeFileSync(join(folder, "reports.jsonl"), `${lines.join("")}{"loss": 0.5}`);
}

describe("the end of an attempt's metrics", () => {
  it("reads all that is there, and the file is gone after it", async () => {
    const { reader, sources, reports } = await opened();
    report();
    await sources.end(true);
    expect(reports).toHaveLength(COUNT + 1);
    expect(reader.values.get("loss")).toBe(0.5);
    expect([existsSync(join(folder, "reports.jsonl")), sources.endless]).toEqual([false, false]);
  });

  it("waits for room for what is unread, however often", async () => {
    const [first, ...later] = Array.from({ length: 300 }, () => Promise.withResolvers<void>());
    const gates = [first!, ...later];
    const { sources, reports } = await opened(() => gates[0]?.promise ?? null);
    report();
    let over = false;
    const end = sources.end(true).then(() => {
      over = true;
    });
    while (gates.length > 0) {
      expect([reports.length, over]).toEqual([0, false]);
      gates.shift()!.resolve();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await end;
    expect(reports).toHaveLength(COUNT + 1);
  });

  it("reads on for nobody, and waits for no room, once it is killed", async () => {
    const { sources, reports } = await opened();
    report();
    await sources.end(true, AbortSignal.abort());
    expect(reports.length).toBeGreaterThan(0);
    expect(reports.length).toBeLessThan(COUNT);
    const without = await opened(() => new Promise(() => undefined));
    report();
    without.sources.push("stdout", Buffer.from("loss=3\n"));
    await without.sources.end(true, AbortSignal.abort());
    expect(without.reports).toEqual([]);
    expect(without.waits).toContain("reports true");
  });
});
