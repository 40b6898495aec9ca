import { expect, it } from "vitest";
import { placesOf } from "./instrumented.ts";
import { reachedPlaces } from "./reached-places.ts";

const SOURCE = `const LIMIT = 10;
const HALF = LIMIT / 2;
const LOOP = () => LOOP;
export const SHOWN = 11;
const AT_ONCE = 12;
export const used = [AT_ONCE];
export const twice = (a: number, by = 2): number => a * by;
export class Counter {
  #count = 20;
  static most = 21;
  constructor(first = 22) { this.#count = first; }
  add(by = 23): boolean {
    if (by > HALF) { return false; }
    const most = LIMIT + 24;
    this.#count += by;
    return this.#count < most;
  }
}
class Bare { #count = 25; }
export function other(): number { return 26; }
`;

/** The places, as texts, that a change of this one reaches. */
function reached(text: string): readonly string[] | null {
  const start = SOURCE.indexOf(text);
  expect(start).toBeGreaterThanOrEqual(0);
  const all = placesOf(SOURCE).map((place) => SOURCE.slice(place.start, place.end));
  return reachedPlaces(SOURCE, start)?.map((n) => all[n]!) ?? null;
}

const add = expect.stringMatching(/^\{\n {4}if \(by > HALF\)/);
const begin = "{ this.#count = first; }";

it.each([
  ["26", ["{ return 26; }"]],
  [" a * by", ["a * by"]],
  ["a * by", ["a * by"]],
  ["2): number", ["a * by"]],
  ["22", [begin]],
  ["20", [begin]],
  ["23", [add]],
  ["24", [add]],
  ["return false", ["{ return false; }"]],
  ["10", [add]],
  ["2;", [add]],
])("is the block that %j is in, or what uses it", (text, places) => {
  expect(reached(text)).toEqual(places);
});

it.each(["11", "12", "21", "25"])("is whatever loads the file for %j", (text) => {
  expect(reached(text)).toBeNull();
});

it("is nothing where a constant is used by itself alone", () => {
  expect(reached("LOOP = ")).toEqual([]);
});
