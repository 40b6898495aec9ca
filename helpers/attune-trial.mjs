/**
 * Talk with Attune from Node, without installing anything: keep this file beside your program.
 *
 *     import { params, report, shouldStop } from "./attune-trial.mjs";
 *
 *     const p = params({ lr: 1e-3, layers: 2 }); // the trial's values over your defaults
 *     for (let epoch = 0; epoch < 100; epoch++) {
 *       const loss = await trainOneEpoch(p.lr, p.layers);
 *       report(epoch, { val_loss: loss });
 *       if (shouldStop()) break; // save your work and end
 *     }
 *
 * Run by hand, without Attune, it gives your defaults, prints reports, and never asks to stop.
 */
import { appendFileSync, existsSync } from "node:fs";

/** The parameters of this trial, over the defaults given. */
export function params(defaults = {}) {
  return { ...defaults, ...JSON.parse(process.env.ATTUNE_PARAMS ?? "{}") };
}

/** Reports metrics at a step (a whole number that grows). Prints them when no tuner listens. */
export function report(step, metrics) {
  const values = Object.entries(metrics).map(([name, value]) => [name, Number.isFinite(value) ? value : String(value)]);
  const line = Object.fromEntries([["step", step], ...values]);
  const file = process.env.ATTUNE_REPORT_FILE;
  if (file) appendFileSync(file, `${JSON.stringify(line)}\n`);
  else console.log([["step", step], ...values].map(([name, value]) => `${name}=${value}`).join(" "));
}

/** True once the tuner asks this trial to end: save what you need and return. */
export function shouldStop() {
  const file = process.env.ATTUNE_STOP_FILE;
  return Boolean(file) && existsSync(file);
}
