import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compress } from "./compressed.ts";
import { packEvents, unpackEvents } from "./packed-events.ts";
import { parseEvent } from "./parse-event.ts";

describe("a run of events", () => {
  it("comes out as it went in, whatever its clock did and its texts hold", () => {
    const row = fc.record({
      at: fc.integer({ min: 0, max: 2 ** 45 }),
      body: fc.json().map((text) => JSON.stringify({ type: "x", text })),
    });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 2 ** 40 }),
        (some, first) => {
          const rows = some.map((each, k) => ({ revision: first + k, ...each }));
          expect(unpackEvents(packEvents(rows), first)).toEqual(rows);
        },
      ),
    );
  });

  it("keeps an event that somebody wrote over several lines, with blanks for their ends", () => {
    const rows = [
      { revision: 7, at: 5, body: '{"type":\n"a"}' },
      { revision: 8, at: 5, body: '{"type":"b"}' },
    ];
    expect(unpackEvents(packEvents(rows), 7)).toEqual([{ ...rows[0]!, body: '{"type": "a"}' }, rows[1]]);
  });

  it.each(["", "x {}", " {}", "12", "1.5 {}", "9007199254740993 {}"])("is damaged where it has the line %j", (line) => {
    expect(() => unpackEvents(compress(Buffer.from(line)), 1)).toThrow(SyntaxError);
  });
});

describe("the text of an event", () => {
  it("is an object with a type", () => {
    expect(parseEvent('{"type":"released","more":[1]}')).toEqual({ type: "released", more: [1] });
    for (const text of ["null", "3", '"type"', "[]", "{}", '{"type":3}', '{"kind":"a"}'])
      expect(() => parseEvent(text)).toThrow(new SyntaxError(`no event: ${text}`));
    expect(() => parseEvent("{")).toThrow(SyntaxError);
    const long = JSON.stringify("y".repeat(100));
    expect(() => parseEvent(long)).toThrow(`no event: ${long.slice(0, 60)}`);
    expect(() => parseEvent(long)).not.toThrow(long.slice(0, 61));
  });
});
