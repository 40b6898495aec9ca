import { DATA_PARTS } from "./data-part.ts";

/** `[ms] (mean, across all requests)`; not `(0.52)`, `(best 0.3)`. */
const ASIDE = /\s?%?(?:\s{0,3}\[[^[\]\d]{1,20}\])?\s{0,3}(\([^()=:]{2,60}\))(?!\s{0,3}[=:])/y;
const MEASURED = new RegExp(
  `^\\((?:the\\s)?(?:mean|median|average|avg|min|max|minimum|maximum|std|stdev|stddev|total|sum|overall|micro|macro|weighted|raw|smoothed|ema|cpu|gpu|wall|user|sys|system|real|reads?|writes?|sender|receiver|in-sample|out-of-sample|per|across|over|top[- ]?\\d{1,3}|p\\d{1,3}|\\d{1,3}th percentile|${DATA_PARTS})(?![\\p{L}\\p{N}])[^\\d]{0,60}\\)$`,
  "iu",
);

/** What brackets behind a value say that it is: `(mean)`, `(top-5)`, `(test)`, with the brackets; null where they say no such thing. */
export function asideBehind(line: string, end: number): string | null {
  ASIDE.lastIndex = end;
  const aside = ASIDE.exec(line)?.[1];
  return aside !== undefined && MEASURED.test(aside) ? aside.toLowerCase() : null;
}
