import yaml from "@rollup/plugin-yaml";
import { defineConfig } from "vite";

// One classic script without anything around it: the page that embeds it needs no build and no module support.
export default defineConfig({
  plugins: [yaml()],
  build: {
    target: ["es2020", "safari16.4", "firefox101"],
    cssTarget: ["chrome123", "safari17.5", "firefox121"], // styles.css has its own fallbacks for older ones
    lib: { entry: "src/index.ts", formats: ["iife"], name: "SocialeTriage", fileName: () => "sociale-triage.js" },
    outDir: process.env.WIDGET_OUT ?? "dist",
    emptyOutDir: true,
    reportCompressedSize: false,
  },
});
