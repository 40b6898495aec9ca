import fc from "fast-check";

/**
 * Properties are checked on the same draws each time, so that a run says something about the change it checks. `npm run test:long`
 * and `PROPERTY_SEED=random` draw anew; `PROPERTY_SEED=7` repeats a failure.
 */
const { PROPERTY_SEED: wanted, ATTUNE_LONG_TESTS: long } = process.env;
if (wanted !== "random" && long === undefined) fc.configureGlobal({ seed: Number(wanted ?? 20260101) });
