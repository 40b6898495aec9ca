import { describe, expect, it } from "vitest";
import { ShellScanner } from "./shell-scanner.ts";

/** How a place behind the text stands. */
function scanned(text: string): { readonly scanner: ShellScanner; readonly words: string } {
  const scanner = new ShellScanner();
  const words = [...text].map((char) => (scanner.feed(char) ? char : "_")).join("");
  return { scanner, words };
}

describe("a place in a shell's text", () => {
  it.each([
    ["echo ", "plain"],
    ['echo "', "double"],
    ['echo "a" ', "plain"],
    ['echo "a\\" ', "double"],
    ["echo '", "single"],
    ["echo 'a\\' ", "plain"],
    ["echo \\' ", "plain"],
    ["echo `", "backtick"],
    ["echo `a\\` ", "backtick"],
    ["echo `a` ", "plain"],
    ['echo "`', "backtick"],
    ['echo "`a` ', "double"],
    ['echo "$(', "plain"],
    ['echo "$(echo "', "double"],
    ['echo "$(echo a) ', "double"],
    ['echo "$(echo (a) ', "plain"],
    ['echo "(', "double"],
    ["# it's ", "plain"],
    ["# it's\necho '", "single"],
    ["a#'", "single"],
    [";#'", "plain"],
    ["echo \\# '", "single"],
    ["cat < file\n", "plain"],
    ["cat <<< word\n", "plain"],
    ["cat << END ", "plain"],
    ["cat << END\n", "here-document"],
    ["cat << END\nword\n'", "here-document"],
    ["cat <<-END <<< word\n", "here-document"],
    ["cat < a < b\n", "plain"],
    ["cat <<\\END # ' \n", "here-document"],
    ["echo $((1 << 3))\n", "plain"],
    ["echo $((1 << 3)) << END\n", "here-document"],
    ["echo $( (cat << END\n", "here-document"],
    ["echo ((cat << END\n", "here-document"],
    ["echo ) '", "single"],
    ["echo '<<'\n", "plain"],
  ] as const)("behind %j is %s", (text, context) => expect(scanned(text).scanner.context).toBe(context));

  it("is none of its own behind a backslash", () => {
    expect(["\\", '"\\', "`\\"].map((text) => scanned(text).scanner.escaped)).toEqual([true, true, true]);
    expect(["\\\\", "'\\", "a", "# \\"].map((text) => scanned(text).scanner.escaped)).toEqual(Array(4).fill(false));
  });

  it("belongs to the word before it, so that no comment begins there and no here-document goes on", () => {
    const behind = (before: string, after: string) => {
      const { scanner } = scanned(before);
      scanner.place();
      for (const char of after) scanner.feed(char);
      return scanner.context;
    };
    expect(behind("echo ", "#'")).toBe("single");
    expect(behind("cat <", "< END\n")).toBe("plain");
    expect(behind('echo "$', "(")).toBe("double");
  });
});

describe("words of a shell's text", () => {
  it.each([
    ["ab cd", "ab_cd"],
    ["a;b&c|d", "a_b_c_d"],
    ["a>b<c", "a_b_c"],
    ["f(a)", "f_a_"],
    ["a\\ b", "a\\ b"],
    ["a' 'b", "a' 'b"],
    ['a" "b', 'a" "b'],
    ["a`b c`", "a`b c`"],
    ['"a$(b c)d"', '"a$_b_c_d"'],
    ["a # b\nc", "a_____c"],
    ["cat <<E\nab\n", "cat___E____"],
  ])("of %j are %j", (text, words) => expect(scanned(text).words).toBe(words));
});
