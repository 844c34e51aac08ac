import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** Puts the script and the styles of a page into the page, with a policy that allows this one script and nothing else. */
export function singleFile(page: string): Plugin {
  return {
    name: 'single-file',
    enforce: 'post',
    generateBundle: {
      // Behind Vite's own, which still changes the script.
      order: 'post',
      handler(_options, bundle) {
        const files = Object.values(bundle);
        const html = files.find((file) => file.type === 'asset' && file.fileName === page);
        const scripts = files.filter((file) => file.type === 'chunk');
        const styles = files.filter((file) => file.type === 'asset' && file.fileName.endsWith('.css'));
        const [script] = scripts;
        if (html?.type !== 'asset' || script === undefined || files.length !== 2 + styles.length) {
          this.error(`${page} is not one page with one script: ${files.map(({ fileName }) => fileName).join(', ')}`);
        }
        const code = scriptSafe(script.code);
        const css = styles.map((style) => (style.type === 'asset' ? String(style.source) : '')).join('\n');
        html.source = withInside(String(html.source), code, css);
        for (const { fileName } of [script, ...styles]) delete bundle[fileName];
      },
    },
  };
}

function withInside(html: string, code: string, css: string): string {
  if (css.includes('</style')) throw new Error('the styles hold the end of their own element');
  const hash = createHash('sha256').update(code).digest('base64');
  // Inline styles: the components make style elements and attributes while they run.
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const bare = html
    .replaceAll(/\s*<link rel="(stylesheet|modulepreload)"[^>]*>/g, '')
    .replaceAll(/\s*<script type="module"[^>]*><\/script>/g, '');
  return inserted(
    inserted(
      inserted(
        bare,
        '<meta charset="utf-8" />',
        `\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
      ),
      '<link rel="icon" href="data:," />',
      `\n    <style>${css}</style>`,
    ),
    '"__REPORT_DATA__"</script>',
    `\n    <script type="module">${code}</script>`,
  );
}

/** Not `replace`, to which `$&` in the text would mean something. */
function inserted(html: string, behind: string, text: string): string {
  const [before, after, ...others] = html.split(behind);
  if (before === undefined || after === undefined || others.length > 0)
    throw new Error(`the page has not exactly one ${behind}`);
  return before + behind + text + after;
}

/** The same code without anything that ends its element or begins a comment of HTML; `<` stands there in texts only. */
function scriptSafe(code: string): string {
  return code.replaceAll(/<(?=\/script|script|!--)/gi, String.raw`\x3c`);
}
