import { expect, it } from "vitest";
import { usageValues } from "./usage-values.ts";

it("reads the values of usage lines", () => {
  const text = `Usage: tool [-a trans_file] [-c] [-g tr_table] [--conf=name] [-v]
     [-cat 20 | -nocat] [-top | -notop] [-close 0.75]
     [-J MR|MRE] [-freq A C G]`;
  expect([...usageValues(text)]).toEqual([
    ["-a", "trans_file"],
    ["-g", "tr_table"],
    ["--conf", "name"],
    ["-cat", "NUM"],
    ["-close", "FLOAT"],
    ["-J", "MR|MRE"],
  ]);
});
