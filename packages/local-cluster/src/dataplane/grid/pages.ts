import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A page with all that it needs in it. */
export interface Page {
  html: string;
  /** Allows the page's own script and style, and requests to its own origin. */
  contentSecurityPolicy: string;
}

/** Puts style and script into the page of that name. */
export function loadPage(name: 'grid' | 'index'): Page {
  const folder = join(
    dirname(
      require.resolve('@progressive-delivery/local-cluster/package.json'),
    ),
    'assets/grid',
  );
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const style = read('page.css');
  // The two modules become one script, in a scope of its own.
  const modules = read('common.js') + read(`${name}.js`);
  const script = `(() => {\n${withoutModuleSyntax(modules)}\n})();`;
  const html = read(`${name}.html`)
    .replace(/<style>[^<]*<\/style>/, () => `<style>${style}</style>`)
    .replace(/<script>[^<]*<\/script>/, () => `<script>${script}</script>`);
  return {
    html,
    contentSecurityPolicy: [
      "default-src 'none'",
      'img-src data:',
      `style-src 'sha256-${digest(style)}'`,
      `script-src 'sha256-${digest(script)}'`,
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; '),
  };
}

function digest(text: string) {
  return createHash('sha256').update(text).digest('base64');
}

function withoutModuleSyntax(script: string): string {
  return script
    .replace(/^import [^;]+;$/gm, '')
    .replace(/^export (?=const|function|async)/gm, '');
}
