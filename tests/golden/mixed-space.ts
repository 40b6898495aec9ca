/** What builds a space: the public library, of this version or of a released one. */
type Builders = Pick<
  typeof import("../../src/index.ts"),
  "boolean" | "choice" | "float" | "int" | "oneOf" | "ordinal"
>;

export const MIXED_WHERE = ["batch * layers <= 512", "log10(lr) + dropout < 0.5"] as const;

/** Every scale, conditions, a choice of each kind: what suggestions can depend on. With defaults, since the first trial is not the sampler's. */
export function mixedSpace({ boolean, choice, float, int, oneOf, ordinal }: Builders) {
  return {
    lr: float(1e-5, 1e-1, { log: true, default: 1e-3 }),
    l2: float(1e-6, 1e-1, { log: true, orZero: true, default: 1e-4 }),
    momentum: float(0.5, 0.999, { scale: "reverse-log", default: 0.9 }),
    dropout: float(0.01, 0.9, { scale: "logit", default: 0.2 }),
    batch: choice([16, 32, 64, 128], { default: 32 }),
    size: ordinal(["small", "medium", "large"], { default: "medium" }),
    warm: boolean({ default: true }),
    model: oneOf({
      mlp: { layers: int(1, 6, { default: 2 }), units: int(16, 512, { log: true, default: 64 }) },
      forest: { trees: int(10, 500, { default: 100 }), share: float(0, 1, { step: 0.05, default: 0.5 }) },
    }),
  };
}
