import { describe, expect, it } from "vitest";
import { growthOfFour, growthUpTo } from "./support/cpu-growth.ts";
import { TEXT_READERS } from "./support/text-readers.ts";

const PIECES = [
  ...['\\"', '"', "'", "\\", " ", "\t", "\r", "=", "|", "1", "0.5 ", "1,", "(", "[", "{", '{"a":', "-", "_", "..", "#"],
  ...[
    "\x1b[",
    "\x1b]",
    "\x1b[31m",
    "QUJD",
    "-----BEGIN ",
    "-----BEGIN PRIVATE KEY-----",
    "password=",
    "token=a",
    "eyJ",
  ],
  ...[
    "https://a:",
    "?sig=",
    "Bearer ",
    "loss ",
    "loss=1 ",
    '"loss": ',
    "loss (",
    "val ",
    "best ",
    "epoch 1 ",
    "${lr}",
    "1%|",
    "é",
  ],
];

/** What stands before and behind the pieces, in turn: the end is what a search that fails runs into again and again. */
const FRAMES = [
  ["", "!"],
  ['{"loss": "', ""],
  ["loss ", " loss=1"],
  ["x 1\n", "\n2"],
] as const;

const isLong = process.env.ATTUNE_LONG_TESTS !== undefined;
/** Up to this size all pieces are tried in all frames; these ones, in one of them, up to all that a reader takes. The long form tries all. */
const WHOLE = 32_768;
const SLOWEST = new Set(['\\"', '"', "\\", " ", "\t", "\r", "1", "[", "(", "${lr}"]);

function hostile(piece: string, [head, tail]: readonly [string, string], size: number): string {
  return head + piece.repeat(Math.ceil(size / piece.length)).slice(0, size) + tail;
}

function slowest(read: (text: string) => unknown, keeps: number): readonly string[] {
  return PIECES.flatMap((piece, place) =>
    FRAMES.flatMap((frame, turn) => {
      const isWhole = isLong || (SLOWEST.has(piece) && turn === place % FRAMES.length);
      const most = isWhole ? keeps : Math.min(keeps, WHOLE);
      const growth = growthUpTo((size) => read(hostile(piece, frame, size)), most);
      return growth > 9 ? [`${JSON.stringify([frame[0], piece, frame[1]])}: ${growth.toFixed(1)} x for 4 x`] : [];
    }),
  );
}

describe("long texts that are made to be slow", () => {
  it.each(Object.keys(TEXT_READERS))("take %s no more than their length's share", (name) => {
    const { read, keeps } = TEXT_READERS[name]!;
    expect(slowest(read, keeps)).toEqual([]);
  });

  it("read a line of 2,000 columns and one with a name 10,000 times", () => {
    const columns = (size: number): string => {
      const heads = Array.from({ length: size }, (_, k) => `m${k}`);
      const rows = heads.map((_, k) => `${k}.5`);
      return `epoch loss ${heads.join(" ")}\n1 0.5 ${rows.join(" ")}\n2 0.25 ${rows.join(" ")}`;
    };
    const names = (size: number): string => "loss=1, ".repeat(size);
    for (const name of ["the metric reader", "the first metric reader", "attune try"]) {
      const { read } = TEXT_READERS[name]!;
      expect([name, growthOfFour((size) => read(columns(size)), 500)]).toSatisfy(([, growth]) => Number(growth) < 9);
      expect([name, growthOfFour((size) => read(names(size)), 2500)]).toSatisfy(([, growth]) => Number(growth) < 9);
    }
  });
});
