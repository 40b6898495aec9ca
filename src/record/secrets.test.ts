import { describe, expect, it } from "vitest";
import { clip, createPaint, shownLine } from "../cli/render/text.ts";
import {
  learnSecrets,
  printedCommand,
  printedTemplate,
  withoutSecrets,
  withoutSecretsInside,
  wordsWithoutSecrets,
} from "./secrets.ts";

describe("secrets of a command", () => {
  it("are taken out of all that is printed once the command is known", () => {
    expect(withoutSecrets("cannot log in with s3cret-word")).toContain("s3cret-word");
    learnSecrets({ argv: ["prog", "--password", "s3cret-word", "--token", "ordinary"] });
    expect(shownLine(`${createPaint(true).red("cannot log in with s3cret-word")}`)).toBe(
      "\u001b[31mcannot log in with [redacted]\u001b[39m",
    );
    expect(shownLine("s3cret\u001b[0m-word, an ordinary word")).toBe("[redacted], an ordinary word");
    expect(withoutSecrets(Buffer.from("pw: s3cret-word!").toString("base64"))).toContain("[redacted]");
  });

  it("are taken out of every key and text within a value, which is left as it is where there are none", () => {
    learnSecrets({ shell: "prog --password 'deep-s3cret'" });
    const plain = { a: [1, null, { b: "text", c: [true, Number.NaN] }], d: {} };
    expect(withoutSecretsInside(plain)).toBe(plain);
    expect(withoutSecretsInside({ ...plain, e: ["x", "of deep-s3cret", { "deep-s3cret": 1, f: 2 }, 3] })).toEqual({
      ...plain,
      e: ["x", "of [redacted]", { "[redacted]": 1, f: 2 }, 3],
    });
  });

  it("are not cut in two, so that no part of them stays", () => {
    learnSecrets({ shell: "prog --password 's3cret-word'" });
    const line = "log in with s3cret-word at the host of the study";
    for (let width = 1; width < line.length; width++) expect(clip(line, width)).not.toMatch(/s3/);
  });

  it("are told by their option in a command, whatever they are", () => {
    expect(printedCommand("prog --password a --x 1")).toBe("prog --password [redacted] --x 1");
    expect(wordsWithoutSecrets(["prog", "--password", "a", "https://me:pa55word@host"])).toEqual([
      "prog",
      "--password",
      "[redacted]",
      "https://me:[redacted]@host",
    ]);
    expect(printedTemplate({ shell: "PGPASSWORD=a prog" })).toEqual({ shell: "PGPASSWORD=[redacted] prog" });
  });
});
