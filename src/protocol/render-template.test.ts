import { parse as parseToml } from "smol-toml";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { SpelledNumber, type SpelledParams } from "../space/spelled.ts";
import { renderTemplate } from "./render-template.ts";

const fill = (
  text: string,
  file: string,
  params: SpelledParams = { lr: 1e-7, n: 3, one: new SpelledNumber(1, "1.0"), opt: 'a "b"', bn: true },
) =>
  renderTemplate(text, file, {
    parameters: new Set(["lr", "n", "one", "opt", "bn", "m", "k"]),
    params,
    seed: 5,
    trial: 2,
    fold: null,
  });

describe("renderTemplate", () => {
  it("types values for YAML, quotes texts and leaves comments and other places alone", () => {
    const text = `# it's \${opt}\nlr: \${lr}\none: \${one}\nnum: \${n}\nopt: \${opt}\nq: "x-\${opt}"\ns: 'x-\${opt}'\nrun: run-\${n}-\${trial}\nother: \${oc.env:HOME}\nlist: [\${n}, \${one}]\nbn: \${bn}\n`;
    const filled = fill(text, "conf/config.yaml");
    expect(filled).toContain("one: 1.0\n");
    expect(filled).toContain("lr: 1.0e-7\n");
    expect(parseYaml(filled, { version: "1.1" })).toEqual({
      lr: 1e-7,
      one: 1,
      num: 3,
      opt: 'a "b"',
      q: 'x-a "b"',
      s: 'x-a "b"',
      run: "run-3-2",
      other: "${oc.env:HOME}",
      list: [3, 1],
      bn: true,
    });
  });

  it("fills ${until} where a scheduler gives steps, and leaves it alone where none does or a parameter has that name", () => {
    const text = "lr: ${lr}\nepochs: ${until}\n";
    const values = { parameters: new Set(["lr"]), params: { lr: 1 }, seed: 5, trial: 2, fold: null };
    expect(renderTemplate(text, "a.yaml", { ...values, until: 3 })).toBe("lr: 1\nepochs: 3\n");
    expect(renderTemplate(text, "a.yaml", { ...values, until: null })).toBe("lr: 1\n");
    expect(renderTemplate(text, "a.yaml", values)).toBe("lr: 1\nepochs: ${until}\n");
    const named = { ...values, parameters: new Set(["lr", "until"]), params: { lr: 1, until: 7 }, until: 3 };
    expect(renderTemplate(text, "a.yaml", named)).toBe("lr: 1\nepochs: 7\n");
  });

  it("types values for JSON and TOML", () => {
    const json = fill('{"lr": ${lr}, "opt": ${opt}, "name": "r-${opt}-${n}", "seed": ${seed}}', "a.json");
    expect(JSON.parse(json)).toEqual({ lr: 1e-7, opt: 'a "b"', name: 'r-a "b"-3', seed: 5 });
    const toml = fill('one = ${one}\nopt = ${opt}\nname = "r-${opt}"\nbn = ${bn}\n', "a.toml");
    expect(toml).toContain("one = 1.0");
    expect(parseToml(toml)).toEqual({ one: 1, opt: 'a "b"', name: 'r-a "b"', bn: true });
  });

  it("writes plain values elsewhere, Python literals in Python", () => {
    expect(fill("[a]\nopt = ${opt}\nlr=${lr}\none=${one}\n", "a.ini")).toBe('[a]\nopt = a "b"\nlr=1e-7\none=1.0\n');
    expect(fill("bn = ${bn}\nopt = ${opt}\n", "a.py")).toBe('bn = True\nopt = "a \\"b\\""\n');
  });

  it.each([
    ["a.yaml", "a: 1\nm: ${m}\nb: 2\n", "a: 1\nb: 2\n"],
    ["a.yaml", "a: {m: ${m}, n: ${n}}\n", "a: {n: 3}\n"],
    ["a.toml", "a = 1\nm = ${m}\n", "a = 1\n"],
    ["a.toml", "a = { n = ${n}, m = ${m} }\n", "a = { n = 3 }\n"],
    ["a.ini", "m=${m}\nn=${n}", "n=3"],
    ["a.json", '{"m": ${m}, "k": ${k}, "n": 1}', '{"n": 1}'],
    ["a.json", '{"n": 1, "m": ${m}, "k": "x-${k}"}', '{"n": 1}'],
    ["a.json", '{"a": [${m}, 2, ${k}]}', '{"a": [2]}'],
    ["a.json", '{\n  "a": 1,\n  "m": ${m}\n}\n', '{\n  "a": 1\n}\n'],
    ["a.json", '{"o": {"m": ${m}}, "n": 1}', '{"o": {}, "n": 1}'],
  ])("leaves out what is inactive: %s %j", (file, text, expected) => {
    expect(fill(text, file)).toBe(expected);
  });
});
