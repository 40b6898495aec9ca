import { either, OPTION, type OptionKind, type OptionKinds, orNull } from "../space/check-options.ts";
import type { StudyOptions } from "./study-options.ts";

const named = (value: unknown): boolean =>
  typeof value === "object" && value !== null && typeof (value as { readonly name?: unknown }).name === "string";

const component: OptionKind = {
  takes: 'a name, or an object with a name and options: { name: "grid", points: { lr: 7 } }',
  fits: (value) => typeof value === "string" || named(value),
};

const metrics: OptionKind = {
  takes: 'a list of metrics: [{ name: "loss", direction: "minimize" }]',
  fits: (value) =>
    Array.isArray(value) &&
    value.every(
      (metric) => named(metric) && ["minimize", "maximize"].includes((metric as { direction: string }).direction),
    ),
};

const texts = (takes: string): OptionKind => ({
  takes,
  fits: (value) => Array.isArray(value) && value.every(OPTION.text.fits),
});

const byObjective = (takes: string, fits: (value: unknown) => boolean): OptionKind => ({
  takes,
  fits: (value) => OPTION.record.fits(value) && Object.values(value as object).every(fits),
});

/** One metric or several. */
export const METRIC_NAMES: OptionKind = either(OPTION.text, texts("a list of metrics"));

/** A storage is told by what it can do: it may come from another copy of the library. */
const storage: OptionKind = {
  takes: 'a file, ":memory:", or what openStorage gives',
  fits: (value) => typeof value === "string" || (typeof value === "object" && value !== null && "findStudy" in value),
};

/** What `openStudy` takes. */
export const OPEN_OPTION_KINDS = { name: OPTION.text, storage, space: OPTION.record } as const;

/** What `createStudy` takes. */
export const STUDY_OPTION_KINDS: OptionKinds<StudyOptions> = {
  name: OPTION.text,
  minimize: METRIC_NAMES,
  maximize: METRIC_NAMES,
  metrics,
  references: byObjective("an object of numbers by objective: { loss: 2 }", Number.isFinite),
  units: byObjective('an object of texts by objective: { latency: "ms" }', OPTION.text.fits),
  goals: texts('a list of goals: ["loss <= 0.01"]'),
  limits: texts('a list of comparisons over results: ["ms <= 20"]'),
  grows: texts('a list of metrics: ["seconds"]'),
  space: OPTION.record,
  where: {
    takes: "a list of expressions and functions",
    fits: (value) => Array.isArray(value) && value.every((part) => either(OPTION.text, OPTION.function).fits(part)),
  },
  was: OPTION.record,
  storage,
  sampler: component,
  scheduler: component,
  seed: { takes: "a whole number from 0 to 2^53 - 1", fits: OPTION.whole.fits },
  command: orNull(OPTION.record),
  extra: OPTION.record,
};
