import { expect, it } from "vitest";
import { listedChoices } from "./listed-choices.ts";

it.each([
  [
    "variance, extratrees, maxstat or beta [default variance]",
    "variance",
    ["variance", "extratrees", "maxstat", "beta"],
  ],
  ["the optimizer: adam, sgd, or lamb", "sgd", ["adam", "sgd", "lamb"]],
  ["mode (train|eval|both)", "both", ["train", "eval", "both"]],
  ["loss: ns/hs/softmax", "hs", ["ns", "hs", "softmax"]],
  ["'linear' or 'cosine' decay", "cosine", ["linear", "cosine"]],
  ["one of gini, entropy, log_loss", null, ["gini", "entropy", "log_loss"]],
  ["supported schedules: linear, cosine", null, ["linear", "cosine"]],
  ["a file or a folder", null, []],
  ["model name or path", "bert-base", []],
  ["and/or what follows", null, []],
  ["Must be for no sorting, or a key (default : sorting by count)", "sorting", []],
  ["codes to ignore (default: E226,E24)", "E226", []],
  ['ignored elsewhere. The default, "auto," will use all', "auto", []],
  ["Format errors (default, pylint, quiet) or your own", "default", ["default", "pylint", "quiet"]],
  ["Choose between DEBUG/INFO/WARNING. Default is INFO.", "INFO", ["DEBUG", "INFO", "WARNING"]],
  ["sizes, 1, 2 or 4", "2", []],
])("%s, default %s", (description, value, found) => {
  expect(listedChoices(description, value)).toEqual(found);
});
