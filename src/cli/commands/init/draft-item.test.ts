import { expect, it } from "vitest";
import { readHelp } from "../../../discovery/read-help.ts";
import { neededPartner } from "./draft-item.ts";

const HELP = `  --wpb     : position-based weights  [default]
  --wblosum : simple filter weights
  --wid <x> : for --wblosum: set identity cutoff  [0.62]
  --pos <x> : with --wpb: position weight  [0.5]
  --open <x> : gap open (w/ --wblosum, default 0.02)
  --lr <x>  : rate for --optimizer adam  [0.1]
  --optimizer <s> : which  [adam]
  --own <x> : itself, when --own is given  [0.1]
`;

it.each([
  ["--wid", [], "--wblosum"],
  ["--wid", ["--wblosum"], null],
  ["--open", [], "--wblosum"],
  ["--pos", [], null],
  ["--lr", [], null],
  ["--own", [], null],
] as const)("%s, %j given", (flag, given, partner) => {
  const options = readHelp(HELP);
  const option = options.find((one) => one.flag === flag)!;
  expect(neededPartner(option, options, new Set(given))).toBe(partner);
});
