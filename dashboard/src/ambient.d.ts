/** Put in by the build: where each operation stands in HTTP. */
declare const OPERATION_PLACES: Readonly<
  Record<string, { readonly method: "GET" | "POST" | "PUT"; readonly path: string }>
>;

declare module "*.css";
