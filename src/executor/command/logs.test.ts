import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { contractJob, startJob } from "../executor.contract.ts";
import { CommandExecutor } from "./command-executor.ts";
import { LogFile } from "./log-file.ts";
import { logParts } from "./log-parts.ts";
import { SecretRedactor } from "./secret-redactor.ts";

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

describe("SecretRedactor", () => {
  const environment = {
    HF_TOKEN: "plain-value-1",
    DB_PASSWORD: "pa$$ (word)",
    WANDB_API_KEY: "0123456789abcdef",
    MY_SECRET: "short",
    DEPLOY_KEY: "line one of it\nline two of it",
    HOME: "/home/somebody",
  };
  const redactor = new SecretRedactor(environment);

  it.each([
    ["token plain-value-1 used", "token [redacted] used"],
    ["url?p=pa%24%24%20(word)&q", "url?p=[redacted]&q"],
    ["pa$$ (word)", "[redacted]"],
    ["0123456789abcdef.", "[redacted]."],
    ["line two of it", "[redacted]"],
    ["AKIAIOSFODNN7EXAMPLE", "[redacted]"],
    ["Authorization: Bearer abcdefghijklmnop.qrst", "Authorization: Bearer [redacted]"],
    ["https://me:hunter2@host/x", "https://me:[redacted]@host/x"],
    [`{"api_key": "k-1234567890"}`, `{"api_key": "[redacted]"}`],
    ["AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG", "AWS_SECRET_ACCESS_KEY=[redacted]"],
    [`ghp_${"a1".repeat(18)}`, "[redacted]"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVP", "[redacted]"],
    ["a -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- b", "a [redacted] b"],
  ])("takes out %j", (text, clean) => expect(redactor.redact(text)).toBe(clean));

  it.each([
    "short",
    "/home/somebody",
    "epoch 3/10 loss=0.31 val_loss: 0.5 tokens=123456789 max_tokens: 20000000",
    "secret: yes",
    "https://host/path:8080/a@b",
    "sk-short, bearer of news",
  ])("leaves %j", (text) => expect(redactor.redact(text)).toBe(text));

  it("cleans the same however the output is cut, and changes no byte where there is no secret", () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom("plain-value-1", "0123456789abcdef", " AKIAIOSFODNN7EXAMPLE ", "\n", "\r", " x "),
        fc.constant("-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----"),
        fc.string({ maxLength: 5 }),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(pieces, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (words, lengths) => {
        const bytes = Buffer.from(words.join(""), "utf8");
        const stream = redactor.stream();
        const out: Buffer[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const length = lengths[turn % lengths.length]!;
          out.push(stream.push(bytes.subarray(at, at + length)));
          at += length;
        }
        out.push(stream.end());
        const told = Buffer.concat(out).toString("latin1");
        for (const secret of ["plain-value-1", "0123456789abcdef", "AKIAIOSFODNN7EXAMPLE", "KEY-----\nabc"])
          expect(told).not.toContain(secret);
        if (!/plain|0123|AKIA|BEGIN/.test(words.join(""))) expect(told).toBe(bytes.toString("latin1"));
      }),
    );
  });

  it("lets a line without end go in pieces", () => {
    const stream = redactor.stream();
    const long = Buffer.alloc(200_000, "a");
    expect(stream.push(long).length).toBeGreaterThan(100_000);
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
