/** What a request is for; some say it with the name of the server, as proxies are asked. */
export function targetOf(url: string): { readonly path: string; readonly search: string } {
  const local = url.startsWith("/") ? url : url.replace(/^https?:\/\/[^/?]*/i, "");
  const at = local.indexOf("?");
  return at < 0 ? { path: local, search: "" } : { path: local.slice(0, at), search: local.slice(at + 1) };
}

/** The path behind the base, which some proxies take off and some leave. */
export function pathBehind(base: string, path: string): string {
  if (base === "") return path === "" ? "/" : path;
  return path === base || path.startsWith(`${base}/`) ? path.slice(base.length) || "/" : path;
}
