/** Samplers that a study can be begun with here: all but programs that are samplers, which a server has no file of. */
export const SAMPLERS = ["auto", "tpe", "gp", "random", "qmc", "grid", "nsga2", "nsga3"] as const;
