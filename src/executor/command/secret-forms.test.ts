import { describe, expect, it } from "vitest";
import { secretForms } from "./secret-forms.ts";

const latin1 = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

describe("the forms of a secret", () => {
  it("are those of each of its lines from six characters on, without what stands around them", () => {
    const forms = secretForms("  abcdef \r\nabcde\n\nzyxwvut");
    for (const form of ["abcdef", "zyxwvut"]) expect(forms).toContain(form);
    for (const form of ["abcde", "", "  abcdef ", "abcdef \r"]) expect(forms).not.toContain(form);
    expect(secretForms("abcde")).toEqual([]);
    expect(secretForms("     ")).not.toContain("");
  });

  it("are each there once", () => {
    const forms = secretForms("plain-value");
    expect(new Set(forms).size).toBe(forms.length);
    expect(forms).toContain("plain-value");
  });

  it.each([
    ["as JSON", 'a"b/c\\d', ['a\\"b/c\\\\d', 'a\\"b\\/c\\\\d']],
    ["as JSON in ASCII", "pässwörd\u2028/", ["p\\u00e4ssw\\u00f6rd\\u2028/", "p\\u00e4ssw\\u00f6rd\\u2028\\/"]],
    [
      "in a shell",
      `it's "$5" \`x\` \\`,
      [`it'\\''s "$5" \`x\` \\`, `it's \\"\\$5\\" \\\`x\\\` \\\\`, `it\\'s\\ \\"\\$5\\"\\ \\\`x\\\`\\ \\\\`],
    ],
    [
      "in a URL",
      "a b/c!d*é",
      [
        "a%20b%2Fc!d*%C3%A9",
        "a%20b/c!d*%C3%A9",
        "a+b%2Fc!d*%C3%A9",
        "a%20b%2Fc%21d%2A%C3%A9",
        "a%20b%2fc%21d%2a%c3%a9",
        "a+b%2fc!d*%c3%a9",
      ],
    ],
    ["as it is", "schlüssel", ["schlüssel"]],
  ])("%s", (_name, value, wanted) => {
    expect(secretForms(value)).toEqual(expect.arrayContaining(wanted.map(latin1)));
  });

  it.each(["abcdefgh", "sécrét/+?>~~~", "line one\nline two"])("within base64, wherever %j begins in it", (value) => {
    const forms = secretForms(value);
    for (let before = 0; before < 7; before++) {
      for (let after = 0; after < 4; after++) {
        const bytes = Buffer.concat([Buffer.alloc(before, "b"), Buffer.from(value), Buffer.alloc(after, "a")]);
        for (const encoded of [bytes.toString("base64"), bytes.toString("base64url")])
          expect(forms.some((form) => encoded.includes(form))).toBe(true);
      }
    }
  });

  it("within base64 hold as much as is the same in every text", () => {
    // Six bytes are eight letters at most: shifted, fewer are its own alone.
    expect(secretForms("abcdef").filter((form) => /^[A-Za-z0-9+/]{7,8}$/.test(form) && form !== "abcdef")).toEqual([
      "YWJjZGVm",
    ]);
    const forms = secretForms("abcdefg");
    expect(forms).toEqual(expect.arrayContaining(["YWJjZGVmZ", "hYmNkZWZn"]));
    expect(forms.some((form) => form.includes("="))).toBe(false);
    expect(secretForms("äöü").some((form) => form === Buffer.from("äöü").toString("base64"))).toBe(true);
  });
});
