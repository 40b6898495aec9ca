import { expect, it } from "vitest";
import { isTestFile, linesMatching, readFiles } from "./source-files.ts";

/** Rules by which studies of before are read again: they stay as they are. */
const FROZEN = /^src\/protocol\/reader-\d+\//;
/** `\d+(?:\.\d*)?|\.\d+` with the exponent behind it, in the ways in which it was written; backslashes may be doubled. */
const DECIMAL =
  /\\+d\+(?:\(\?:\\+\.\\+d\*\)\?|\\+\.\\+d\*|\\+\.\?\\+d\*)(?:\|\\+\.\\+d\+)+(?:\|\\+d\+)?\)\((?:\?:)?(?:\[eE\]|e)\[[-+]{2}\]\?\\+d\+\)\?/;

it("the pattern of a decimal number stands in one file; the others take it from there", () => {
  const product = readFiles("src", [".ts"]).filter((file) => !isTestFile(file) && !FROZEN.test(file.path));
  const found = product.filter((file) => linesMatching(file, DECIMAL).length > 0);
  expect(found.map(({ path }) => path)).toEqual(["src/space/number-text.ts"]);
});
