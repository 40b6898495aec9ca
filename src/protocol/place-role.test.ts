import { describe, expect, it } from "vitest";
import { readCommandTemplate } from "./command-template.ts";
import { type PlaceRole, placeRole } from "./place-role.ts";
import { placeRoles } from "./place-roles.ts";

describe("placeRole", () => {
  it.each([
    ["", "", "value"],
    ["--lr=", "", "value"],
    ["-lr=", "", "value"],
    ["+model.lr=", "", "value"],
    ["model@a.b/c=", "", "value"],
    ["sizes=[", ",3]", "value"],
    ["sizes=[1, ", "]", "value"],
    ["opt={lr: ", ", k: 1}", "value"],
    ["opt={", ":1}", "value"],
    ["dims=", ",2", "value"],
    ["f(", ")", "value"],
    ["name='", "'", "single"],
    ['--name="', '"', "double"],
    ['name="run-', '-a"', "double"],
    ["name=it's-", "'", "part"],
    ['name="', "", "part"],
    ["--out=runs/", "", "part"],
    ["runs/", "/log", "part"],
    ["--out=", "/log", "part"],
    ["host:", "", "part"],
    ["", ":80", "part"],
    ["a=b=", "", "part"],
    ["two words ", "", "part"],
  ] satisfies [string, string, PlaceRole][])("of a place between %j and %j is %s", (before, after, role) => {
    expect(placeRole(before, after)).toBe(role);
  });
});

describe("placeRoles", () => {
  const roles = (command: { argv: readonly string[] } | { shell: string }) => {
    const parsed = readCommandTemplate(command);
    const found = placeRoles(parsed);
    const places = parsed.arguments.flat().filter(({ kind }) => kind !== "text");
    return places.map((piece) => found.get(piece));
  };

  it("takes the arguments of a list one by one, and never the program", () => {
    expect(roles({ argv: ["${p}", "--a=${a}", "x${b}", "'${c}'", "${d},${e}"] })).toEqual([
      undefined,
      "value",
      "part",
      "single",
      "value",
      "value",
    ]);
  });

  it("sees through the quotes of a shell", () => {
    const shell = `t --a=\${a} --b="\${b}" --c='\${c}' --d='"\${d}"' "--e=\\"\${e}\\"" o/\${f} x='a b'\${g} $(u \${h}) \\\${i}`;
    const expected = ["value", "value", "value", "double", "double", "part", "part", "value", undefined];
    expect(roles({ shell })).toEqual(expected);
  });
});
