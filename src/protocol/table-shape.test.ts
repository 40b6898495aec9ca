import { describe, expect, it } from "vitest";
import type { TableRow } from "./table-row.ts";
import { type RowGap, TableShape } from "./table-shape.ts";

const NONE: RowGap = { kind: "none", text: null, header: false };
const BLANK: RowGap = { kind: "blank", text: null, header: false };
const text = (said: string, header = false): RowGap => ({ kind: "text", text: said, header });

/** A row of these cells, two columns from the left. */
function row(cells: string, more: Partial<TableRow> = {}): TableRow {
  return {
    cells: cells.split(" ").map((cell) => (cell === "_" ? "" : cell)),
    label: null,
    bracketed: false,
    indent: 2,
    ...more,
  };
}

/** A table whose rows these were, one behind the other; `step`: its column of steps, or -1. */
function table(rows: readonly string[], step = 0, loose = false): TableShape {
  const shape = new TableShape(step, loose);
  for (const cells of rows) shape.add(row(cells), NONE);
  return shape;
}

describe("the first row of a table", () => {
  it("may come behind text only where the header is strict, or counts steps and a log line stands between", () => {
    expect(new TableShape(-1, false).judge(row("1 0.5"), text("anything"))).toBe("row");
    expect(new TableShape(-1, true).judge(row("1 0.5"), text("anything"))).toBe("end");
    expect(new TableShape(-1, true).judge(row("1 0.5"), NONE)).toBe("row");
    expect(new TableShape(-1, true).judge(row("1 0.5"), BLANK)).toBe("row");
    expect(new TableShape(0, true).judge(row("1 0.5"), text("Saved checkpoint to x.pt"))).toBe("row");
    expect(new TableShape(0, true).judge(row("1 0.5"), text("anything"))).toBe("end");
    expect(new TableShape(-1, true).judge(row("1 0.5"), text("Saved checkpoint to x.pt"))).toBe("end");
    expect(new TableShape(0, true).judge(row("1 0.5", { bracketed: true }), text("Saved it"))).toBe("end");
  });
});

describe("a line right behind a row", () => {
  it("goes on, unless most of its cells are of another kind", () => {
    const shape = table(["1 0.5 0.9", "2 0.4 0.8"]);
    expect(shape.rows).toBe(2);
    expect(shape.judge(row("3 0.3 0.7"), NONE)).toBe("row");
    expect(shape.judge(row("3 0.3 best"), NONE)).toBe("row");
    expect(shape.judge(row("3 bad best"), NONE)).toBe("end");
    expect(shape.judge(row("3 0.3 _"), NONE)).toBe("row");
    expect(shape.judge(row("3 0.3 0.7", { bracketed: true }), NONE)).toBe("end");
  });

  it("cannot be told where its step goes back, and ends the table where whole numbers stand for decimals", () => {
    const shape = table(["1 0.5 0.9", "2 0.4 0.8"]);
    expect(shape.judge(row("1 0.3 0.7"), NONE)).toBe("unclear");
    expect(shape.judge(row("2 0.3 0.7"), NONE)).toBe("row");
    expect(shape.judge(row("1 3 7"), NONE)).toBe("end");
    expect(shape.judge(row("3 3 7"), NONE)).toBe("row");
    expect(table(["1 0.5 0.9", "2 0.4 0.8"], -1).judge(row("1 0.3 0.7"), NONE)).toBe("row");
  });
});

describe("a table whose rows stand in brackets", () => {
  it("goes on with such rows alone", () => {
    const shape = new TableShape(0, false);
    const bracketed = (cells: string) => row(cells, { bracketed: true });
    shape.add(bracketed("1 0.5"), NONE);
    expect(shape.judge(bracketed("2 0.4"), NONE)).toBe("row");
    shape.add(bracketed("2 0.4"), NONE);
    expect(shape.judge(bracketed("3 0.3"), text("word"))).toBe("row");
    expect(shape.judge(row("3 0.3"), NONE)).toBe("end");
  });
});

describe("steps between rows", () => {
  const gap = text("a word of the program", true);

  it("are regular up to four at a time, by whole strides", () => {
    const verdict = (rows: readonly string[], next: string) => table(rows).judge(row(next), gap);
    const counted = ["10 0.5", "20 0.4"];
    expect(["30 0.3", "60 0.3"].map((next) => verdict(counted, next))).toEqual(["row", "row"]);
    expect(["35 0.3", "70 0.3"].map((next) => verdict(counted, next))).toEqual(["unclear", "unclear"]);
    // Behind one row anything regular could be another table.
    expect(verdict(["10 0.5"], "20 0.4")).toBe("unclear");
  });

  it("are read from counters as programs write them", () => {
    const shape = table(["[1/9] 0.5", "[2/9] 0.4"]);
    expect(shape.judge(row("[3/9] 0.3"), gap)).toBe("row");
    expect(table(["1. 0.5", "2. 0.4"]).judge(row("3. 0.3"), gap)).toBe("row");
    expect(shape.judge(row("3/9] 0.3"), NONE)).toBe("row");
    expect(shape.judge(row("[1/9] 0.3"), text("Summary"))).toBe("end");
  });

  it("are those of a first column of whole numbers that grow, where none is named", () => {
    expect(table(["1 0.5", "2 0.4"], -1).judge(row("3 0.3"), gap)).toBe("row");
    expect(table(["2 0.5", "1 0.4"], -1).judge(row("3 0.3"), gap)).toBe("unclear");
    expect(table(["1 0.5", "1.5 0.4"], -1).judge(row("3 0.3"), gap)).toBe("unclear");
    expect(table(["1 0.5", "2 0.4"], -1).judge(row("1 0.3"), NONE)).toBe("row");
  });
});

describe("a line behind other text", () => {
  it("goes on at the next step, however the steps go", () => {
    const gap = text("a word of the program");
    const verdict = (rows: readonly string[], next: string, step = 0) => table(rows, step).judge(row(next), gap);
    expect(verdict(["1 0.5"], "2 0.4")).toBe("row");
    expect(verdict(["5 0.5"], "10 0.4")).toBe("row");
    expect(verdict(["0 0.5"], "100 0.4")).toBe("row");
    expect(verdict(["1 0.5"], "10 0.4")).toBe("row");
    expect(verdict(["100 0.5", "200 0.4"], "300 0.4")).toBe("row");
    expect(verdict(["100 0.5", "200 0.4"], "600 0.4")).toBe("row");
    expect(verdict(["100 0.5", "200 0.4"], "300 4")).toBe("unclear");
    expect(verdict(["3 0.5"], "1 0.4")).toBe("end");
  });

  it("begins anew, perhaps, where the text says so", () => {
    const shape = table(["1 0.5", "2 0.4"]);
    expect(shape.judge(row("1 0.6"), text("Fold 2"))).toBe("unclear");
    expect(shape.judge(row("1 0.6"), text("Summary"))).toBe("end");
    expect(shape.judge(row("1 6"), text("Fold 2"))).toBe("end");
    expect(shape.judge(row("1 0.6"), BLANK)).toBe("end");
  });

  it("cannot be told where it stands elsewhere, or under what could be another header", () => {
    const shape = table(["1 0.5"]);
    expect(shape.judge(row("2 0.4", { indent: 9 }), text("word"))).toBe("unclear");
    expect(shape.judge(row("2 0.4"), text("time loss", true))).toBe("unclear");
    expect(shape.judge(row("2 0.4"), text("epoch done", true))).toBe("row");
    expect(shape.judge(row("2 4"), text("time loss", true))).toBe("end");
    expect(table(["1 0.5", "2 0.4"]).judge(row("3 0.3"), text("time loss", true))).toBe("row");
  });

  it("ends where a word stands for a number, or every number is of another kind", () => {
    const shape = table(["10 0.5 0.7", "20 0.4 0.6"]);
    expect(shape.judge(row("77 0.3 bad"), text("word"))).toBe("end");
    expect(shape.judge(row("77 3 7"), text("word"))).toBe("end");
    expect(shape.judge(row("77 0.3 7"), text("word"))).toBe("unclear");
    expect(shape.judge(row("77 0.3 0.7"), text("word"))).toBe("row");
    expect(shape.judge(row("77 0.3 0.7", { indent: 9 }), text("word"))).toBe("unclear");
  });

  it("goes on at the same step in a named column of steps", () => {
    expect(table(["1 0.5"]).judge(row("1 0.4"), text("word"))).toBe("row");
    expect(table(["1 0.5"]).judge(row("1 0.4"), text("time loss", true))).toBe("end");
    expect(table(["1 0.5"], -1).judge(row("1 0.4"), text("word"))).toBe("end");
  });
});

describe("a table that nothing counts", () => {
  const words = ["a 0.5", "b 0.4"];

  it("goes on behind a blank line where a label names the row, or its header is strict", () => {
    expect(table(words, -1, true).judge(row("c 0.3", { label: "c" }), BLANK)).toBe("row");
    expect(table(words, -1, true).judge(row("c 0.3"), BLANK)).toBe("unclear");
    expect(table(words, -1, false).judge(row("c 0.3"), BLANK)).toBe("row");
    expect(table(words, -1, false).judge(row("c 0.3", { indent: 9 }), BLANK)).toBe("unclear");
    expect(table(words, -1, false).judge(row("c 3"), BLANK)).toBe("end");
  });

  it("goes on behind what the program says between rows, or said before", () => {
    const shape = table(words, -1);
    expect(shape.judge(row("c 0.3"), text("Saved checkpoint"))).toBe("row");
    expect(shape.judge(row("c 0.3"), text("batch 17"))).toBe("unclear");
    shape.add(row("c 0.3"), text("batch 17"));
    expect(shape.judge(row("d 0.2"), text("batch 18"))).toBe("row");
    expect(shape.judge(row("d 0.2"), text("batch x"))).toBe("unclear");
    expect(shape.judge(row("d 0.2"), text("batch 18", true))).toBe("unclear");
  });

  it("knows a row by either edge of its first cell", () => {
    const shape = table(["aa 0.5", "bb 0.4"], -1);
    expect(shape.judge(row("cccc 0.3"), BLANK)).toBe("row");
    expect(shape.judge(row("c 0.3", { indent: 3 }), BLANK)).toBe("row");
    expect(shape.judge(row("c 0.3", { indent: 4 }), BLANK)).toBe("unclear");
  });
});
