import { describe, expect, it } from "vitest";
import { attune, folder, trials } from "./attune.ts";

const OUTPUTS: Readonly<Record<string, string>> = {
  both: "val acc: 0.6 train acc: 0.99",
  sections: "train: loss=0.5 | val: loss=0.6",
  constant: "average loss = 0.14\nbest constant = 0.52\nbest constant's loss = 0.66",
  heads: "     | Training | Validation\nloss | 19.06 | 17.07",
  report: [
    "              precision    recall  f1-score   support",
    "",
    "           0       1.00      1.00      1.00        10",
    "           1       0.90      1.00      0.95         9",
    "",
    "    accuracy                           0.97        19",
    "   macro avg       0.97      0.97      0.96        19",
    "weighted avg       0.97      0.97      0.95        19",
  ].join("\n"),
  centers: "rmse mae\n0.5 0.9\n\nCluster centers\n1.5 2.4",
  sentence: "Accuracy on test set: 0.93\nseed: 7",
  rates: "       Speed    a    b\na   81919/s   --  -7%",
  twice: "Wait per call: 1.5 [ms] (mean)\nWait per call: 0.5 [ms] (mean, of all)",
  commas: "│ Calls/Sec │ 14,327 │ 20,511 │",
  pass: "perplexity: 17.71 seconds per pass\n[16]10.92,[17]10.95",
};

async function run(output: string, option: string, metric: string, ...more: readonly string[]) {
  const cwd = folder({ "output.txt": `${OUTPUTS[output]}\n` });
  const words = ["run", "--study", "s", option, metric, "--trials", "1", "--sampler", "random", ...more];
  const { err } = await attune(cwd, [...words, "--", "sh", "-c", "cat output.txt # {x: 1..9}"]);
  const [trial] = await trials(cwd, "s");
  return { err, outcome: trial?.outcome, value: (trial?.values as Record<string, number> | undefined)?.[metric] };
}

describe("a metric that is printed of several things", () => {
  it.each([
    ["both", "acc", "ask for one of them: val_acc, train_acc."],
    ["sections", "loss", "ask for one of them: train_loss, val_loss."],
    ["constant", "loss", `ask for one of them: average_loss, "best constant's loss".`],
    ["heads", "loss", "ask for one of them: training_loss, validation_loss."],
    ["report", "f1-score", 'ask for one of them: "macro avg f1-score", "weighted avg f1-score".'],
    ["centers", "rmse", "lines follow the table with `rmse` that may be rows of it or of something else"],
    ["pass", "perplexity", "there is no metric `perplexity` in its output"],
    ["sentence", "accuracy_score", 'names with a number seen, the closest first: "Accuracy on test set", seed.'],
  ])("%s: %s is refused: %s", async (output, metric, sentence) => {
    const { err, outcome } = await run(output, "--minimize", metric);
    expect(err).toContain(sentence);
    expect(outcome).toBe("no-metric");
  });

  it.each([
    ["both", "val_acc", 0.6],
    ["sections", "val_loss", 0.6],
    ["constant", "average_loss", 0.14],
    ["constant", "best constant's loss", 0.66],
    ["heads", "validation_loss", 17.07],
    ["report", "macro avg f1-score", 0.96],
    ["sentence", "Accuracy on test set", 0.93],
  ])("%s: %s, as the refusal says, is found", async (output, metric, value) => {
    expect(await run(output, "--maximize", metric)).toMatchObject({ outcome: "ok", value });
  });

  it.each([
    ["rates", "Speed", 81_919],
    ["twice", "Wait per call", 0.5],
    ["commas", "Calls/Sec", 14_327],
  ])("%s: %s is refused with an expression to paste, which finds it", async (output, metric, value) => {
    const { err, outcome } = await run(output, "--maximize", metric);
    expect(outcome).toBe("no-metric");
    const expression = /--metric-regex '([^']+)'/.exec(err)?.[1];
    expect(await run(output, "--maximize", metric, "--metric-regex", expression!)).toMatchObject({
      outcome: "ok",
      value,
    });
  });
});
