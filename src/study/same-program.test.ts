import { describe, expect, it } from "vitest";
import { isSameProgram } from "./same-program.ts";

const argv = (...words: string[]) => ({ argv: words });
const shell = (text: string) => ({ shell: text });
const fed = (...words: string[]) => ({ ...argv(...words), input: { paramsFile: "p.json" } });

describe("isSameProgram", () => {
  it.each([
    [argv("t", "{lr: 1..6}"), argv("t", "{lr: 1..9}"), true],
    [argv("t", "{lr: 1..6}"), argv("t", "${lr}"), true],
    [argv("t", "${lr}"), argv("t", "${lr}", "--d", "${d}"), true],
    [argv("t", "${lr}", "--d=${d}"), argv("t", "${lr}", "--e=${e}"), true],
    [argv("t", "--x", "--d", "${d}"), argv("t", "--x"), true],
    [argv("t", "${lr}"), argv("t", "${lr}", "--d", "3"), false],
    [argv("t", "${lr}"), argv("u", "${lr}", "--d", "${d}"), false],
    [argv("t", "--d", "${lr}"), argv("t", "--e", "${lr}"), false],
    [argv("t", "--flag", "${lr}"), argv("t", "${lr}"), false],
    [shell("t ${lr} | tee log"), shell("t ${lr} --d ${d} | tee log"), true],
    [shell("t ${lr} | tee log"), shell("t ${lr} --d ${d}"), false],
    [shell("t ${lr}"), argv("t", "${lr}"), false],
    [fed("t", "${file:p.json}"), fed("t", "${file:p.json}", "--d", "${d}"), true],
    [fed("t", "--config", "${file:p.json}"), fed("t"), false],
    [fed("t"), argv("t"), false],
    [null, null, true],
    [null, argv("t"), false],
  ])("%j and %j: %s", (before, after, same) => {
    expect(isSameProgram(before, after)).toBe(same);
  });
});
