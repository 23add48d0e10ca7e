import yaml from "@rollup/plugin-yaml";
import { defineConfig } from "vite";

// Classic scripts without anything around them: a page that embeds one needs no build and no module support.
// `vite build` makes the chat; `vite build --mode balie` the script of the front desk beside it.
const SCRIPTS = {
  production: { entry: "src/index.ts", name: "SocialeTriage", file: "sociale-triage.js" },
  balie: { entry: "src/balie/index.ts", name: "Balie", file: "balie.js" },
};

export default defineConfig(({ mode }) => {
  const { entry, name, file } = SCRIPTS[mode];
  return {
    plugins: [yaml()],
    build: {
      target: ["es2020", "safari16.4", "firefox101"],
      cssTarget: ["chrome123", "safari17.5", "firefox121"], // styles.css has its own fallbacks for older ones
      lib: { entry, formats: ["iife"], name, fileName: () => file },
      outDir: process.env.WIDGET_OUT ?? "dist",
      emptyOutDir: false,
      reportCompressedSize: false,
    },
  };
});
