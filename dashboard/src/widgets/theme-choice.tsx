import { type ReactElement, useState } from "react";
import { applyTheme, chosenTheme, THEMES, type Theme } from "./theme.ts";

const WORDS: Readonly<Record<Theme, string>> = { auto: "system theme", light: "light", dark: "dark" };

/** Light or dark. */
export function ThemeChoice(): ReactElement {
  const [chosen, choose] = useState(chosenTheme);
  return (
    <label className="theme">
      <span className="hidden">Colours</span>
      <select
        value={chosen}
        onChange={({ target }) => {
          const theme = THEMES.find((one) => one === target.value) ?? "auto";
          choose(theme);
          applyTheme(theme);
        }}
      >
        {THEMES.map((theme) => (
          <option key={theme} value={theme}>
            {WORDS[theme]}
          </option>
        ))}
      </select>
    </label>
  );
}
