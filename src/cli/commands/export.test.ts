import { execFileSync } from "node:child_process";
import {
  createReadStream,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { readSpace } from "../../space/index.ts";
import { trialFields } from "../study/trial-fields.ts";
import { writeResult } from "../write-result.ts";
import { parquetBytes } from "./export.ts";

const folder = mkdtempSync(join(tmpdir(), "attune-result-"));

it("replaces a file as a whole and leaves nothing beside it", async () => {
  const file = join(folder, "a.csv");
  writeFileSync(file, "old, and longer than what comes");
  await writeResult(file, ["new", new Uint8Array([10])]);
  expect(readFileSync(file, "utf8")).toBe("new\n");
  expect(readdirSync(folder)).toEqual(["a.csv"]);
});

it("writes what a link points to", async () => {
  const [target, link] = [join(folder, "target.csv"), join(folder, "link.csv")];
  writeFileSync(target, "old");
  symlinkSync(target, link);
  await writeResult(link, ["new"]);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, "utf8")).toBe("new");
});

it("writes into a pipe or a device rather than put a file in its place", async () => {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const read = text(createReadStream(pipe));
  await writeResult(pipe, ["some", "thing"]);
  expect(await read).toBe("something");
  expect(lstatSync(pipe).isFIFO()).toBe(true);
});

it("tells why a file cannot be written, and leaves nothing of it", async () => {
  const missing = join(folder, "none", "a.csv");
  await expect(writeResult(missing, ["x"])).rejects.toThrow(/none\/a\.csv cannot be written: ENOENT/);
  await expect(writeResult(folder, ["x"])).rejects.toThrow(/cannot be written/);
  expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
});

const space = readSpace({ lr: "0.0..1", layers: "1..9", fast: "true | false", mixed: "1.0 | one" });
const trials = [
  makeTrial(0, Number.NaN, { params: { lr: 1, layers: 3, fast: true, mixed: 1 }, finishedAt: 1_700_000_000_123 }),
  makeTrial(1, -0, { params: { lr: 0.25, fast: false, mixed: "one" }, finishedAt: null }),
];

describe("parquetBytes", () => {
  it("writes typed columns that another reader reads, with null for nothing", async () => {
    const fields = [
      ...trialFields({
        metrics: [{ name: "loss", direction: "minimize" }],
        settings: { extra: { writing: 2 } },
        space,
        measured: ["loss"],
      }),
    ];
    const bytes = await parquetBytes(
      trials,
      fields.map(([, field]) => field),
    );
    const file = bytes.buffer as ArrayBuffer;
    const rows = await parquetReadObjects({ file });
    expect(rows).toMatchObject([
      { trial: 0, lr: 1, layers: 3, fast: true, mixed: "1.0", loss: Number.NaN, finished: new Date(1_700_000_000_123) },
      { trial: 1, lr: 0.25, layers: null, fast: false, mixed: '"one"', loss: -0, finished: null },
    ]);
    const types = new Map(parquetMetadata(file).schema.map(({ name, type }) => [name, type]));
    expect(types.get("lr")).toBe("DOUBLE");
    expect(types.get("layers")).toBe("INT32");
    expect(types.get("fast")).toBe("BOOLEAN");
  });

  it("writes a study without trials", async () => {
    const fields = [
      ...trialFields({
        metrics: [{ name: "loss", direction: "minimize" }],
        settings: { extra: { writing: 2 } },
        space,
        measured: [],
      }).values(),
    ];
    expect(await parquetReadObjects({ file: (await parquetBytes([], fields)).buffer as ArrayBuffer })).toEqual([]);
  });
});
