import { readFileSync } from "node:fs";

/**
 * False while the shell has this process in the background (`attune run … &`, Ctrl-Z and bg): somebody types then where a live
 * screen would be drawn. Where that cannot be known (no /proc) it is taken for the foreground.
 */
export function isForeground(): boolean {
  if (process.platform !== "linux") return true;
  const stat = readFileSync("/proc/self/stat", "latin1");
  // Behind the name in parentheses: state, parent, group, session, terminal, the terminal's foreground group.
  const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return foreground === group || Number(foreground) < 0;
}
