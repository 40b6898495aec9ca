import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Params } from "../space/json.ts";
import { readCommandTemplate } from "./command-template.ts";
import { formatValue } from "./format-value.ts";
import { printableCommand } from "./printable-command.ts";
import { renderCommand } from "./render-command.ts";

const NAMES = ["lr", "momentum", "name", "opt", "a", "b"];

function render(command: string | string[], params: Params, fold: number | null = null) {
  const template = typeof command === "string" ? { shell: command } : { argv: command };
  return renderCommand(readCommandTemplate(template), {
    parameters: new Set(NAMES),
    params,
    seed: 42,
    trial: 3,
    fold,
  });
}
const argv = (command: string[], params: Params, fold: number | null = null) =>
  (render(command, params, fold) as { argv: readonly string[] }).argv;
const shell = (command: string, params: Params, fold: number | null = null) =>
  (render(command, params, fold) as { shell: string }).shell;

/** Arguments as a program that the shell starts gets them. */
function shellWords(line: string): readonly string[] {
  const out = execFileSync("/bin/sh", ["-c", "--", line], { encoding: "utf8" });
  return out === "" ? [] : out.slice(0, -1).split("\0");
}

const NASTY = [
  "a b",
  "it's",
  '"',
  "$HOME",
  "`id`",
  "$(id)",
  "\\",
  "a\nb",
  "-5",
  "--x",
  "",
  "*",
  "~",
  "!",
  "é 漢",
  "a;b",
  "#x",
  "&",
  "'\\''",
  "\t",
];

describe("renderCommand of a list", () => {
  it("puts values in, wherever they stand", () => {
    const command = ["train", "--lr={lr: 0..1}", "{opt: adam | sgd}", "out/${trial}-${lr}", "${seed}", "${HOME}"];
    expect(argv(command, { lr: 0.5, opt: "a d" })).toEqual(["train", "--lr=0.5", "a d", "out/3-0.5", "42", "${HOME}"]);
  });

  it("writes values in their shortest form", () => {
    expect([1e-5, 1e21, 3, true, null, "x y", [64, 32], { a: 1 }].map(formatValue)).toEqual([
      "0.00001",
      "1e+21",
      "3",
      "true",
      "null",
      "x y",
      "[64,32]",
      '{"a":1}',
    ]);
  });

  it("leaves an inactive parameter out with its flag", () => {
    const command = ["train", "--momentum", "{momentum: 0..1}", "--lr", "${lr}"];
    expect(argv(command, { lr: 1 })).toEqual(["train", "--lr", "1"]);
    expect(argv(["train", "-m", "${momentum}"], {})).toEqual(["train"]);
    expect(argv(["train", "--momentum={momentum: 0..1}", "x"], {})).toEqual(["train", "x"]);
    expect(argv(["train", "--multirun", "opt.momentum=${momentum}"], {})).toEqual(["train", "--multirun"]);
    expect(argv(["train", "data.csv", "${momentum}"], {})).toEqual(["train", "data.csv"]);
    expect(argv(["train", "--", "${momentum}"], {})).toEqual(["train", "--"]);
    expect(argv(["train", "-1", "${momentum}"], {})).toEqual(["train", "-1"]);
    expect(argv(["train", "--x=1", "${momentum}"], {})).toEqual(["train", "--x=1"]);
  });

  it("fills ${args}, ${fold} and refuses ${args} inside an argument", () => {
    expect(argv(["train", "${args}"], { lr: 0.1, name: "a b" })).toEqual(["train", "--lr=0.1", "--name=a b"]);
    expect(argv(["train", "--fold", "${fold}"], {}, 2)).toEqual(["train", "--fold", "2"]);
    expect(argv(["train", "--fold", "${fold}"], {})).toEqual(["train"]);
    expect(() => argv(["train", "x${args}"], {})).toThrow(/argument of its own/);
    expect(() => argv(["${momentum}"], {})).toThrow(/Nothing is left/);
  });

  it("fills ${until} where a scheduler gives steps, and leaves it alone where none does or a parameter has that name", () => {
    const command = readCommandTemplate({ argv: ["train", "--epochs", "${until}", "--to=${until}"] });
    const values = { parameters: new Set(NAMES), params: {}, seed: 1, trial: 0, fold: null };
    expect(renderCommand(command, { ...values, until: 3 })).toEqual({ argv: ["train", "--epochs", "3", "--to=3"] });
    expect(renderCommand(command, { ...values, until: 0.5 })).toMatchObject({
      argv: ["train", "--epochs", "0.5", "--to=0.5"],
    });
    expect(renderCommand(command, { ...values, until: null })).toEqual({ argv: ["train"] });
    expect(renderCommand(command, values)).toEqual({ argv: ["train", "--epochs", "${until}", "--to=${until}"] });
    const named = { ...values, parameters: new Set(["until"]), until: 3 };
    expect(renderCommand(command, { ...named, params: { until: 7 } })).toMatchObject({
      argv: ["train", "--epochs", "7", "--to=7"],
    });
    expect(renderCommand(command, named)).toEqual({ argv: ["train"] });
    const line = readCommandTemplate({ shell: "train --epochs ${until}" });
    expect(renderCommand(line, { ...values, until: 3 })).toEqual({ shell: "train --epochs 3" });
    expect(renderCommand(line, values)).toEqual({ shell: "train --epochs ${until}" });
  });

  it("hands every value on unharmed", () => {
    for (const text of NASTY)
      expect(argv(["p", "${name}", "--n={name: a | b}"], { name: text })).toEqual(["p", text, `--n=${text}`]);
  });
});

describe("renderCommand of a shell string", () => {
  const PRINT = String.raw`printf '%s\0'`;

  it.each([
    ["bare", "${name}", ""],
    ["glued", "x${name}y", ""],
    ["in double quotes", '"<${name}>"', ""],
    ["in single quotes", "'<${name}>'", ""],
    ["in $(…)", `"$(printf %s ${"${name}"}x)"`, ""],
    ['in "$( "…" )"', `"$(printf %s "${"${name}"}x")"`, ""],
    ["behind a comment with a quote", "${name}", "# it's\n"],
  ])("quotes values %s", (_where, place, before) => {
    for (const text of NASTY) {
      const plain = place.replace(/^"\$\(printf %s "?(.*?)"?\)"$/, "$1").replace(/^["']|["']$/g, "");
      expect(shellWords(shell(`${before}${PRINT} ${place} end`, { name: text }))).toEqual([
        plain.replace("${name}", text),
        "end",
      ]);
    }
  });

  it("hands any text on unharmed, in every kind of quotes", () => {
    const unit = fc.constantFrom(
      "'",
      '"',
      "$",
      "`",
      "\\",
      " ",
      "\n",
      "a",
      "(",
      ")",
      "{",
      "}",
      "*",
      "#",
      "é",
      "-",
      ";",
      "!",
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        const line = shell(`${PRINT} \${name} "\${name}" '\${name}' "$(printf %s "\${name}x")"`, { name: text });
        expect(shellWords(line)).toEqual([text, text, text, `${text}x`]);
      }),
      { numRuns: 150 },
    );
  });

  it("leaves the shell's own variables and escaped places to the shell", () => {
    expect(shell('echo ${HOME} $lr ${lr:-5} \\${lr} "\\${lr}" ${lr}', { lr: 1 })).toBe(
      'echo ${HOME} $lr ${lr:-5} \\${lr} "\\${lr}" 1',
    );
  });

  it("leaves an inactive parameter out with its flag, whatever the quotes", () => {
    const words = (line: string, params: Params) => shellWords(shell(`${PRINT} ${line} end`, params));
    expect(words("--momentum ${momentum}", {})).toEqual(["end"]);
    expect(words('--momentum "${momentum}" -x', {})).toEqual(["-x", "end"]);
    expect(words("--momentum='${momentum}' '{momentum: 0..1}'", {})).toEqual(["end"]);
    expect(words("data ${momentum}", {})).toEqual(["data", "end"]);
    expect(words('"$(printf %s a --m ${momentum})"', {})).toEqual(["a", "end"]);
  });

  it("expands ${args} to words", () => {
    expect(shellWords(shell(`${PRINT} \${args}`, { lr: 0.5, name: "a 'b" }))).toEqual(["--lr=0.5", "--name=a 'b"]);
    expect(() => shell('echo "${args}"', { lr: 1 })).toThrow(/without/);
  });

  it("refuses places where no quoting is safe", () => {
    expect(() => shell("echo `echo ${lr}`", { lr: 1 })).toThrow(/backticks/);
    for (const command of ["echo $((1 << 3)) ${lr}\necho ${lr}", 'echo "$(( (1 << 3) << 1 ))"\necho ${lr}'])
      expect(shell(command, { lr: 1 })).toContain("echo 1");
    expect(() => shell("echo $(cat <<EOF\n${lr}\nEOF\n)", { lr: 1 })).toThrow(/here-document/);
    expect(() => shell("cat <<EOF\n${lr}\nEOF", { lr: 1 })).toThrow(/here-document/);
    expect(shell("cat <<EOF ${lr}\nx\nEOF", { lr: 1 })).toBe("cat <<EOF 1\nx\nEOF");
  });
});

describe("printableCommand", () => {
  it("is read back by a shell as the same list", () => {
    const word = fc.string({
      unit: fc.constantFrom("'", '"', "$", "`", "\\", " ", "\n", "a", "=", "*", "é", "-"),
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 4 }), (words) => {
        const line = printableCommand(["printf", "%s\\0", ...words, "."]);
        expect(shellWords(line)).toEqual([...words, "."]);
      }),
      { numRuns: 100 },
    );
  });

  it("keeps plain words plain and a shell string as it is", () => {
    expect(printableCommand(["python", "train.py", "--lr=0.001", "a b"])).toBe("python train.py --lr=0.001 'a b'");
    expect(printableCommand(["a=b", "c"])).toBe("'a=b' c");
    expect(printableCommand({ shell: "a | b" })).toBe("a | b");
    expect(printableCommand({ argv: ["x", ""] })).toBe("x ''");
  });
});

describe("renderCommand with other ways in", () => {
  const words = (command: readonly string[], booleans: "value" | "flag" | "no-flag", a: boolean) => {
    const parsed = readCommandTemplate({ argv: command, input: { booleans } });
    const rendered = renderCommand(parsed, {
      parameters: new Set(NAMES),
      params: { a },
      seed: 1,
      trial: 0,
      fold: null,
    });
    return (rendered as { argv: readonly string[] }).argv;
  };
  const line = (command: string, booleans: "flag" | "no-flag", a: boolean) => {
    const parsed = readCommandTemplate({ shell: command, input: { booleans } });
    const rendered = renderCommand(parsed, {
      parameters: new Set(NAMES),
      params: { a },
      seed: 1,
      trial: 0,
      fold: null,
    });
    return shellWords((rendered as { shell: string }).shell.replace("show", "printf '%s\\0'"));
  };

  it.each([
    ["value", ["t", "--bn", "false", "--x=false", "false"], ["t", "--bn", "true", "--x=true", "true"]],
    ["flag", ["t", "false"], ["t", "--bn", "--x", "true"]],
    ["no-flag", ["t", "--no-bn", "--no-x", "false"], ["t", "--bn", "--x", "true"]],
  ] as const)("makes a boolean behind a flag a %s", (booleans, off, on) => {
    const command = ["t", "--bn", "${a}", "--x={a: true | false}", "${a}"];
    expect(words(command, booleans, false)).toEqual(off);
    expect(words(command, booleans, true)).toEqual(on);
    if (booleans === "value") return;
    expect(line('show t --bn "${a}" --x=${a} ${a}', booleans, false)).toEqual(off);
    expect(line("show t --bn ${a} --x=${a} '${a}'", booleans, true)).toEqual(on);
  });

  it("gives the path of a file that is written, and leaves others to the shell", () => {
    const parsed = readCommandTemplate({
      argv: ["t", "-c=${file:a.json}", "${file:b}"],
      input: { paramsFile: "a.json" },
    });
    const filePath = (name: string) => `/tmp/x y/${name}`;
    const values = { parameters: new Set<string>(), params: {}, seed: 1, trial: 0, fold: null, filePath };
    expect(parsed.files).toEqual(["a.json"]);
    expect(renderCommand(parsed, values)).toEqual({ argv: ["t", "-c=/tmp/x y/a.json", "${file:b}"] });
    const shell = readCommandTemplate({ shell: "t ${file:a.json} ${file:1}", input: { paramsFile: "a.json" } });
    expect(renderCommand(shell, values)).toEqual({ shell: "t '/tmp/x y/a.json' ${file:1}" });
  });
});
