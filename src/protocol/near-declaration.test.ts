import { describe, expect, it } from "vitest";
import { parseParameterText } from "../space/index.ts";
import { readCommandTemplate } from "./command-template.ts";
import { nearDeclarations } from "./near-declaration.ts";

describe("nearDeclarations", () => {
  it.each([
    ["{k: fast,slow}", "{k: fast | slow}"],
    ["{k: fast, slow , off}", "{k: fast | slow | off}"],
    ["{k: fast;slow}", "{k: fast | slow}"],
    ["{opt: adam/sgd}", "{opt: adam | sgd}"],
    ["{opt: adam or sgd}", "{opt: adam | sgd}"],
    ["{k: [fast, slow]}", "{k: fast | slow}"],
    ["{k: ('fast', \"slow\")}", "{k: 'fast' | \"slow\"}"],
    ["{n: 1, 2, 3}", "{n: 1 | 2 | 3}"],
    ["{lr: 1e-5…1e-1 log}", "{lr: 1e-5..1e-1 log}"],
    ["{lr: 0 -> 1}", "{lr: 0..1}"],
    ["{lr=1e-5..1e-1 log}", "{lr: 1e-5..1e-1 log}"],
    ["{k=fast|slow}", "{k: fast|slow}"],
    ["{lr 1e-5..1e-1 log}", "{lr: 1e-5..1e-1 log}"],
    ["{lr, 0..1}", "{lr: 0..1}"],
  ])("takes %s for %s", (source, meant) => {
    expect(nearDeclarations({ argv: ["t", `--a=${source}`, source] })).toEqual([{ source, meant }]);
    expect(nearDeclarations({ argv: [source] })).toEqual([{ source, meant }]);
    expect(nearDeclarations({ shell: `t ${source} | tee log` })).toEqual([{ source, meant }]);
    const [declared] = readCommandTemplate({ argv: ["t", meant] }).declarations;
    expect(() => parseParameterText(declared!.text, declared!.name, null)).not.toThrow();
  });

  it.each([
    "{lr: 0..1}",
    "{k: fast | slow}",
    "${x:-a,b}",
    "{a: 1}",
    "{a: 1, b: 2}",
    "{a:10,b:20}",
    "{user: .name}",
    '{"k": "a,b"}',
    "{k : fast,slow}",
    "{{k: fast,slow}}",
    "{a: .x, b: .y}",
    "{print $1, $2}",
    "{fast,slow}",
    "{1..5}",
    "{a..z}",
    "{msg: hello world}",
    "{k: {a, b}}",
    "{k: fast,slow",
  ])("leaves %s alone", (text) => {
    expect(nearDeclarations({ shell: `t ${text}` })).toEqual([]);
  });
});
