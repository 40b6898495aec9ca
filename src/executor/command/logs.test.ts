import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { contractJob, startJob } from "../executor.contract.ts";
import { CommandExecutor } from "./command-executor.ts";
import { LogFile } from "./log-file.ts";
import { logParts } from "./log-parts.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "attune-logs-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newFile = (): string => join(folder, String(files++), "0.log");
const textOf = (path: string): string =>
  logParts(path)
    .files.map((file) => readFileSync(file, "latin1"))
    .join("");

describe("a log with a limit", () => {
  it("keeps the newest output, at most the limit and at least half of it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ minLength: 1, maxLength: 40 }), { maxLength: 20 }),
        fc.integer({ min: 2, max: 60 }),
        async (chunks, limit) => {
          const path = newFile();
          const log = new LogFile(path, limit, () => undefined);
          for (const chunk of chunks) log.write(Buffer.from(chunk));
          expect(await log.close()).toBeNull();
          const all = Buffer.from(chunks.join("")).toString("latin1");
          const kept = textOf(path);
          expect(all.endsWith(kept)).toBe(true);
          expect(kept.length).toBeLessThanOrEqual(limit);
          expect(kept.length).toBeGreaterThanOrEqual(Math.min(all.length, Math.floor(limit / 2)));
          expect(logParts(path).cut).toBe(kept.length < all.length);
        },
      ),
      { numRuns: 60 },
    );
  });
});

it("no secret reaches the log or the message of a trial; metrics are read all the same", async () => {
  const log = newFile();
  const executor = new CommandExecutor({
    command: { shell: 'printf "key "; printf "%s\\n" "$X_TOKEN"; echo loss=123456; exit 3' },
    parameters: [],
    environment: { ...process.env, X_TOKEN: "very-secret", LOSS_KEY: "123456" },
    logFile: () => log,
  });
  const result = await startJob(executor, contractJob({ ending: "value" })).result;
  await executor.close();
  expect(result.values).toEqual({ loss: 123456 });
  expect(result.end.message).toMatch(/Its last lines:\nkey \[redacted\]\nloss=\[redacted\]$/);
  expect(textOf(log)).toBe("key [redacted]\nloss=[redacted]\n");
});

it("no secret reaches a report's names, the names that are offered, or the line of the report file that is quoted", async () => {
  const report = join(folder, "report.jsonl");
  const shell =
    'echo "$X_TOKEN: 3"; echo "{\\"step\\": 1, \\"acc\\": 1, \\"$X_TOKEN\\": 2}" >> $ATTUNE_REPORT_FILE; ' +
    'printf "%090d no json %s\\n" 0 "$X_TOKEN" >> $ATTUNE_REPORT_FILE';
  const executor = new CommandExecutor({
    command: { shell },
    parameters: [],
    environment: { ...process.env, X_TOKEN: "very-secret-name" },
    logFile: newFile,
    reportFile: () => report,
  });
  const job = startJob(executor, contractJob({ ending: "value" }));
  const result = await job.result;
  await executor.close();
  expect(result.end.message).toMatch(/names with a number seen, the closest first: .*no JSON object/s);
  expect(JSON.stringify([result, job.reports])).not.toMatch(/very-sec/);
  expect(result.values).toEqual({ acc: 1 });
});

it("what is held back until its line is whole makes no program wait", async () => {
  const log = newFile();
  const pieces = "printf 'loss'; sleep 0.1; printf '=%s' 0.; sleep 0.1; seq -s '' 20000; echo loss=0.5";
  const executor = new CommandExecutor({ command: { shell: pieces }, parameters: [], logFile: () => log });
  const result = await startJob(executor, contractJob({ ending: "value" })).result;
  await executor.close();
  expect(result).toMatchObject({ state: "complete", values: { loss: 0.5 } });
  expect(textOf(log)).toMatch(/^loss=0\.1234.*1999920000\nloss=0\.5\n$/);
});
