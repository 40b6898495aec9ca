import { inflateSync } from "node:zlib";

/** What stands on a page of a PDF. */
export interface PageText {
  /** Without spaces, in the order in which it was set. */
  readonly text: string;
  /** Points from the bottom of the page, of each piece. */
  readonly heights: readonly number[];
  /** Points from the left. */
  readonly lefts: readonly number[];
}

/** Reads the text of a PDF in one font as this project writes it, page by page. */
export function pdfText(pdf: Uint8Array): readonly PageText[] {
  const streams = streamsOf(Buffer.from(pdf));
  const signs = new Map(streams.flatMap(signsOf));
  return streams.filter((stream) => / TJ\n/.test(stream)).map((stream) => pageOf(stream, signs));
}

function streamsOf(bytes: Buffer): readonly string[] {
  const whole = bytes.toString("latin1");
  return Array.from(whole.matchAll(/\/FlateDecode\n>>\nstream\n/g), ({ index, 0: head }) => {
    const from = index + head.length;
    return inflateSync(bytes.subarray(from, whole.indexOf("\nendstream", from))).toString("latin1");
  });
}

/** Codes of the glyphs of a font with what they mean. */
function signsOf(stream: string): readonly (readonly [code: number, sign: string])[] {
  if (!stream.includes("beginbfrange")) return [];
  return Array.from(stream.matchAll(/<([\da-f]+)> <[\da-f]+> \[([^\]]*)\]/g)).flatMap(([, first, list]) =>
    Array.from(list!.matchAll(/<([\da-f ]*)>/g), ([, sign], place) => {
      const units = sign!.replaceAll(" ", "").match(/.{4}/g) ?? [];
      const text = String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16)));
      return [Number.parseInt(first!, 16) + place, text] as const;
    }),
  );
}

function pageOf(stream: string, signs: ReadonlyMap<number, string>): PageText {
  let text = "";
  const [heights, lefts]: [number[], number[]] = [[], []];
  for (const [, x, y, items] of stream.matchAll(/1 0 0 1 (\S+) (\S+) Tm\n(?:.*\n)*?\[(.*)\] TJ/g)) {
    lefts.push(Number(x));
    heights.push(Number(y));
    for (const [, codes] of items!.matchAll(/<([\da-f]*)>/g))
      for (const code of codes!.match(/.{4}/g) ?? []) text += signs.get(Number.parseInt(code, 16)) ?? "\ufffd";
  }
  return { text: text.replace(/\s/g, ""), heights, lefts };
}
