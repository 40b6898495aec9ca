export function pythonVenv():
  | { readonly python: string; readonly missing?: never }
  | { readonly python?: never; readonly missing: string };
