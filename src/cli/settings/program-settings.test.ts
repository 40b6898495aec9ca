import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { parseParameterText } from "../../space/index.ts";
import { declaredParameter } from "../study/study-space.ts";
import { readDeclaredParameter } from "./program-settings.ts";

/** What a POSIX shell makes of a line, asked of a real one. */
function posixWords(line: string): readonly string[] {
  return execFileSync("/bin/sh", ["-c", `printf '%s\\0' ${line}`], { encoding: "utf8" })
    .slice(0, -1)
    .split("\0");
}

/**
 * cmd.exe: `& | < > ^ ( )` mean something outside double quotes, `%` and `!` everywhere; the program then splits the line itself
 * at blanks outside double quotes (the rules of CommandLineToArgvW). A script that hands its arguments on splits at `,` and `;` too.
 */
function cmdWords(line: string): readonly string[] {
  if (/[%!]/.test(line) || /[&|<>^(),;]/.test(line.replace(/"[^"]*"/g, "")))
    throw new Error(`special in cmd.exe: ${line}`);
  return splitQuoted(line);
}

/**
 * PowerShell's argument mode (about_Parsing, about_Quoting_Rules): `$` and the backtick mean something even in double quotes;
 * outside these `' { } ( ) ; , | & < >` do anywhere, `@` and `#` at the beginning of a word.
 */
function powerShellWords(line: string): readonly string[] {
  const bare = line.replace(/"[^"]*"/g, '""');
  if (/[$`]/.test(line) || /['{}();,|&<>]|(?:^|\s)[@#]/.test(bare)) throw new Error(`special in PowerShell: ${line}`);
  return splitQuoted(line);
}

function splitQuoted(line: string): readonly string[] {
  return [...line.matchAll(/(?:"[^"]*"|[^\s"])+/g)].map(([word]) => word.replaceAll('"', ""));
}

const SHELLS = [posixWords, cmdWords, powerShellWords];

describe("readDeclaredParameter", () => {
  it.each([
    ["lr=1e-5..1e-1:log", "lr", "1e-5..1e-1 log"],
    ["layers=1..6", "layers", "1..6"],
    ["x=-1.0..1.0:step:0.5:default:0.5", "x", "-1.0..1.0 step 0.5 default 0.5"],
    ["optimizer=adam/sgd", "optimizer", "adam | sgd"],
    ["m=0..1.0:when:optimizer==sgd", "m", "0..1.0 when optimizer==sgd"],
    ["ranger.num-trees=10..500", "ranger.num-trees", "10..500"],
    ["epochs==3", "epochs", "= 3"],
    ['"epochs = 3"', "epochs", "= 3"],
    ['"lr = 1e-5..1e-1 log"', "lr", "1e-5..1e-1 log"],
    ['"lr 1e-5..1e-1 log"', "lr", "1e-5..1e-1 log"],
    ['"optimizer adam | sgd"', "optimizer", "adam | sgd"],
    ['"size = small < large"', "size", "small < large"],
    ['"path a/b | c:d"', "path", "a/b | c:d"],
    ['"m 0..1.0 when optimizer in [sgd, lars]"', "m", "0..1.0 when optimizer in [sgd, lars]"],
  ])("reads %s, which sh, cmd.exe and PowerShell hand on alike", (written, name, text) => {
    const words = SHELLS.map((shell) => shell(`--param ${written}`));
    expect(words).toEqual([words[0], words[0], words[0]]);
    const declared = readDeclaredParameter(words[0]![1]!);
    expect(declared.name).toBe(name);
    expect(declaredParameter(declared)).toEqual(parseParameterText(text, name, null));
  });

  it("knows what each shell would disturb", () => {
    expect(() => cmdWords("a|b")).toThrow();
    expect(() => powerShellWords("a,b")).toThrow();
    expect(SHELLS.map((shell) => shell('"{lr: 1e-5..1e-1 log}" "{o: adam | sgd}"'))).toEqual([
      ["{lr: 1e-5..1e-1 log}", "{o: adam | sgd}"],
      ["{lr: 1e-5..1e-1 log}", "{o: adam | sgd}"],
      ["{lr: 1e-5..1e-1 log}", "{o: adam | sgd}"],
    ]);
  });

  it.each(["lr", "=1..2", "lr=", ""])("refuses %j", (option) => {
    expect(() => readDeclaredParameter(option)).toThrow(/write --param lr=1e-5..1e-1:log/);
  });

  it("names the parameter of a bad spec", () => {
    expect(() => declaredParameter({ name: "lr", text: "1e-5.." })).toThrow(/^--param lr: /);
  });
});
