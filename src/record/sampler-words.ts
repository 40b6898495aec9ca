/** How samplers choose that keep no account of a single suggestion. */
const WAYS: Readonly<Record<string, string>> = {
  random: "it draws each configuration at random from the space",
  grid: "it goes through the combinations of the grid one after the other",
  qmc: "it takes the next point of a sequence that covers the space evenly",
  tpe: "after some at random it draws configurations like those of the best trials, and takes the one that is most likely among these and least among the others",
  nsga2: "it crosses and changes configurations of the front and of those next to it",
  nsga3: "it crosses and changes configurations of the front, spread over the directions between the objectives",
};

/** How a sampler chooses, where more is not known of one suggestion. */
export function samplerWords(sampler: string): string {
  return WAYS[sampler] ?? "it keeps no account of its reasons";
}
