import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { loadPage } from './pages';

describe.each(['grid', 'index'] as const)('the page %s', name => {
  const { html, contentSecurityPolicy } = loadPage(name);
  const between = (start: string, end: string) =>
    html.slice(html.indexOf(start) + start.length, html.indexOf(end));

  it('carries a script that is whole and allowed', () => {
    const script = between('<script>', '</script>');
    const digest = createHash('sha256').update(script).digest('base64');

    expect(() => new Script(script)).not.toThrow();
    expect(contentSecurityPolicy).toContain(`'sha256-${digest}'`);
  });

  it('needs nothing from elsewhere', () => {
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(contentSecurityPolicy).toContain("default-src 'none'");
  });
});
