import { describe, expect, it } from "vitest";
import { RedactedStream } from "./redacted-stream.ts";
import type { SecretSpan } from "./secret-span.ts";

/** Finds the word SECRET, and what stands behind `key=` up to a blank. */
function spansOf(text: string): readonly SecretSpan[] {
  const found = [...text.matchAll(/SECRET|(?<=key=)[^ ]+/g)];
  return found.map(({ 0: { length }, index }) => ({
    start: text.slice(0, index).endsWith("key=") ? index - 4 : index,
    from: index,
    to: index + length,
  }));
}

const open = (): RedactedStream => new RedactedStream(spansOf);
const pushed = (stream: RedactedStream, text: string): string =>
  stream.push(Buffer.from(text, "latin1")).toString("latin1");
const rest = (stream: RedactedStream): string => stream.end().toString("latin1");

describe("an output in pieces", () => {
  it("is told line by line, the one under way held back", () => {
    const stream = open();
    expect(pushed(stream, "one")).toBe("");
    expect(pushed(stream, " and two\nthr")).toBe("one and two\n");
    expect(pushed(stream, "ee\r")).toBe("three\r");
    expect(pushed(stream, "\nfour\rfi")).toBe("\nfour\r");
    expect(pushed(stream, "")).toBe("");
    expect(rest(stream)).toBe("fi");
    expect(rest(stream)).toBe("");
  });

  it("has its secrets taken out, within a line and across pieces", () => {
    const stream = open();
    expect(pushed(stream, "a SEC")).toBe("");
    expect(pushed(stream, "RET b\nkey=12")).toBe("a [redacted] b\n");
    expect(pushed(stream, "34 x\n")).toBe("key=[redacted] x\n");
    expect(pushed(stream, "SECRET")).toBe("");
    expect(rest(stream)).toBe("[redacted]");
  });

  it("is told as the very bytes where there is no secret", () => {
    const bytes = Buffer.from("grün\n");
    expect(open().push(bytes)).toEqual(bytes);
  });
});

describe("a line that never ends", () => {
  it("is told from 64 KiB on, but for the last 16", () => {
    const stream = open();
    expect(pushed(stream, "x".repeat(65_535))).toBe("");
    expect(pushed(stream, "y")).toBe("x".repeat(49_152));
    // What is held counts: the next piece comes once there are 64 KiB again.
    expect(pushed(stream, "z".repeat(49_151))).toBe("");
    expect(pushed(stream, "z")).toBe(`${"x".repeat(16_383)}y${"z".repeat(32_768)}`);
    expect(rest(stream)).toBe("z".repeat(16_384));
  });

  it("is cut before a secret that goes on behind the cut, with what it is known by", () => {
    const stream = open();
    const before = "x".repeat(49_150);
    expect(pushed(stream, `${before}SECRET${"y".repeat(16_380)}`)).toBe(before);
    expect(rest(stream)).toBe(`[redacted]${"y".repeat(16_380)}`);
    const known = open();
    const at = "x".repeat(49_149);
    expect(pushed(known, `${at}key=1 ${"y".repeat(16_381)}`)).toBe(at);
    expect(rest(known)).toBe(`key=[redacted] ${"y".repeat(16_381)}`);
  });

  it("is cut right behind a secret, and right before one", () => {
    const behind = open();
    expect(pushed(behind, `${"x".repeat(49_146)}SECRET${"y".repeat(16_384)}`)).toBe(`${"x".repeat(49_146)}[redacted]`);
    expect(rest(behind)).toBe("y".repeat(16_384));
    const before = open();
    expect(pushed(before, `${"x".repeat(49_152)}SECRET${"y".repeat(16_378)}`)).toBe("x".repeat(49_152));
    expect(rest(before)).toBe(`[redacted]${"y".repeat(16_378)}`);
  });

  it("is not held for ever by a secret without end", () => {
    const stream = open();
    let [told, given] = ["", 0];
    for (const piece of ["key=", ..."z".repeat(10)]) {
      const text = piece === "z" ? "z".repeat(16_384) : piece;
      told += pushed(stream, text);
      given += text.length;
      // As long as it may be one, nothing of it is told.
      if (given <= 131_072) expect(told).toBe("");
    }
    expect(told.length).toBeGreaterThan(0);
  });
});

describe("a private key under way", () => {
  const begin = "-----BEGIN RSA PRIVATE KEY-----\n";

  it("is held until its end, with what stands before it told", () => {
    const stream = open();
    expect(pushed(stream, `a\n${begin}line one\n`)).toBe("a\n");
    expect(pushed(stream, "line two\n")).toBe("");
    expect(pushed(stream, "-----END RSA PRIVATE KEY-----\nb\n")).toBe(
      `${begin}line one\nline two\n-----END RSA PRIVATE KEY-----\nb\n`,
    );
  });

  it("is not waited for longer than a key may be", () => {
    const stream = open();
    expect(pushed(stream, `${begin}${"k".repeat(16_383 - begin.length - 1)}\n`)).toBe("");
    const all = `${begin}${"k".repeat(16_383 - begin.length - 1)}\n\n`;
    expect(pushed(stream, "\n")).toBe(all);
  });

  it("is not seen in the line that is held back anyway", () => {
    const stream = open();
    expect(pushed(stream, `a\nb\n-----BEGIN RSA PRIVATE KEY-----`)).toBe("a\nb\n");
    expect(pushed(stream, "\nc\n")).toBe("");
    expect(rest(stream)).toBe("-----BEGIN RSA PRIVATE KEY-----\nc\n");
  });
});
