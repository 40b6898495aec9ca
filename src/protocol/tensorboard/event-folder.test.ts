import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { EventFolder } from "./event-folder.ts";
import { EventStream } from "./event-stream.ts";
import type { TensorboardEvent } from "./read-scalars.ts";

/** Written by tensorboardX (`simple`) and by tensorboard's own EventFileWriter (`tensors`). */
const WRITTEN = fileURLToPath(new URL("../../../tests/fixtures/tensorboard", import.meta.url));
const SIMPLE = join("simple", "events.out.tfevents.1700000000.host");

const hasRoom = (): boolean => true;

function read(asked: readonly string[], from: string) {
  const folder = mkdtempSync(join(tmpdir(), "attune-"));
  const taken: [number | null, Readonly<Record<string, number>>][] = [];
  const events = new EventFolder(join(folder, "runs"), asked, (step, values) => taken.push([step, values]), hasRoom);
  events.poll();
  cpSync(join(WRITTEN, from), join(folder, "runs"), { recursive: true });
  events.end();
  return { taken, problem: events.problem };
}

describe("EventFolder", () => {
  it("reads scalars with their steps", () => {
    expect(read(["val/loss", "acc"], "simple").taken).toEqual([
      [0, { "val/loss": Math.fround(0.9) }],
      [0, { acc: 0.5 }],
      [1, { "val/loss": Math.fround(0.7) }],
      [1, { acc: 0.625 }],
      [2, { "val/loss": 0.5 }],
      [2, { acc: 0.75 }],
    ]);
  });

  it("reads scalar tensors, by tag or by sub-folder and tag", () => {
    const asked = ["validation/epoch_loss", "validation_double", "train_int", "train_vector"];
    expect(read(asked, "tensors").taken).toEqual([
      [0, { train_int: 7 }],
      [1, { train_int: 6 }],
      [0, { "validation/epoch_loss": 0.75, validation_double: 0.75 }],
      [1, { "validation/epoch_loss": 0.5, validation_double: 0.5 }],
    ]);
  });

  it("names the tags there are", () => {
    expect(read(["loss"], "simple").problem).toMatch(/The tags in .* are: val\/loss, acc/);
  });

  it("leaves alone what was there before", () => {
    const taken: unknown[] = [];
    const events = new EventFolder(WRITTEN, ["acc"], () => taken.push(1), hasRoom);
    events.end();
    expect(taken).toEqual([]);
    expect(events.problem).toMatch(/wrote no event file/);
  });

  it("counts nothing of a folder that is not there, nor of files of other names", () => {
    const folder = mkdtempSync(join(tmpdir(), "attune-"));
    const events = new EventFolder(join(folder, "a"), ["acc"], () => undefined, hasRoom);
    mkdirSync(join(folder, "a"));
    writeFileSync(join(folder, "a", "notes.txt"), "x");
    events.end();
    expect(events.problem).toMatch(/wrote no event file/);
  });

  it("says that a folder cannot be looked into, as long as it cannot", () => {
    const runs = join(mkdtempSync(join(tmpdir(), "attune-")), "runs");
    const taken: unknown[] = [];
    const events = new EventFolder(runs, ["acc"], (_step, values) => taken.push(values), hasRoom);
    expect(events.unreadable).toBeNull();
    symlinkSync("runs", runs);
    expect(events.poll()).toBe(true);
    expect(events.unreadable).toMatch(/runs could not be looked into \(ELOOP/);
    rmSync(runs);
    cpSync(join(WRITTEN, "simple"), runs, { recursive: true });
    events.end();
    expect(events.unreadable).toBeNull();
    expect(taken).toEqual([{ acc: 0.5 }, { acc: 0.625 }, { acc: 0.75 }]);
  });
});

describe("EventStream", () => {
  const bytes = readFileSync(join(WRITTEN, SIMPLE));

  function eventsOf(chunks: readonly Buffer[]) {
    const events: TensorboardEvent[] = [];
    const stream = new EventStream((event) => events.push(event));
    for (const chunk of chunks) stream.push(chunk);
    return { scalars: events.flatMap(({ scalars }) => scalars).length, broken: stream.broken };
  }

  it("does not care how the bytes are cut", () => {
    for (const size of [1, 7, 4096, bytes.length]) {
      const count = Math.ceil(bytes.length / size);
      const chunks = Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
      expect(eventsOf(chunks)).toEqual({ scalars: 6, broken: false });
    }
  });

  it("stops where a checksum is wrong", () => {
    const damaged = Buffer.from(bytes);
    damaged[damaged.length - 30]! ^= 1;
    expect(eventsOf([damaged])).toEqual({ scalars: 6, broken: true });
    damaged[20]! ^= 1;
    expect(eventsOf([damaged])).toEqual({ scalars: 0, broken: true });
  });
});
