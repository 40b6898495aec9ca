import { removeControlGroup } from "./control-group.ts";
import { makeTunerGroup } from "./tuner-group.ts";

/** Whether this machine lets this process have control groups of its own: root, or what systemd delegates. */
export const canMakeGroups: boolean = (() => {
  const group = makeTunerGroup();
  return group !== null && removeControlGroup(group);
})();
