/** How tests ended that were run on a changed tree: `failed` is what a mutant should make of them. */
export type TestsEnd = "passed" | "failed" | "timeout";
