import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { programOption } from "../../../discovery/program-option.testing.ts";
import type { ProgramOption } from "../../../discovery/program-option.ts";
import { readHelp } from "../../../discovery/read-help.ts";
import { readStudyText } from "../../study/read-study-file.ts";
import { studySpace } from "../../study/study-space.ts";
import { draftStudy } from "./draft-study.ts";

const fixtures = new URL("../../../discovery/fixtures/", import.meta.url);
const texts = readdirSync(fixtures).filter((file) => file.endsWith(".help.txt"));

function draft(options: readonly ProgramOption[], program: readonly string[] = ["train"]): string {
  return draftStudy({ program, study: "train", options, source: "the help of" }).text;
}

/** The draft with all that it offers taken up. */
const opened = (text: string): string =>
  text.replace(/^ *\{\} # this line goes.*$/m, "").replace(/^( *)# (?=(?:"?[\w.-]+"?: "|- "))/gm, "$1");

describe("draftStudy", () => {
  it.each(texts)("drafts a study file that can be read from %s, with every option in it", (file) => {
    const options = readHelp(readFileSync(new URL(file, fixtures), "utf8"));
    const program = ["prog", "a: b", "-x", "0"];
    const { text, tuned, offered, left } = draftStudy({ program, study: "prog", options, source: "the help of" });
    const { space, command, minimized } = readStudyText(text, "study.yaml");
    expect(minimized).toHaveLength(1);
    expect(tuned.length + offered.length + left.length).toBe(options.length);
    if (tuned.length > 0) expect(studySpace({ space, command }).parameters).toHaveLength(tuned.length);
    const open = readStudyText(opened(text), "open.yaml");
    if (tuned.length + offered.length > 0)
      expect(studySpace(open).parameters).toHaveLength(tuned.length + offered.length);
    for (const { option } of left) expect(text).toContain(`#   ${option.flag} (`);
  });

  it("keeps what the user gave, and explains the rest with type and default", () => {
    const help =
      "  --lr FLOAT  rate [default: 0.1]\n  --dropout FLOAT  p [default: 0.2]\n  --epochs INT  n [default: 3]\n";
    const text = draft(readHelp(help), ["train", "--lr=0.5"]);
    expect(text).toContain("#   --lr (float, default 0.1): you gave it in the command");
    expect(text).toContain("#   --epochs (int, default 3): the length of training: costs time, so it stays fixed");
    expect(text).toContain(
      '  # --dropout: a dropout rate (float, default 0.2); p [default: 0.2]\n  dropout: "0.0..0.5 default 0.2"',
    );
    expect(text).toContain('  - "--lr=0.5"\n  - "--dropout"\n  - "${dropout}"');
  });

  it("takes up nothing that needs something else", () => {
    const text = draft(readHelp("  --depth N  depth (3)\n\nFast (only when d = 1):\n  --max-depth N  min (5)\n"));
    expect(text).toContain('\n  depth: "1..6 default 3"');
    expect(text).toContain("# --max-depth: only when d = 1; ");
    expect(text).toContain('\n  # max-depth: "1..15 default 5"');
  });

  it("writes flags as flags, and what one key cannot say beside them as texts", () => {
    const nesterov = programOption("--nesterov", "boolean", false);
    const bias = programOption("--bias", "boolean", true, { boolean: { kind: "pair", off: "--no-bias" } });
    const amsgrad = programOption("--amsgrad", "boolean", true, {
      boolean: { kind: "word", on: "true", off: "false" },
    });
    const flags = draft([nesterov]);
    expect(flags).toContain("booleans: flag ");
    expect(flags).toContain('nesterov: "true | false default false"');
    const pairs = draft([bias]);
    expect(pairs).toContain("booleans: no-flag ");
    expect(pairs).toContain('bias: "true | false default true"');
    const words = draft([amsgrad]);
    expect(words).not.toContain("booleans:");
    expect(words).toContain('amsgrad: "true | false default true"\n');
    const all = draft([nesterov, bias, amsgrad]);
    expect(all).toContain('bias: "\\"--bias\\" | \\"--no-bias\\" default \\"--bias\\""');
    expect(all).toContain('amsgrad: "\\"true\\" | \\"false\\" default \\"true\\""');
    expect(all).toMatch(
      /- "--nesterov"\n {2}- "\$\{nesterov\}"\n {2}- "\$\{bias\}"\n {2}- "--amsgrad"\n {2}- "\$\{amsgrad\}"/,
    );
    expect(studySpace(readStudyText(all, "study.yaml")).parameters).toHaveLength(3);
  });

  it("puts the options of a program before its subcommand, and joins what may be negative", () => {
    const options = [
      programOption("--lr", "float", 0.1, { behind: 2 }),
      programOption("--coef0", "float", 0, { behind: 0 }),
    ];
    expect(draft(options, ["prog", "train", "data"])).toContain(
      'command:\n  - prog\n  - "--lr"\n  - "${lr}"\n  - train\n  - data\n  - "--coef0=${coef0}"\n',
    );
  });
});
