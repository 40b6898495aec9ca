import { defineConfig } from "vite";
import { OPERATIONS, type Operation } from "../src/server/operations/index.ts";

/** Where each operation stands in HTTP, so that the page needs nothing else of their definitions than types. */
const places = Object.fromEntries(
  Object.entries(OPERATIONS as Readonly<Record<string, Operation>>).map(([name, { http }]) => [name, http]),
);

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  define: { OPERATION_PLACES: JSON.stringify(places), "process.env.NODE_ENV": '"production"' },
  oxc: { jsx: { runtime: "automatic" } },
  build: {
    target: "es2022",
    // Pieces that are loaded later are found beside the page: no code of Vite's own, and nothing in line.
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // ECharts, which is loaded when a figure is first shown.
    chunkSizeWarningLimit: 900,
    emptyOutDir: true,
    rolldownOptions: {
      // Of packages that also run on servers.
      onwarn: (warning, warn) => {
        if (warning.code !== "MODULE_LEVEL_DIRECTIVE") warn(warning);
      },
      output: {
        entryFileNames: "assets/page-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
        codeSplitting: {
          groups: [
            { name: "echarts", test: /node_modules[\\/](?:echarts|zrender|tslib)[\\/]/ },
            { name: "uplot", test: /node_modules[\\/]uplot[\\/]/ },
          ],
        },
      },
    },
  },
});
