import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { singleFile } from './single-file.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Builds the template of the offline report into dist/report: the web app as one file, to which `report` adds the data. */
export default defineConfig({
  root: folder,
  base: './',
  plugins: [react(), singleFile('offline.html')],
  build: {
    outDir: fileURLToPath(new URL('../dist/report', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: Number.POSITIVE_INFINITY,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4_000,
    rolldownOptions: {
      input: fileURLToPath(new URL('offline.html', import.meta.url)),
      output: { codeSplitting: false },
    },
  },
});
