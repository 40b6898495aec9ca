import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AttuneError } from "../errors.ts";
import { parseParameterText } from "../space/index.ts";
import { readCommandTemplate } from "./command-template.ts";

const read = (...args: string[]) => readCommandTemplate({ argv: ["train", ...args] });
const declared = (...args: string[]) => read(...args).declarations.map(({ name, text }) => [name, text]);

describe("readCommandTemplate", () => {
  it.each([
    ["{lr: 1e-5..1e-1 log}", "lr", "1e-5..1e-1 log"],
    ["--lr={lr: 1e-5..1e-1 log}", "lr", "1e-5..1e-1 log"],
    ["{layers:1..6}", "layers", "1..6"],
    ["{optimizer: adam | sgd}", "optimizer", "adam | sgd"],
    ["{flag: true | false}", "flag", "true | false"],
    ["{size: small < large}", "size", "small < large"],
    ["{x: = 3}", "x", "= 3"],
    ["{ranger.num-trees: 10..500}", "ranger.num-trees", "10..500"],
    ['{net: {"a": 1} | {"b": "}"}}', "net", '{"a": 1} | {"b": "}"}'],
    ["{m: 0..1 when optimizer == sgd}", "m", "0..1 when optimizer == sgd"],
    ["{größe: 1..6}", "größe", "1..6"],
    ['{"lr": {lr: 0..1}}', "lr", "0..1"],
  ])("reads the declaration in %s", (argument, name, text) => {
    expect(declared(argument)).toEqual([[name, text]]);
    expect(parseParameterText(text, name, null).name).toBe(name);
  });

  it.each([
    '{"a": {"b": 1}}',
    "{print $1}",
    "{}",
    "{{}}",
    "{{ name }}",
    "{{.Names}}",
    "{{a: 1..2}}",
    "{a: 1}",
    "{a: 1, b: 2}",
    "{a:10,b:20}",
    "{a: .b}",
    "{user: .name, id: .id}",
    "{http://x}",
    "${HOME:-a|b}",
    "a{b,c}d",
    "{ echo a; }",
    '{a: "x | y"}',
    "{a: x || y}",
    "}{",
    "{a:",
    "$",
    "${",
    "",
    "{a : 1..2}",
  ])("leaves %s as it is, byte for byte", (argument) => {
    expect(declared(argument)).toEqual([]);
    expect(read(argument).arguments[1]).toEqual([{ kind: "text", text: argument }]);
  });

  it("reads doubled braces as plain ones only in an argument that declares", () => {
    const [, pieces] = read('{{"a": {lr: 0..1}, "b": {{}}}}').arguments;
    expect(pieces).toEqual([
      { kind: "text", text: '{"a": ' },
      { kind: "declaration", name: "lr", source: "{lr: 0..1}" },
      { kind: "text", text: ', "b": {}}' },
    ]);
  });

  it("finds uses anywhere, also beside a declaration", () => {
    const parsed = read("out/${trial}/${lr}-{lr: 0..1}", "${HOME}", "$lr");
    expect(parsed.uses).toEqual(["trial", "lr", "HOME"]);
    expect(parsed.arguments[1]?.map((piece) => piece.kind)).toEqual([
      "text",
      "use",
      "text",
      "use",
      "text",
      "declaration",
    ]);
    expect(parsed.arguments[3]).toEqual([{ kind: "text", text: "$lr" }]);
  });

  it("says where a declaration's text begins", () => {
    const [first] = read("--lr", "x={lr:  0..1}").declarations;
    expect(first).toMatchObject({ argument: 2, position: { file: null, line: 1, column: 9 } });
    expect(readCommandTemplate({ shell: "train {lr: 0..1}" }).declarations[0]).toMatchObject({
      argument: 0,
      position: { column: 12 },
    });
  });

  it("takes the same declaration twice as one", () => {
    expect(declared("{lr: 0..1 log}", "{lr:0..1   log}")).toEqual([["lr", "0..1 log"]]);
  });

  it.each([
    [["{lr: 0..1}", "{lr: 0..2}"], /declared twice: as `0..1` and as `0..2`/],
    [["{seed: 1..5}"], /reserved/],
    [["{args: a | b}"], /reserved/],
    [["{lr: 1e-5..1e-1 log"], /not closed/],
  ])("refuses %j", (args, message) => {
    expect(() => read(...args)).toThrow(message);
    expect(() => read(...args)).toThrow(expect.objectContaining({ code: "invalid-space" }));
  });

  it.each(["{lr: 1e-5, 1e-1}", "{lr: 0.1 to 0.5}", "{lr: 1 6}", "{lr: [1, 6]}", "{flag: bool}", "{n: int(1, 6)}"])(
    "takes %s as a declaration, so that the text form's error is shown",
    (argument) => {
      const [found] = read(argument).declarations;
      expect(() => parseParameterText(found!.text, found!.name, found!.position)).toThrow(AttuneError);
    },
  );

  it("refuses an empty command", () => {
    expect(() => readCommandTemplate({ argv: [] })).toThrow(/empty/);
    expect(() => readCommandTemplate({ shell: "" })).toThrow(/empty/);
  });

  it("never loses a byte of an argument that declares nothing", () => {
    const braces = fc.string({ unit: fc.constantFrom("{", "}", "$", "a", ":", " ", '"', "1", ".", "\\", "'") });
    fc.assert(
      fc.property(braces, (argument) => {
        let parsed: ReturnType<typeof read>;
        try {
          parsed = read(argument);
        } catch (error) {
          expect(error).toBeInstanceOf(AttuneError);
          return;
        }
        if (parsed.declarations.length > 0) return;
        const back = parsed.arguments[1]!.map((piece) => (piece.kind === "text" ? piece.text : piece.source)).join("");
        expect(back).toBe(argument);
      }),
      { numRuns: 2000 },
    );
  });
});
