import { expect, it } from "vitest";
import { choice, defineSpace, float, int, spellParams } from "../space/index.ts";
import { recordText } from "./record-text.ts";

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
