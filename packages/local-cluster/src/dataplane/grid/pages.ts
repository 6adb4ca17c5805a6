import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A page with all that it needs in it. */
export interface Page {
  html: string;
  /** Allows the page's own script and style, and requests to its own origin. */
  contentSecurityPolicy: string;
}

const FOLDER = resolve(__dirname, '../../../assets/grid');

/** Puts style and script into the page of that name. */
export function loadPage(name: 'grid' | 'index'): Page {
  const read = (file: string) => readFileSync(resolve(FOLDER, file), 'utf8');
  const style = read('page.css');
  // One scope of their own, so that nothing becomes global.
  const script = `(() => {\n${read('common.js')}\n${read(`${name}.js`)}\n})();`;
  const html = read(`${name}.html`)
    .replace('/*style*/', () => style)
    .replace('/*script*/', () => script);
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

const digest = (text: string) =>
  createHash('sha256').update(text).digest('base64');
