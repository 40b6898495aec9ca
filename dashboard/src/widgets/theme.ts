const KEY = "attune-theme";

/** `auto`: as the system has it. */
export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const listeners = new Set<() => void>();
const system = matchMedia("(prefers-color-scheme: dark)");
system.addEventListener("change", tell);

function tell(): void {
  for (const listener of listeners) listener();
}

export function chosenTheme(): Theme {
  const kept = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === kept) ?? "auto";
}

/** What the page looks like now. */
export function shownTheme(): "light" | "dark" {
  const chosen = chosenTheme();
  if (chosen !== "auto") return chosen;
  return system.matches ? "dark" : "light";
}

/** Has the page look as it was chosen. */
export function applyTheme(chosen: Theme = chosenTheme()): void {
  localStorage.setItem(KEY, chosen);
  if (chosen === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
  tell();
}

/** Told whenever it looks another way. Answers what ends that. */
export function onTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
