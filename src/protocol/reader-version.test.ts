import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MetricFile } from "./metric-file.ts";
import { MetricReader } from "./metric-reader.ts";
import { MetricFile as MetricFile1, MetricReader as MetricReader1 } from "./reader-1/index.ts";
import { NEWEST_READER, readerVersionOf } from "./reader-version.ts";
import { readingRules } from "./reading-rules.ts";

describe("readerVersionOf", () => {
  it("is 1 for studies made before there were versions, and what was kept with others", () => {
    expect([{}, { reader: 1 }, { reader: NEWEST_READER }].map(readerVersionOf)).toEqual([1, 1, NEWEST_READER]);
  });

  it.each([0, -1, 1.5, NEWEST_READER + 1])("refuses version %d", (reader) => {
    expect(() => readerVersionOf({ reader })).toThrow(
      expect.objectContaining({
        code: "invalid-argument",
        message:
          `The study's metrics are read by version ${reader} of the rules, and this Attune knows versions 1 to ${NEWEST_READER}. ` +
          "Go on with the Attune that made the study, or a newer one.",
      }),
    );
  });
});

describe("readingRules", () => {
  it("are those of the version", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "attune-")), "results.json");
    writeFileSync(path, "{}");
    const made = async (version: number) => {
      const rules = await readingRules(version);
      return [
        rules.reader({ metrics: ["loss"] }),
        await rules.file(path, new Map([["loss", "loss"]]), () => undefined),
      ];
    };
    const [newReader, newFile] = await made(NEWEST_READER);
    const [oldReader, oldFile] = await made(1);
    expect(newReader).toBeInstanceOf(MetricReader);
    expect(newFile).toBeInstanceOf(MetricFile);
    expect(oldReader).toBeInstanceOf(MetricReader1);
    expect(oldFile).toBeInstanceOf(MetricFile1);
  });
});
