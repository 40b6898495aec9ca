import { expect, it } from "vitest";
import { metricSettingsOf } from "./metric-settings.ts";

it("are those kept, and as usual where there are none or what is kept is no object", () => {
  expect(metricSettingsOf({ reader: 2, value: "best" })).toEqual({ reader: 2, value: "best" });
  for (const kept of [undefined, null, [], ["best"], "best", 2, true]) expect(metricSettingsOf(kept)).toEqual({});
});
