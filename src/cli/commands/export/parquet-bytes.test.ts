import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { makeTrial } from "../../../objective/testing/make-trial.testing.ts";
import { readSpace } from "../../../space/index.ts";
import { trialFields } from "../../study/trial-fields.ts";
import { parquetBytes } from "./parquet-bytes.ts";

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
        trials: () => trials,
      }),
    ];
    const file = parquetBytes(
      trials,
      fields.map(([, field]) => field),
    ).buffer as ArrayBuffer;
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
        trials: () => [],
      }).values(),
    ];
    expect(await parquetReadObjects({ file: parquetBytes([], fields).buffer as ArrayBuffer })).toEqual([]);
  });
});
