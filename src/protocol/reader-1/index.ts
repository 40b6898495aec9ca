/**
 * The rules by which output and results files are read, version 1, as they were when studies began to keep a version. Studies
 * that have values go on by them, because values read by two sets of rules cannot be compared. So nothing here may ever change
 * what is read, mended or not: mend the rules beside this folder instead. What lies here is all whose change could change a
 * value; how bytes become lines and text, and JSON an object, is shared.
 */
export { MetricFile } from "./metric-file.ts";
export { MetricReader } from "./metric-reader.ts";
