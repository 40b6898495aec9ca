import { describe, expect, it } from "vitest";
import { fullerHelp } from "./fuller-help.ts";

describe("fullerHelp", () => {
  it.each([
    ["  -h, --help      short\n      --fullhelp  all of it\n", "--fullhelp"],
    ["  --help[=<n>],-h : Print {1=basic|2=more|3=full} help and exit\n", "--help=3"],
    ["  --long-help     display the long help\n", "--long-help"],
    ["  -n <s> : name\n\nTo see more help on other available options, do:\n  build -h\n\n", "-h"],
    ["Wrong arguments. For all options type 'build --help'.\n", "--help"],
    ["  --help  this\n  --helper TEXT\n", null],
  ])("in %j", (text, flag) => expect(fullerHelp(text)).toBe(flag));
});
