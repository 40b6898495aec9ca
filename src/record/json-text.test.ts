import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choice, defineSpace, float, int, spellParams } from "../space/index.ts";
import { jsonText, recordText } from "./json-text.ts";
import { learnSecrets } from "./secrets.ts";

describe("jsonText", () => {
  it("is read back as it was, and holds nothing that a terminal obeys", () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ stringUnit: "binary" }),
        fc.constantFrom("\u009b", "\u202e", "\u007f", "\u001b"),
        (value, char) => {
          const text = jsonText({ value, [char]: char });
          expect(text).not.toMatch(/[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
          expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ value, [char]: char })));
        },
      ),
    );
  });

  it("takes secrets out of texts and leaves numbers, names and the JSON itself", () => {
    learnSecrets({ argv: ["prog", "--password", '12"3456'] });
    expect(jsonText({ a: 'prog --password 12"3456', b: 123456, list: ["http://a:b", "x@y"] })).toBe(
      '{"a":"prog --password [redacted]","b":123456,"list":["http://a:b","x@y"]}',
    );
    expect(jsonText({ a: '12"3456' }, 0, "shown")).toBe('{"a":"12\\"3456"}');
  });
});

it("recordText writes floats of configurations as floats, and nothing else", () => {
  const space = defineSpace({ d: float(0, 1), n: int(0, 1), params: float(0, 2), o: choice([{ params: { d: 1 } }]) });
  const params = { d: 1, n: 1, params: 2, o: { params: { d: 1 } } };
  const record = {
    number: 1,
    params,
    values: { d: 1 },
    best: { params: { d: 0 } },
    trials: [{ params: { d: 1e21 }, derived: { d: 2 } }],
    x: null,
  };
  const text = recordText(record, { spell: (given) => spellParams(space, given) });
  expect(text).toBe(
    '{"number":1,"params":{"d":1.0,"n":1,"params":2.0,"o":{"params":{"d":1}}},"values":{"d":1},' +
      '"best":{"params":{"d":0.0}},"trials":[{"params":{"d":1e+21},"derived":{"d":2.0}}],"x":null}',
  );
  expect(JSON.parse(text)).toEqual(record);
});
