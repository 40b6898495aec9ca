import { describe, expect, it } from "vitest";
import { parseExpression } from "./parse-expression.ts";
import { respellExpression } from "./respell-expression.ts";

const source = (text: string) => ({ text, subject: "The limit", position: null, tolerances: true });
const same = (name: string): string => name;

describe("respellExpression", () => {
  it.each([
    ["ms<=20", "ms <= 20"],
    ["  ms   <=\n 20.0 ", "ms <= 20"],
    ["max( a,b )<=3 and(a-b)*2>-1e0", "max(a, b) <= 3 and (a - b) * 2 > -1"],
    ["not(a<-b)", "not (a < -b)"],
    ["a==b within .5", "a == b within 0.5"],
    ["`plain` < `learning-rate`", "plain < `learning-rate`"],
    ["`and` in[1,2]", "`and` in [1, 2]"],
    ["kind=='it''s'", 'kind == "it" "s"'],
    ["2**-x < 1", "2 ** -x < 1"],
  ])("%j is spelled %j", (given, spelled) => {
    expect(respellExpression(source(given), same)).toBe(spelled);
    expect(respellExpression(source(spelled), same)).toBe(spelled);
  });

  it("means the same", () => {
    const bare = (text: string) =>
      JSON.stringify(parseExpression(source(text)), (key, value) => (key === "start" ? 0 : value));
    for (const text of ["ms<=20*-(lr+1)", "max(a,-b)<2 or not a>1", "-a**-2<=b%3", "a==b within 2*c", "0<=a<=1e-3"])
      expect(bare(respellExpression(source(text), same))).toBe(bare(text));
  });

  it("gives names other spellings, functions and words none", () => {
    const renamed = respellExpression(source("max(lr, `a-b`) < ms and true"), (name) => `params.${name}`);
    expect(renamed).toBe("max(params.lr, `params.a-b`) < params.ms and true");
  });
});
