import { describe, expect, it } from "vitest";
import { readMetricFile } from "./read-metric-file.ts";

const read = (text: string, path = "val_loss") => readMetricFile(text, new Map([["val_loss", path]]));
const series = (...readings: readonly (readonly [number | null, number])[]) =>
  readings.map(([step, value]) => ({ step, values: { val_loss: value } }));

describe("readMetricFile", () => {
  it.each([
    ['{"val_loss": 0.3}', "val_loss", series([null, 0.3])],
    ['{"test": {"acc": "0.9"}, "epoch": 3}', "test.acc", series([3, 0.9])],
    ['{"a.b": 1, "a": {"b": 2}}', "a.b", series([null, 1])],
    ['{"folds": [{"acc": 1}, {"acc": 2}]}', "folds.1.acc", series([null, 2])],
    ['{"loss": [9], "val_loss": [3, 2, 1]}', "val_loss", series([null, 3], [null, 2], [null, 1])],
    ['[{"loss": 5, "step": 1}, {"val_loss": 4, "step": 2}]', "val_loss", series([2, 4])],
    ['{"val_loss": NaN, "note": "NaN"}', "val_loss", series([null, Number.NaN])],
    ['{"epoch": 1, "val_loss": 3}\n{"epoch": 2, "val_loss": 2}\n{"epoch": 3, "va', "val_loss", series([1, 3], [2, 2])],
    ["epoch,val_loss\n1,3\n2,2\n", "val_loss", series([1, 3], [2, 2])],
    ["val_loss\n3\n", "val_loss", series([null, 3])],
    ["step;val_loss\r\n10;3\r\n20;\r\n30;1\r\n", "val_loss", series([10, 3], [30, 1])],
    ['"epoch"\t"val_loss"\n1\t3\n', "val_loss", series([1, 3])],
    ['name,"val loss, mean"\n"a, b",3\n', "val loss, mean", series([null, 3])],
    ["\ufeff# epoch,val_loss\n1,3\n", "val_loss", series([1, 3])],
    ['note,val_loss\n"two\nlines, and ""more""",3\n', "val_loss", series([null, 3])],
    ["val_loss\n3\n2.5", "val_loss", series([null, 3], [null, 2.5])],
    ["", "val_loss", []],
    ["epoch,loss\n1,3\n", "val_loss", []],
  ])("reads %j under %s", (text, path, readings) => {
    expect(read(text, path)).toEqual(readings);
  });

  it("leaves out a last line without its end while the file is being written", () => {
    const paths = new Map([["val_loss", "val_loss"]]);
    for (const text of ["val_loss\n3\n4.5", '{"val_loss": 3}\n{"val_loss": 4}', 'val_loss,note\n3,a\n4,"b\n']) {
      expect(readMetricFile(text, paths, false)).toEqual(series([null, 3]));
    }
    for (const text of ["epoch,val_loss", "val_loss", "# val_loss\n# of all"])
      for (const whole of [false, true]) expect(readMetricFile(text, paths, whole)).toEqual([]);
    expect(readMetricFile('[\n{"val_loss": 3}\n', paths, false)).toBeNull();
  });

  it.each([
    ["epoch;val_loss\n1;0,5\n", "0,5"],
    ['epoch,val_loss\n1,"1.234,5"\n', "1.234,5"],
    ['{"val_loss": "0,5"}\n{"a": 1}', "0,5"],
    ['val_loss,note\n3,"never closed\n4,b\n', '"'],
  ])("names what is no number in %j", (text, quoted) => {
    const readings = read(text)!;
    expect(readings.at(-1)).toMatchObject({ values: {}, refused: { val_loss: { text: quoted, sure: true } } });
  });

  it.each(['{"val_loss": 0.', "[1, 2", "1,2\n3,4\n"])("takes %j for half written or for something else", (text) => {
    expect(read(text)).toBeNull();
  });
});
