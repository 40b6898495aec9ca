/** Loaded into a tuner: its wall clock is that of the machine and as many ms as the file named in FAULTS_CLOCK says. */
import { readFileSync } from "node:fs";

const file = process.env.FAULTS_CLOCK ?? "";
const machine = Date.now.bind(Date);

class OtherDate extends Date {
  constructor(...words) {
    if (words.length === 0) super(OtherDate.now());
    else super(...words);
  }
  static now() {
    return machine() + (Number(readFileSync(file, "utf8")) || 0);
  }
}
globalThis.Date = OtherDate;
